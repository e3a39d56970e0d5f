#include "kernel/outbound/guard.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <string>

namespace ponte::outbound {
namespace {

using Bytes = std::array<std::uint8_t, 16>;

constexpr int bits_of_v4 = 96;  // ::ffff:0:0/96 comes before the four bytes

Bytes mapped(const void* v4) {
    Bytes bytes{};
    bytes[10] = bytes[11] = 0xff;
    std::memcpy(bytes.data() + 12, v4, 4);
    return bytes;
}

std::optional<Bytes> parse_address(const std::string& text, bool& is_v4) {
    in_addr v4{};
    in6_addr v6{};
    is_v4 = inet_pton(AF_INET, text.c_str(), &v4) == 1;
    if (is_v4) {
        return mapped(&v4);
    }
    if (inet_pton(AF_INET6, text.c_str(), &v6) != 1) {
        return {};
    }
    Bytes bytes{};
    std::memcpy(bytes.data(), &v6, bytes.size());
    return bytes;
}

Block parse_block(std::string_view text) {
    const std::size_t slash = text.find('/');
    const std::string address(text.substr(0, slash));
    bool is_v4 = false;
    const auto first = parse_address(address, is_v4);
    const int most = is_v4 ? 32 : 128;
    int bits = most;
    bool is_valid = first.has_value();
    if (slash != text.npos) {
        const std::string_view digits = text.substr(slash + 1);
        const auto [end, problem] =
            std::from_chars(digits.data(), digits.data() + digits.size(), bits);
        is_valid = is_valid && problem == std::errc{} && end == digits.data() + digits.size() &&
                   bits >= 0 && bits <= most;
    }
    if (!is_valid) {
        throw std::invalid_argument(std::string(text));
    }
    return {*first, is_v4 ? bits + bits_of_v4 : bits};
}

bool is_in(const Bytes& address, const Block& block) {
    const auto whole = static_cast<std::size_t>(block.bits / 8);
    if (!std::equal(address.begin(), address.begin() + static_cast<std::ptrdiff_t>(whole),
                    block.first.begin())) {
        return false;
    }
    const int rest = block.bits % 8;
    const auto mask = static_cast<std::uint8_t>(0xff << (8 - rest));
    return rest == 0 || (address[whole] & mask) == (block.first[whole] & mask);
}

bool is_in_any(const Bytes& address, const std::vector<Block>& blocks) {
    return std::ranges::any_of(blocks, [&](const Block& block) { return is_in(address, block); });
}

// IANA's special-purpose registries: nothing of these is somewhere on the internet.
const std::vector<Block>& special_v4() {
    static const std::vector<Block> blocks = parse_blocks(
        "0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, "
        "192.0.0.0/24, 192.0.2.0/24, 192.88.99.0/24, 192.168.0.0/16, 198.18.0.0/15, "
        "198.51.100.0/24, 203.0.113.0/24, 224.0.0.0/4, 240.0.0.0/4");
    return blocks;
}
const std::vector<Block>& special_v6() {
    static const std::vector<Block> blocks = parse_blocks(
        "::/96, 64:ff9b:1::/48, 100::/64, 2001::/23, 2001:db8::/32, 3fff::/20, 5f00::/16, "
        "fc00::/7, fe80::/10, fec0::/10, ff00::/8");
    return blocks;
}

// Where an IPv4 address is written within an IPv6 one, it is the one that is reached.
std::optional<Bytes> inner_v4(const Bytes& address) {
    static const Block v4_mapped = parse_block("::ffff:0:0/96");
    static const Block translated = parse_block("64:ff9b::/96");
    static const Block six_to_four = parse_block("2002::/16");
    if (is_in(address, v4_mapped) || is_in(address, translated)) {
        return mapped(address.data() + 12);
    }
    if (is_in(address, six_to_four)) {
        return mapped(address.data() + 2);
    }
    return {};
}

bool is_public(const Bytes& address) {
    const auto inner = inner_v4(address);
    return inner ? !is_in_any(*inner, special_v4()) : !is_in_any(address, special_v6());
}

}  // namespace

std::vector<Block> parse_blocks(std::string_view list) {
    std::vector<Block> blocks;
    while (!list.empty()) {
        const std::size_t comma = list.find(',');
        std::string_view one = list.substr(0, comma);
        list = comma == list.npos ? std::string_view{} : list.substr(comma + 1);
        one.remove_prefix(std::min(one.find_first_not_of(' '), one.size()));
        one = one.substr(0, one.find_last_not_of(' ') + 1);
        if (!one.empty()) {
            blocks.push_back(parse_block(one));
        }
    }
    return blocks;
}

bool is_open_port(int port) {
    constexpr int https = 443, first_of_users = 1024;
    return port == https || port >= first_of_users;
}

namespace {

// Mail begins in clear even where it ends encrypted, so it goes to ports of mail alone.
bool is_port_of(Guard::Speech speech, int port) {
    switch (speech) {
        case Guard::Speech::encrypted:
            return is_open_port(port);
        case Guard::Speech::encrypted_mail:
            return port == 25 || port == 465 || port == 587 || port == 2525;
        default:
            return false;
    }
}

}  // namespace

bool Guard::allows(const sockaddr& address, Speech speech) const {
    Bytes bytes{};
    int port = 0;
    if (address.sa_family == AF_INET) {
        const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
        bytes = mapped(&v4.sin_addr);
        port = ntohs(v4.sin_port);
    } else if (address.sa_family == AF_INET6) {
        const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address);
        std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
        port = ntohs(v6.sin6_port);
    } else {
        return false;
    }
    return is_in_any(inner_v4(bytes).value_or(bytes), opened_) ||
           (is_public(bytes) && is_port_of(speech, port));
}

}  // namespace ponte::outbound
