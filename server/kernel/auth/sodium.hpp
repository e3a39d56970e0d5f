// libsodium, ready to use, and its base64 as strings. Only kernel/auth includes it.
#pragma once

#include <sodium.h>

#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

namespace ponte::auth {

// Idempotent and thread-safe. Without randomness nothing here may go on.
inline void need_sodium() {
    if (sodium_init() < 0) {
        std::abort();
    }
}

inline const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
inline unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

inline std::string base64(std::string_view bytes, int variant) {
    std::string out(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(out.data(), out.size(), bytes_of(bytes), bytes.size(), variant);
    out.pop_back();  // its terminating zero
    return out;
}

// Strict: no blanks, no second way of writing the same bytes.
inline std::optional<std::string> from_base64(std::string_view text, int variant) {
    std::string out(text.size() / 4 * 3 + 3, '\0');
    std::size_t size = 0;
    if (sodium_base642bin(bytes_of(out), out.size(), text.data(), text.size(), nullptr, &size,
                          nullptr, variant) != 0) {
        return {};
    }
    out.resize(size);
    return out;
}

inline std::string base64url(std::string_view bytes) {
    return base64(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}
inline std::optional<std::string> from_base64url(std::string_view text) {
    return from_base64(text, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

}  // namespace ponte::auth
