// The token in which a provider says who somebody is (OpenID Connect Core 1.0, §3.1.3.7): signed
// with RS256 by a key that it publishes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "kernel/json.hpp"
#include "kernel/oauth.hpp"

namespace ponte::oauth {

struct Expected {
    std::string issuer, client, nonce;
    std::int64_t now_s = 0;
};
// `keys` as the provider publishes them, a JWK set. The problem is "unknown_key" where none of them
// is the one that signed: a newer set may have it.
Identified read_id_token(std::string_view token, const Json& keys, const Expected& expected);

}  // namespace ponte::oauth
