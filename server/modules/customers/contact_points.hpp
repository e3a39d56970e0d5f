// Ways to reach a contact and the keys under which it is found again. The points of a contact's own
// phone, e-mail and document are written by triggers, so that whoever writes a contact keeps them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/ctx.hpp"

namespace ponte::customers {

struct MatchKey {
    std::string kind, key;  // "phone", "5511987654321"
};

// Adds the key of what somebody typed; nothing when it is empty or no such value.
void add_key(std::vector<MatchKey>& keys, Type type, std::string_view typed);

// Those who want to create a contact with one of these keys queue up here until the transaction
// ends.
void queue_lock(Ctx& ctx, const std::vector<MatchKey>& keys);

// Whom the first known key leads to; the oldest of several. The bin is not searched.
Task<std::optional<Id>> find_by_keys(Ctx& ctx, const std::vector<MatchKey>& keys);

// The two columns of keys as parameters of `unnest($n::text[], $m::text[])`.
struct KeyColumns {
    std::vector<std::string> kinds, keys;
    explicit KeyColumns(const std::vector<MatchKey>& from);
};

}  // namespace ponte::customers
