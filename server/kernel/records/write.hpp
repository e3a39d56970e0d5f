// The one way records change: a set of changes becomes statements and events, queued in the
// transaction of the request or job, and passes its entity's hooks. Routes, Ctx::create and its
// like, bulks, imports, undos and labels made on the way all stand on `write`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/entities/catalogue.hpp"
#include "kernel/records/changes.hpp"
#include "kernel/records/input.hpp"

namespace ponte::records {

class TitleIds;

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

// Queues the records and their events; afterwards `changes` holds those that really change. New
// records get an id, unless they have one. `known`: labels that the caller has looked up.
Task<> write(Ctx& ctx, Changes& changes, TitleIds* known = nullptr);

// What shall become of a locked record.
Change change_of(const Kind& kind, Locked before, Values values = {});

// Of one record. `values` are canonical.
Task<Id> insert(Ctx& ctx, const Kind& kind, Values values);
// Returns the difference ({} when there is none).
Task<Json> change(Ctx& ctx, const Kind& kind, Locked before, Values values);
Task<> move_to_bin(Ctx& ctx, const Kind& kind, Locked before);
Task<> take_from_bin(Ctx& ctx, const Kind& kind, Locked before);

// What new parts belong to, when the reader may see it: whose it is. Else 422 on the link.
Task<> find_owners_of_wholes(Ctx& ctx, Changes& changes);

// Validates and makes canonical what came from outside; throws 422 with everything at once.
// Of a change, `before` is the record as it is: what stays as it was needs no rule of today.
Task<Values> accept(Ctx& ctx, const Kind& kind, const Json& body, Mode mode,
                    const Json* before = nullptr);
// Our own code writes canonical or nearly canonical values; the rules are the same as for people,
// but nobody stands there to be asked for what a form would ask.
Task<Values> accept_ours(Ctx& ctx, const Kind& kind, Values values, Mode mode);

Locale locale_of(const Ctx& ctx);

}  // namespace ponte::records
