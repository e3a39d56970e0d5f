// Refresh tokens. Each is good for one use and its successor is computed from it with the
// installation's key, so a session is one straight chain: who asks twice within 30 seconds (two
// tabs, an answer lost on the way) is given the same successor again, not a second chain. A token
// used later than that, or whose successor was used already, was copied: the session ends.
#pragma once

#include <chrono>

#include "kernel/ctx.hpp"
#include "kernel/http.hpp"

namespace ponte::accounts {

constexpr std::chrono::hours session_lifetime{30 * 24};  // from the last renewal
constexpr std::chrono::seconds repeat_grace{30};

struct Tokens {
    Id session;
    std::string refresh_token;
};

// The API's Session for who `ctx` now is. `account`: the rows of account_statement.
Json session_json(Ctx& ctx, const Tokens& tokens, const db::Rows& account);

// The session that a refresh token belongs to; none when nobody knows the token.
struct TokenRow {
    Id tenant_id, session_id, user_id;
    std::optional<std::string> used_at;
    bool is_repeat = false;  // used a moment ago and its successor not yet
    bool is_live = false;    // session, user and company still stand
};
FIELDS(TokenRow, tenant_id, session_id, user_id, used_at, is_repeat, is_live);
Task<std::optional<TokenRow>> find_refresh_token(Ctx& ctx, std::string token);

Task<http::Response> refresh(Ctx& ctx, const http::Request& request);

}  // namespace ponte::accounts
