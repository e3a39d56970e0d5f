// Who may see what: each event passes here before it reaches a socket.
#pragma once

#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "kernel/auth.hpp"
#include "kernel/events.hpp"

namespace ponte::realtime {

// Which team each person of a company belongs to.
using TeamOf = std::unordered_map<Id, Id>;

// Kept per company as long as somebody with a team is connected; read again when people move.
class Teams {
public:
    explicit Teams(Services& services) : services_(services) {}
    Task<std::shared_ptr<const TeamOf>> of(Loop& loop, Id tenant);
    Task<> read_again(Loop& loop, Id tenant);  // only when it is kept
    std::shared_ptr<const TeamOf> known(const Id& tenant) const;
    void forget(const Id& tenant);

private:
    Task<std::shared_ptr<const TeamOf>> read(Loop& loop, Id tenant);
    Services& services_;
    mutable std::mutex mutex_;
    std::unordered_map<Id, std::shared_ptr<const TeamOf>> by_tenant_;
};

// Whose a record is: what decides who may read it.
struct Holders {
    std::optional<Id> owner, author;
};

// What decides who is told of an event; resources live as long as the declarations.
struct Subject {
    std::string_view resource;      // "contacts"
    Holders holders;                // from now on
    std::optional<Holders> former;  // until now, when this event gave the record away
    std::string_view whole;         // of a part: the resource that it belongs to
    std::optional<Id> whole_owner;
    std::optional<Id> actor;  // whose change it was
};

// The law by which records are read (records/reach.cpp), asked of an event: with reach `own` a
// reader sees what is theirs or made by them; with `team` what belongs to somebody of their team,
// too. What belongs to nobody is for those who may read all.
bool may_see(const Principal& who, Reach reach, const Holders& holders, const TeamOf* team_of);

enum class Sight { nothing, event, loss };

// The reaches with which somebody reads a subject's resource and that of its whole.
struct Reaches {
    Reach own = Reach::none, whole = Reach::all;
};
Sight sight_of(const Principal& who, Reaches reaches, const Subject& subject,
               const TeamOf* team_of);

// The reach of many readers of one resource: thousands of sockets share a handful of roles.
class ReachByRole {
public:
    Reach of(const Permissions& permissions, std::size_t digest, std::string_view resource);
    Reaches of(const Permissions& permissions, std::size_t digest, const Subject& subject);

private:
    std::vector<std::pair<std::size_t, Reaches>> known_;
};

}  // namespace ponte::realtime
