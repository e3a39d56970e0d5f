// Which network addresses may be called: public ones, and those the operator opened.
#pragma once

#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace ponte::outbound {

// A block of addresses, "10.0.0.0/8"; IPv4 as the IPv6 addresses that stand for it.
struct Block {
    std::array<std::uint8_t, 16> first{};
    int bits = 128;
};
// "127.0.0.0/8, 10.1.2.3, fd00::/8". Throws std::invalid_argument naming what is no block.
std::vector<Block> parse_blocks(std::string_view list);

class Guard {
public:
    explicit Guard(std::vector<Block> opened) : opened_(std::move(opened)) {}

    // Whether a socket may be opened to it. `address` is what the resolver said, however the URL
    // spelled it. A public one only with TLS, and at a port where no service of ours listens
    // plainly.
    enum class Speech : std::uint8_t { clear, encrypted, encrypted_mail };
    bool allows(const sockaddr& address, Speech speech) const;
    bool is_anything_opened() const { return !opened_.empty(); }

private:
    const std::vector<Block> opened_;
};

// A port of a public address: 443, or one that no system service has.
bool is_open_port(int port);

}  // namespace ponte::outbound
