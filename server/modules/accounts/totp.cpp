#include "modules/accounts/totp.hpp"

#include <array>

#include "kernel/signature.hpp"

namespace ponte::accounts {
namespace {

constexpr std::uint32_t codes = 1'000'000;
constexpr std::size_t digits = 6;

std::string counter_bytes(std::int64_t step) {
    std::string bytes(8, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[bytes.size() - 1 - i] = static_cast<char>(step >> (8 * i));
    }
    return bytes;
}

// Of an e-mail, whose letters need no more than this.
std::string percent_encoded(std::string_view text) {
    constexpr std::string_view plain = "-._~";
    std::string out;
    for (const char c : text) {
        const bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                             (c >= '0' && c <= '9') || plain.find(c) != plain.npos;
        out += is_word ? std::string(1, c) : "%" + to_hex(std::string(1, c));
    }
    return out;
}

}  // namespace

std::string base32(std::string_view bytes) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string out;
    std::uint32_t held = 0;
    int bits = 0;
    for (const char c : bytes) {
        held = (held << 8) | static_cast<unsigned char>(c);
        for (bits += 8; bits >= 5; bits -= 5) {
            out += letters[(held >> (bits - 5)) & 31];
        }
    }
    if (bits > 0) {
        out += letters[(held << (5 - bits)) & 31];
    }
    return out;
}

std::string totp_code(std::string_view secret, std::int64_t step) {
    const std::string mac = hmac_sha1(secret, counter_bytes(step));
    const auto byte = [&](std::size_t at) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(mac[at]));
    };
    const std::size_t offset = byte(mac.size() - 1) & 15;
    const std::uint32_t number = ((byte(offset) & 0x7f) << 24) | (byte(offset + 1) << 16) |
                                 (byte(offset + 2) << 8) | byte(offset + 3);
    const std::string text = std::to_string(number % codes);
    return std::string(digits - text.size(), '0') + text;
}

std::optional<std::int64_t> step_of_code(std::string_view secret, std::string_view code,
                                         std::int64_t now_s) {
    constexpr std::array<std::int64_t, 3> beside = {0, -1, 1};
    std::optional<std::int64_t> found;
    for (const std::int64_t by : beside) {
        const std::int64_t step = now_s / totp_step_s + by;
        if (is_same_secret(totp_code(secret, step), code) && !found) {
            found = step;
        }
    }
    return found;
}

std::string totp_uri(std::string_view account, std::string_view secret) {
    return "otpauth://totp/Ponte:" + percent_encoded(account) + "?secret=" + base32(secret) +
           "&issuer=Ponte&algorithm=SHA1&digits=6&period=30";
}

}  // namespace ponte::accounts
