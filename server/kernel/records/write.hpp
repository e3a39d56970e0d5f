// The one way records change: each write queues its row, its event and nothing else, in the
// transaction of the request or job. Ctx::create/update/remove/restore and the generic routes stand
// on these.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/entities/catalogue.hpp"
#include "kernel/records/input.hpp"

namespace ponte::records {

// A record locked for a change, as the API shows it.
struct Locked {
    Id id;
    Json record;
    std::int64_t version = 0;
    bool is_deleted = false;
    bool is_permitted = true;       // as far as was asked when it was locked
    std::optional<Id> whole_owner;  // of a part: whose its whole is
};

// Locks a record and checks that the reader may do `action` with it: 404 when it cannot be read at
// all, 403 when it can be read but not changed, 412 when another version is expected.
Task<Locked> lock(Ctx& ctx, const Kind& kind, Id id, std::string_view action,
                  std::optional<std::int64_t> expected_version = {});
// As many as exist of `ids`, locked in the order of their ids (so that two bulks never deadlock).
// With an action they are permitted when the reader may read them and do it; else all are.
Task<std::vector<Locked>> lock_many(Ctx& ctx, const Kind& kind, std::vector<Id> ids,
                                    std::string_view action = {});

// Queues the insert and the event. `values` are canonical.
Task<Id> insert(Ctx& ctx, const Kind& kind, Values values);
// Queues what differs; returns the changes ({} when nothing does). `values` are canonical.
Task<Json> change(Ctx& ctx, const Kind& kind, const Locked& before, Values values);
// What a part belongs to, when the reader may see it: whose it is. Else 422 on the link.
Task<std::optional<Id>> owner_of_whole(Ctx& ctx, const Kind& kind, const Values& values);
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

}  // namespace ponte::records
