// What shall happen to 1…n records of one kind and, once written, what has: the writer (write.hpp)
// turns it into statements and events, and hooks are given it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "kernel/ctx.hpp"

namespace ponte {

namespace records {
struct Kind;
constexpr std::string_view custom_column = "custom";  // of Values: the custom fields' as one object
}  // namespace records

enum class Verb { create, update, remove, restore };
std::string_view past_of(Verb verb);  // "created", "updated", "deleted", "restored"

struct Change {
    Id id;
    Json before;               // as the API shows it; null of a new record
    std::int64_t version = 0;  // before
    // Canonical, by snake_case name; before_write may set and erase. Afterwards only those of a
    // known record are left that do change.
    Values values;
    Json difference = Json::object();  // {"status": {"from": …, "to": …}}, known to after_write
    // Who is told of it: whose the record is afterwards (of a part, whose its whole is), and who
    // made it.
    std::optional<Id> owner, author;
};

struct Changes {
    Changes(const Ctx& ctx, const records::Kind& kind, Verb verb);

    const records::Kind* kind;
    Verb verb;
    std::vector<Change> records;  // each id once
    // Ours, unless somebody else's past is written down.
    Time at;
    std::optional<Id> actor, key;
    // For history and undo alone, since the batch is told as a whole: so of an operation.
    bool is_quiet;
    // New records whose unique value somebody has meanwhile are left out instead of refused.
    bool skips_taken = false;
    // Those whose state does not allow it (Entity::editable_when) are left out, too, and counted.
    bool skips_locked = false;
    std::size_t locked = 0;
};

}  // namespace ponte
