// The event log. Every write leaves one event in its own transaction; everything that reacts reads
// the log. The order is (transaction, sequence) and an event becomes visible to readers only when
// no older transaction can still add one before it: nothing is skipped, nothing comes twice.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kernel/db.hpp"
#include "kernel/id.hpp"
#include "kernel/json.hpp"
#include "kernel/loop.hpp"
#include "kernel/values.hpp"

namespace ponte {

class Services;

struct Position {
    std::uint64_t transaction = 0, sequence = 0;
    std::string text() const;  // "812.4711": opaque to clients
    static std::optional<Position> parse(std::string_view text);
    friend auto operator<=>(const Position&, const Position&) = default;
};

struct Event {
    Position position;
    Id tenant;
    std::string name;    // "contact.updated"
    std::string entity;  // "contact"
    std::optional<Id> entity_id;
    std::int64_t version = 0;
    Time at{};
    std::optional<Id> actor;             // user; none for the system
    std::optional<Id> key;               // the API key by which they did it
    std::optional<std::int64_t> origin;  // whence: Ctx::origin
    std::optional<Id> owner;             // whose record it is; of a part, whose its whole is
    std::optional<Id> author;     // who made the record: both decide who with reach `own` sees it
    std::optional<Id> operation;  // bulk, import, undo
    std::vector<Id> about;        // other records: what its links declared so point to
    Json changes;                 // {"name": {"from": …, "to": …}}; JSON names
    std::string request_id;
    Id id;  // made by event_statement when nil
};

class Ctx;

// Hears events after their commit, each exactly once and, within a company, in their order, also
// after a crash: what it writes and how far it has come are one transaction. It never calls out.
struct Listener {
    using Run = Task<> (*)(Ctx&, const Event&);
    using RunAll = Task<> (*)(Ctx&, std::span<const Event>);
    std::string pattern;  // "proposal.accepted", "contact.*", "*"
    std::string name;     // "sales.open_contract": its position in the log is kept under it
    Run run = nullptr;
    RunAll run_all = nullptr;  // instead of `run`: what there is to hear at once, in its order
    Task<bool> (*is_needed)(Ctx&) = nullptr;
    bool is_of_each = false;
    int max_tries = 5;  // of one event; then the company is set aside until somebody resumes it

    // Bulks and imports are told once a batch ("contact.bulk", the operation known); with this,
    // each of their records is told as if it had been written alone.
    Listener& each_of_bulks() {
        is_of_each = true;
        return *this;
    }
    // Asked at each turn of a company: while it says no, events pass without being read.
    Listener& needed_when(Task<bool> (*asks)(Ctx&)) {
        is_needed = asks;
        return *this;
    }
    Listener& tries(int count) {
        max_tries = count;
        return *this;
    }
};

struct Telling {
    // Of a bulk, an import: for history, undo and listeners, the feed never carries it.
    bool is_quiet = false;
    bool is_passing = false;  // taken out of the log once everybody has been told (History::none)
};

// The statement that writes an event, to be queued in the transaction of the change it tells of.
db::Statement event_statement(const Event& event, Telling telling);

// Follows the log in this process: woken after each commit here, by NOTIFY from other nodes, and
// each second. Subscribers run on the feed's loop, in order, in batches.
class EventFeed {
public:
    explicit EventFeed(Services& services);
    ~EventFeed();
    using Subscriber = std::function<void(const std::vector<Event>& batch)>;
    void subscribe(Subscriber subscriber);  // before start()
    void start();
    void stop();
    void wake();  // any thread; after a commit that wrote events
    // Events of a tenant after a position, oldest first, for a client that comes back.
    // Empty optional: the position is too old or unknown; the client must refetch.
    Task<std::optional<std::vector<Event>>> since(Loop& loop, Id tenant, Position after,
                                                  std::size_t limit);
    Position newest() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace ponte
