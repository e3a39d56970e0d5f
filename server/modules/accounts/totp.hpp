// Codes that change every 30 seconds (RFC 6238: HMAC-SHA-1, six digits), as every authenticator app
// computes them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ponte::accounts {

constexpr std::int64_t totp_step_s = 30;

std::string base32(std::string_view bytes);  // RFC 4648, without padding
std::string totp_code(std::string_view secret, std::int64_t step);
// The step whose code this is: the present one or one beside it, for clocks that differ.
std::optional<std::int64_t> step_of_code(std::string_view secret, std::string_view code,
                                         std::int64_t now_s);
// What an app reads from a picture: otpauth://totp/Ponte:ana%40…?secret=…&issuer=Ponte
std::string totp_uri(std::string_view account, std::string_view secret);

}  // namespace ponte::accounts
