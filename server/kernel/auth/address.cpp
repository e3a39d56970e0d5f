#include "kernel/auth/address.hpp"

#include <arpa/inet.h>

namespace ponte::auth {

std::string address_key(std::string_view address) {
    constexpr std::string_view mapped = "::ffff:";
    if (address.starts_with(mapped) && address.find('.') != address.npos) {
        return std::string(address.substr(mapped.size()));
    }
    in6_addr bytes{};
    const std::string text(address);
    if (address.find(':') == address.npos || inet_pton(AF_INET6, text.c_str(), &bytes) != 1) {
        return text;
    }
    return std::string(reinterpret_cast<const char*>(bytes.s6_addr), 8);
}

}  // namespace ponte::auth
