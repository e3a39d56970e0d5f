#include "kernel/requests/identify.hpp"

#include "kernel/people.hpp"
#include "kernel/route.hpp"

namespace ponte::requests {
namespace {

// What stands behind "Authorization: Bearer "; empty when nothing does.
std::string_view bearer_of(const http::Request& request) {
    constexpr std::string_view scheme = "bearer ";
    std::string_view header = request.header("authorization");
    if (header.size() <= scheme.size()) {
        return {};
    }
    for (std::size_t i = 0; i < scheme.size(); ++i) {
        const char c = header[i];
        if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c) != scheme[i]) {
            return {};
        }
    }
    return header.substr(scheme.size());
}

}  // namespace

// The Authorization header wins: beside it X-API-Key says nothing, whether the token holds or not.
auth::Credential credential_of(const http::Request& request) {
    if (!request.header("authorization").empty()) {
        const std::string_view bearer = bearer_of(request);
        return {bearer, bearer.starts_with(auth::api_key_prefix)};
    }
    const std::string_view key = request.header("x-api-key");
    return {key, !key.empty()};
}

void require_json(const Turn& turn) {
    const std::string_view type = turn.request.header("content-type");
    const bool is_json = type.empty() || type.starts_with("application/json");
    if (!turn.request.body.empty() && !is_json && !turn.route->is_from_outside) {
        throw Error(415, "unsupported_media_type");
    }
}

namespace {

// What a page of another site makes its visitors' browsers send, and what is no JSON, is nobody's
// attempt to sign in: it is refused before it is counted, or any page could shut an office out.
void require_own_attempt(const Turn& turn) {
    require_json(turn);
    if (turn.request.header("sec-fetch-site") == "cross-site") {
        throw Error(403, "cross_site");
    }
}

void take_limit(Turn& turn, const auth::RateDecision& decision) {
    turn.limit = decision;
    turn.is_limited = true;
    if (!decision.is_allowed) {
        throw too_many_requests(decision.retry_after_s);
    }
}

// What counts as anonymous: routes without sign-in, and requests whose token is refused.
void limit_anonymous(Turn& turn, auth::RateLimits& limits) {
    if (!turn.services.settings.rate_limit || !turn.route->is_counted) {
        return;
    }
    const Ctx& ctx = turn.ctx;
    const auto& pattern = turn.route->pattern;
    const auto connection = Id::parse(turn.request.param("connection"));
    if (turn.route->is_from_outside && connection) {
        take_limit(turn, limits.check_connection(*connection, ctx.remote_address, ctx.now));
        return;
    }
    take_limit(turn, turn.route->is_limited_as_guess
                         ? limits.check_sign_in(ctx.remote_address, pattern, ctx.now)
                         : limits.check_anonymous(ctx.remote_address, pattern, ctx.now));
}

// Wrong keys are guesses: whoever goes on guessing from one address is told to wait, each answer a
// little later. Nobody who shows a right one, or types a password there, hears of it.
Task<> count_wrong_key(Turn& turn) {
    auth::GuessLimits& guesses = turn.services.sessions().guesses();
    const auto wait = guesses.wrong_key(turn.ctx.remote_address, turn.ctx.now);
    if (!wait) {
        throw too_many_requests(auth::GuessLimits::retry_after_s);
    }
    if (wait->count() > 0) {
        co_await turn.ctx.loop.sleep(*wait);
    }
}

auth::RateDecision check_limits(const Turn& turn, auth::RateLimits& limits) {
    const Principal& who = turn.ctx.who;
    return who.key ? limits.check_key(who.tenant, *who.key, turn.ctx.now)
                   : limits.check_signed_in(who.tenant, who.user, turn.ctx.now);
}

}  // namespace

Task<> identify(Turn& turn, auth::RateLimits& limits) {
    if (turn.route->is_open) {
        if (turn.route->is_limited_as_guess) {
            require_own_attempt(turn);
        }
        limit_anonymous(turn, limits);
        co_return;
    }
    auth::Sessions& sessions = turn.services.sessions();
    const auth::Credential credential = credential_of(turn.request);
    std::exception_ptr refused;
    try {
        turn.ctx.who = co_await sessions.principal_of(turn.ctx.loop, credential);
    } catch (const Error&) {
        refused = std::current_exception();
    }
    if (refused) {
        limit_anonymous(turn, limits);
        if (credential.is_key) {
            co_await count_wrong_key(turn);
        }
        std::rethrow_exception(refused);
    }
    if (turn.services.settings.rate_limit) {
        take_limit(turn, check_limits(turn, limits));
    }
    if (turn.ctx.who.key) {
        sessions.note_key_use(turn.ctx);
    }
    const std::string& preferred = turn.ctx.who.language;
    if (turn.request.header("accept-language").empty() && !preferred.empty()) {
        turn.ctx.language = parse_language(preferred);
    }
}

// Where no right is asked for, colleagues may and keys may not, unless they may everything.
void require_right(const Turn& turn) {
    const Route& route = *turn.route;
    if (const auto& key = turn.ctx.who.key) {
        if (route.keys == Route::Keys::never) {
            throw Error(403, "api_key_not_here");
        }
        const bool is_for_all = route.permission.empty() && route.keys == Route::Keys::by_right;
        if (is_for_all && !route.is_open && !key->has_every_scope) {
            throw forbidden();
        }
    }
    if (!route.permission.empty()) {
        turn.ctx.require(route.permission);
    }
}

}  // namespace ponte::requests
