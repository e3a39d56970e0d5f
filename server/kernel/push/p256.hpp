// Keys of the curve P-256 by OpenSSL, as web push uses them: as bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ponte::push {

// 32 bytes → 65. None: zero, or past the end of the curve.
std::optional<std::string> public_of(std::string_view private_key);
// What both sides come to; none when `other` is no point of the curve.
std::optional<std::string> agreed(std::string_view private_key, std::string_view other);
// ECDSA over SHA-256: 64 bytes (RFC 7518 §3.4).
std::optional<std::string> signed_es256(std::string_view private_key, std::string_view text);
// AES-128-GCM, its tag behind.
std::string encrypted(std::string_view key, std::string_view nonce, std::string_view text);

}  // namespace ponte::push
