// Addresses that no mail reaches.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kernel/ctx.hpp"

namespace ponte::mail {

// Queued; `reason`: "bounced", "complained".
void suppress(Ctx& ctx, const std::string& address, std::string_view reason);
void allow_again(Ctx& ctx, const std::string& address);  // queued
Task<bool> is_suppressed(Ctx& ctx, std::string address);

// The state of a mail of this company.
Task<std::optional<std::string>> find_mail(Ctx& ctx, Id mail);

}  // namespace ponte::mail
