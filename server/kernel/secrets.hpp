// The clear text of secrets, for server code alone. No answer, event, job or log may hold it: it
// goes to the system that it opens, and nowhere else.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kernel/ctx.hpp"

namespace ponte {

struct SecretPlace {
    std::string_view entity;
    Id id;
    std::string_view field;  // snake_case
};

// Of a record; none where there is none. Throws conflict secret.unreadable where it was sealed for
// another place or with a lost key.
Task<std::optional<std::string>> reveal(Ctx& ctx, SecretPlace place);
// The same of a module's setting, "sales.signature_token".
Task<std::optional<std::string>> reveal_setting(Ctx& ctx, std::string_view name);

}  // namespace ponte
