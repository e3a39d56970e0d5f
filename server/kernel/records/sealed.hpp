// Fields of type `secret`: sealed before they are written, told as {"set": true}. A sealed value is
// bound to its place: copied to another field, record or company it opens no more.
#pragma once

#include <string>
#include <string_view>

#include "kernel/ctx.hpp"
#include "kernel/records/changes.hpp"
#include "kernel/secrets.hpp"

namespace ponte::records {

// Takes the clear text out of what is about to be written.
void seal_secrets(const Ctx& ctx, Changes& changes);

// What was read and comes back as it was, {"set": true}, changes nothing.
bool is_left_alone(const Field& field, const Json& given);

std::string sealed(const Ctx& ctx, const SecretPlace& place, std::string_view clear);
// Throws conflict secret.unreadable when it was sealed for another place or with a lost key.
std::string opened(const Ctx& ctx, const SecretPlace& place, std::string_view text);

}  // namespace ponte::records
