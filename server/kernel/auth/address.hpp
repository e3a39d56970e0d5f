// Whom a network address stands for. A household or an attacker owns a whole IPv6 /64, so that is
// what counts there; an IPv4 address may be a whole office behind one router.
#pragma once

#include <string>
#include <string_view>

namespace ponte::auth {

// "203.0.113.7" as it is, "2001:db8:1:2::9" → the text of its first 64 bits.
std::string address_key(std::string_view address);

}  // namespace ponte::auth
