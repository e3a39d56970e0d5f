// HMAC-SHA256, as foreign protocols sign what they send, and how its bytes are written.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ponte {

std::string sha256(std::string_view bytes);                            // 32 bytes
std::string hmac_sha256(std::string_view key, std::string_view text);  // 32 bytes
// 20 bytes; only where a protocol has nothing newer (codes of authenticator apps).
std::string hmac_sha1(std::string_view key, std::string_view text);
// ECDSA on P-256 over SHA-256: the key as base64 of SPKI, the signature as base64 of DER.
bool is_signed_p256(std::string_view public_key, std::string_view text, std::string_view signature);
std::string to_hex(std::string_view bytes);                     // lower case
std::string to_base64(std::string_view bytes);                  // with padding
std::optional<std::string> from_base64(std::string_view text);  // strict
std::string to_base64url(std::string_view bytes);               // without padding
std::optional<std::string> from_base64url(std::string_view text);
// In a time that tells nothing of where they differ.
bool is_same_secret(std::string_view one, std::string_view other);
std::string random_bytes(std::size_t count);

}  // namespace ponte
