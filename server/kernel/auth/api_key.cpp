#include <algorithm>
#include <array>
#include <cstdint>

#include "kernel/auth.hpp"
#include "kernel/auth/sodium.hpp"

namespace ponte::auth {
namespace {

constexpr std::string_view digits =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::size_t base = digits.size();
constexpr std::size_t company_digits = 22;                        // 62^22 > 2^128
constexpr std::size_t random_digits = 43;                         // 62^43 > 2^256
constexpr std::size_t signature_digits = 8, checksum_digits = 6;  // 62^6 > 2^32
constexpr std::size_t signed_length = api_key_prefix.size() + company_digits + random_digits;
constexpr std::size_t checked_length = signed_length + signature_digits;
constexpr std::size_t whole_length = checked_length + checksum_digits;

std::string in_digits(std::uint64_t number, std::size_t count) {
    std::string text(count, digits[0]);
    for (std::size_t i = count; i-- > 0; number /= base) {
        text[i] = digits[number % base];
    }
    return text;
}

// An id is a number of 16 digits to the base 256, most significant first.
std::string company_text(Id id) {
    std::string text(company_digits, digits[0]);
    for (std::size_t i = company_digits; i-- > 0;) {
        unsigned rest = 0;
        for (auto& byte : id.bytes) {
            const unsigned value = rest * 256 + byte;
            byte = static_cast<std::uint8_t>(value / base);
            rest = value % base;
        }
        text[i] = digits[rest];
    }
    return text;
}

std::optional<Id> company_in(std::string_view text) {
    Id id;
    for (const char c : text) {
        auto carry = static_cast<unsigned>(digits.find(c));
        for (std::size_t i = id.bytes.size(); i-- > 0;) {
            carry += id.bytes[i] * static_cast<unsigned>(base);
            id.bytes[i] = static_cast<std::uint8_t>(carry & 255);
            carry >>= 8;
        }
        if (carry != 0) {
            return {};
        }
    }
    return id;
}

// CRC-32 as zlib and everybody else computes it.
std::uint32_t checksum_of(std::string_view text) {
    std::uint32_t sum = 0xffffffff;
    for (const char c : text) {
        sum ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) {
            sum = sum >> 1 ^ (sum & 1 ? 0xedb88320u : 0u);
        }
    }
    return ~sum;
}

std::string signature_of(std::string_view text, std::string_view secret) {
    const std::string sum =
        digest("api key signature\n" + std::string(secret) + "\n" + std::string(text));
    return in_digits(std::stoull(sum.substr(0, 15), nullptr, 16), signature_digits);
}

}  // namespace

std::string make_api_key(const Id& tenant, std::string_view secret) {
    need_sodium();
    std::string text = std::string(api_key_prefix) + company_text(tenant);
    for (std::size_t i = 0; i < random_digits; ++i) {
        text.push_back(digits[randombytes_uniform(base)]);
    }
    text += signature_of(text, secret);
    return text + in_digits(checksum_of(text), checksum_digits);
}

std::optional<Id> company_of_api_key(std::string_view text, std::string_view secret) {
    need_sodium();
    if (text.size() != whole_length || !text.starts_with(api_key_prefix) ||
        text.find_first_not_of(digits, api_key_prefix.size()) != text.npos ||
        text.substr(checked_length) !=
            in_digits(checksum_of(text.substr(0, checked_length)), checksum_digits)) {
        return {};
    }
    const std::string expected = signature_of(text.substr(0, signed_length), secret);
    if (sodium_memcmp(text.data() + signed_length, expected.data(), expected.size()) != 0) {
        return {};
    }
    return company_in(text.substr(api_key_prefix.size(), company_digits));
}

std::string api_key_digest(std::string_view text, std::string_view secret) {
    return digest("api key\n" + std::string(secret) + "\n" + std::string(text));
}

std::string api_key_hint(std::string_view text) {
    const std::size_t shown = std::min(text.size(), checksum_digits);
    return std::string(api_key_prefix) + "…" + std::string(text.substr(text.size() - shown));
}

}  // namespace ponte::auth
