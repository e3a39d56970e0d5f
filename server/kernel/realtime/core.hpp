// What all sockets of this process share: the stations (one a loop), who is where, and the way from
// an event to the sockets of its company.
#pragma once

#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "kernel/events/announcer.hpp"
#include "kernel/realtime/audience.hpp"
#include "kernel/realtime/linked_titles.hpp"
#include "kernel/realtime/presence.hpp"

namespace ponte::records {
struct Kind;
}

namespace ponte::realtime {

class Station;

// An event on its way: encoded once, shared by all who may see it.
struct Outgoing {
    Position position;
    Id tenant;
    Subject subject;
    Record record;
    std::shared_ptr<const std::string> text;
    std::shared_ptr<const std::string> loss_text;  // null: nobody loses the record by it
    // With the titles of its links, for those who read all of `titles_of`; null: it has none.
    std::shared_ptr<const std::string> titled_text;
    std::vector<std::string_view> titles_of;
    // Of an entity with fields that are not for everybody: whoever sees less is told less.
    std::shared_ptr<const Event> event;
    const records::Kind* kind = nullptr;
};
// "contact.gone": all that somebody is told for whom the record is not there any more.
std::shared_ptr<const std::string> loss_text(const Event& event);

// Events on their way whose links have yet to be named.
struct Wave {
    struct Linked {
        std::size_t place = 0;  // of `outgoing`
        Event event;
        std::vector<const records::Link*> links;
    };
    std::vector<Outgoing> outgoing;
    std::vector<Linked> linked;
    Position last;
};

class Core : public std::enable_shared_from_this<Core> {
public:
    explicit Core(Services& services_);
    ~Core();

    Services& services;
    Teams teams;
    Presence presence;
    std::vector<std::unique_ptr<Station>> stations;
    std::atomic<std::size_t> connected = 0;
    std::atomic<bool> is_draining = false;

    void publish(const std::vector<Event>& batch);  // on the feed's loop
    void tell(const Announcement& told);            // any thread; this process
    void tell_viewers(const Record& record);
    void revoke(const Id& session_or_user_or_tenant);
    void close_all();

    Station& station_of(Loop& loop);
    Subject subject_of(const Event& event) const;
    // For those who get it later: the ids of its links stand there without titles.
    // `seen`: as it is told to those who see that of the entity; null: all of it, or none of ours.
    std::shared_ptr<const std::string> untitled_text(const Event& event,
                                                     const records::Kind* seen) const;

    // Where an Engine.IO session lives: a poll may come in on any loop.
    void settle(const std::string& sid, Station& station);
    void vanish(const std::string& sid);
    Station* whereabouts(const std::string& sid) const;

    // Companies with somebody connected: for the others nothing needs to be encoded.
    void enter(const Id& tenant);
    void leave(const Id& tenant);

private:
    void follow_teams(const Event& event);
    void add(Wave& wave, const Event& event) const;
    void hand_out(Wave wave);
    static Task<> hand_out_waves(std::shared_ptr<Core> self);
    Task<> name_links(Wave& wave);
    std::deque<Wave> waves_;  // on the feed's loop: one after the other, in their order
    bool is_naming_ = false;
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Station*> whereabouts_;
    std::unordered_map<Id, int> present_;
};

}  // namespace ponte::realtime
