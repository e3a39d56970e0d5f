// The one way records change: each write queues its row, its event and nothing else, in the
// transaction of the request or job. Ctx::create/update/remove/restore and the generic routes stand
// on these.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/resources/catalogue.hpp"
#include "kernel/resources/input.hpp"

namespace ponte::resources {

// A record locked for a change, as the API shows it.
struct Locked {
    Id id;
    Json record;
    std::int64_t version = 0;
    bool is_deleted = false;
};

// Locks a record and checks that the reader may do `action` with it: 404 when it cannot be read at
// all, 403 when it can be read but not changed, 412 when another version is expected.
Task<Locked> lock(Ctx& ctx, const Kind& kind, Id id, std::string_view action,
                  std::optional<std::int64_t> expected_version = {});
// As many as exist of `ids`, locked in the order of their ids (so that two bulks never deadlock).
Task<std::vector<Locked>> lock_many(Ctx& ctx, const Kind& kind, const std::vector<Id>& ids);

// The users of the reader's team, for reach `team`.
using TeamMates = std::set<std::string>;
Task<TeamMates> team_mates(Ctx& ctx);
bool needs_team_mates(const Ctx& ctx, const Kind& kind, std::string_view action);

// May this principal do `action` with this record? `record` as the API shows it. Without mates,
// reach `team` means one's own.
bool may(const Ctx& ctx, const Kind& kind, const Json& record, std::string_view action,
         const TeamMates& mates = {});

// Queues the insert and the event. `values` are canonical.
Task<Id> insert(Ctx& ctx, const Kind& kind, Values values);
// Queues what differs; returns the changes ({} when nothing does). `values` are canonical.
Task<Json> change(Ctx& ctx, const Kind& kind, const Locked& before, Values values);
void mark_deleted(Ctx& ctx, const Kind& kind, const Locked& before, bool is_deleted);
// Many at once, without their events (bulk_events.hpp).
void mark_many_deleted(Ctx& ctx, const Kind& kind, const std::vector<Id>& ids, bool is_deleted);

// Whose record it is.
std::optional<Id> owner_of(const Kind& kind, const Json& record);

// Validates and makes canonical what came from outside; throws 422 with everything at once.
// Of a change, `before` is the record as it is: what stays as it was needs no rule of today.
Task<Values> accept(Ctx& ctx, const Kind& kind, const Json& body, Mode mode,
                    const Json* before = nullptr);

Locale locale_of(const Ctx& ctx);

}  // namespace ponte::resources
