// Base64 as addresses and tokens spell it (RFC 4648 §5, without padding), and the bytes of a
// SHA-256.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ponte::oauth {

std::string to_base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);  // strict
std::string sha256(std::string_view bytes);                        // 32 bytes

}  // namespace ponte::oauth
