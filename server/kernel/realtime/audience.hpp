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
    explicit Teams(App& app) : app_(app) {}
    Task<std::shared_ptr<const TeamOf>> of(Loop& loop, Id tenant);
    Task<> read_again(Loop& loop, Id tenant);  // only when it is kept
    std::shared_ptr<const TeamOf> known(const Id& tenant) const;
    void forget(const Id& tenant);

private:
    Task<std::shared_ptr<const TeamOf>> read(Loop& loop, Id tenant);
    App& app_;
    mutable std::mutex mutex_;
    std::unordered_map<Id, std::shared_ptr<const TeamOf>> by_tenant_;
};

// What decides, taken from an event: whose record, and who did it.
struct Subject {
    std::string_view resource;  // "contacts"; lives as long as the declarations
    std::optional<Id> owner, actor;
};

// With reach `own` a reader sees what is theirs and what they did themselves; with `team` what
// belongs to somebody of their team, too. An event of nobody is for those who may read all.
bool may_see(const Principal& who, Reach reach, const Subject& subject, const TeamOf* team_of);

// The reach of many readers of one resource: thousands of sockets share a handful of roles.
class ReachByRole {
public:
    Reach of(const Permissions& permissions, std::size_t digest, std::string_view resource);

private:
    std::vector<std::pair<std::size_t, Reach>> known_;
};

}  // namespace ponte::realtime
