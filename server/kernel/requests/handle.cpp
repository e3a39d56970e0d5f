// The life of a request: who asks and how often, may they, the handler, one commit, the answer.
#include <algorithm>
#include <chrono>

#include "kernel/http/route_table.hpp"
#include "kernel/log.hpp"
#include "kernel/loop_watch.hpp"
#include "kernel/people.hpp"
#include "kernel/realtime.hpp"
#include "kernel/records/input.hpp"
#include "kernel/requests/idempotency.hpp"
#include "kernel/requests/read_cache.hpp"
#include "kernel/requests/refusal.hpp"
#include "kernel/requests/requests.hpp"

namespace ponte::requests {

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

namespace {

using Clock = std::chrono::steady_clock;
constexpr int most_tries = 3;  // of a transaction that lost against another one

bool is_read(const http::Request& request) {
    return request.method == "GET" || request.method == "HEAD";
}

// Who comes to make room must get in, and out again; a new company is nobody who does.
bool is_sign_in(const Route& route) { return route.tag == "auth" && route.answer_status != 201; }

void require_json(const Turn& turn) {
    const std::string_view type = turn.request.header("content-type");
    const bool is_json = type.empty() || type.starts_with("application/json");
    if (!turn.request.body.empty() && !is_json) {
        throw Error(415, "unsupported_media_type");
    }
}

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
    take_limit(turn, turn.route->is_limited_as_guess
                         ? limits.check_sign_in(ctx.remote_address, pattern, ctx.now)
                         : limits.check_anonymous(ctx.remote_address, pattern, ctx.now));
}

Task<> identify(Turn& turn, auth::RateLimits& limits) {
    if (turn.route->is_open) {
        if (turn.route->is_limited_as_guess) {
            require_own_attempt(turn);
        }
        limit_anonymous(turn, limits);
        co_return;
    }
    const std::string_view bearer = bearer_of(turn.request);
    std::exception_ptr refused;
    try {
        turn.ctx.who = co_await turn.services.sessions().principal_of(turn.ctx.loop, bearer);
    } catch (const Error&) {
        refused = std::current_exception();
    }
    if (refused) {
        limit_anonymous(turn, limits);
        std::rethrow_exception(refused);
    }
    if (turn.services.settings.rate_limit) {
        const Principal& who = turn.ctx.who;
        take_limit(turn, limits.check_signed_in(who.tenant, who.user, turn.ctx.now));
    }
    const std::string& preferred = turn.ctx.who.language;
    if (turn.request.header("accept-language").empty() && !preferred.empty()) {
        turn.ctx.language = parse_language(preferred);
    }
}

// What the route declares of body and query is read and checked before its handler runs.
Task<http::Response> call_handler(Turn& turn) {
    const Route& route = *turn.route;
    if (!route.reads_itself) {
        if (!route.query.empty()) {
            turn.ctx.asked = read_query(route.query, turn.request, turn.ctx);
        }
        if (!route.body.empty() || (route.entity && !turn.ctx.reads_only)) {
            turn.ctx.input = read_body(route.body, turn.request, turn.ctx);
        }
    }
    http::Response response = co_await route.run(turn.ctx, turn.request);
    co_return response;
}

// Runs the handler and commits what it left open. Whoever lost against another transaction tries
// again, unless something of the first try has already happened.
Task<http::Response> run_route(Turn& turn) {
    for (int tries = 1;; ++tries) {
        bool is_lost = false;
        try {
            http::Response response = co_await call_handler(turn);
            if (turn.ctx.tx.has_work()) {
                co_await turn.ctx.tx.commit();
            }
            co_return response;
        } catch (const Error& error) {
            is_lost = error.code == "database.retry" && !turn.ctx.tx.has_committed() &&
                      tries < most_tries;
            if (!is_lost) {
                throw;
            }
        }
        co_await turn.ctx.tx.rollback();
    }
}

Task<http::Response> run_once(Turn& turn, const IdempotencyKey& key) {
    auto earlier = co_await earlier_answer(turn.ctx, key);
    if (earlier) {
        co_return std::move(*earlier);
    }
    bool is_slower = false;
    http::Response response;
    try {
        turn.ctx.tx.defer_commit();
        response = co_await call_handler(turn);
        if (response.status < 300 && !says_no_store(response)) {
            queue_answer(turn.ctx, key, response);
        }
        co_await turn.ctx.tx.commit_deferred();
    } catch (const Error& error) {
        is_slower = was_slower(error);
        if (!is_slower) {
            throw;
        }
    }
    if (is_slower) {
        co_await turn.ctx.tx.rollback();
        auto theirs = co_await earlier_answer(turn.ctx, key);
        if (!theirs) {
            throw conflict("idempotency_in_progress");
        }
        response = std::move(*theirs);
    }
    co_return response;
}

Task<http::Response> answer_route(Turn& turn, Means& means) {
    co_await identify(turn, means.limits);
    if (!turn.route->permission.empty()) {
        turn.ctx.require(turn.route->permission);
    }
    require_json(turn);
    turn.ctx.reads_only = is_read(turn.request);
    if (!turn.ctx.reads_only && !is_sign_in(*turn.route)) {
        means.storage.require_room();
    }
    if (turn.ctx.reads_only && means.may_cache && is_kept(*turn.route)) {
        http::Response response = co_await read_through(turn, means.cache);
        co_return response;
    }
    const bool may_repeat = turn.request.method == "POST" && !turn.route->is_open;
    std::optional<IdempotencyKey> key;
    if (may_repeat) {
        key = co_await idempotency_key(turn.ctx, turn.request);
    }
    if (key) {
        http::Response response = co_await run_once(turn, *key);
        co_return response;
    }
    http::Response response = co_await run_route(turn);
    co_return response;
}

// A page, and the worker that serves it offline, may only use what this server serves; style
// attributes are what the components write. A page that says so itself knows better.
void protect_page(http::Response& response) {
    constexpr const char* policy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
    const bool says_so =
        std::any_of(response.headers.begin(), response.headers.end(),
                    [](const auto& header) { return header.first == "Content-Security-Policy"; });
    if (response.content_type.starts_with("text/") && !says_so) {
        response.with("Content-Security-Policy", policy);
    }
}

Error no_such_route(const http::Match& match) {
    if (match.allowed.empty()) {
        return Error(404, "not_found");
    }
    Error error(405, "method_not_allowed");
    Json allowed = Json::array();
    for (const std::string& method : match.allowed) {
        allowed.push(method);
    }
    error.params.set("allowed", std::move(allowed));
    return error;
}

void write_line(const Turn& turn, const http::Response& response, Clock::time_point began) {
    const std::chrono::duration<double, std::milli> took = Clock::now() - began;
    const Principal& who = turn.ctx.who;
    log::info("request", {{"method", turn.request.method},
                          {"path", turn.request.path},
                          {"status", response.status},
                          {"ms", static_cast<double>(static_cast<int>(took.count() * 100)) / 100},
                          {"requestId", turn.request.request_id},
                          {"tenant", who.tenant.is_nil() ? Json{} : Json(who.tenant)},
                          {"user", who.user.is_nil() ? Json{} : Json(who.user)}});
}

}  // namespace

Task<http::Response> Requests::handle(Loop& loop, http::Request& request) {
    const std::string_view inner = http::api_path(request.path);
    if (inner.empty()) {
        http::Response response = co_await beside_the_api(loop, request);
        co_return response;
    }
    const auto began = Clock::now();
    Ctx ctx(services_, loop);
    ctx.language = parse_language(request.header("accept-language"));
    ctx.request_id = request.request_id;
    ctx.remote_address = request.remote_address;
    ctx.now = now();
    Turn turn{services_, request, ctx, nullptr, {}, false};
    http::Response response;
    std::exception_ptr failure;
    try {
        http::Match match = find_route(request.method, inner);
        if (!match.route) {
            throw no_such_route(match);
        }
        request.params = std::move(match.params);
        turn.route = ctx.route = match.route;
        loop_begins(match.route->pattern);
        response = co_await answer_route(turn, means_);
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure) {
        const std::string_view entity =
            turn.route && turn.route->entity ? turn.route->entity->name : std::string_view{};
        const Reader reader{ctx.language, request.request_id, entity};
        response = refusal(error_of(failure, request.request_id), reader);
    }
    if (turn.is_limited) {
        auth::add_rate_headers(response, turn.limit);
    }
    write_line(turn, response, began);
    co_return response;
}

Task<http::Response> Requests::beside_the_api(Loop& loop, http::Request& request) {
    if (request.path.starts_with("/socket.io/") || request.path == "/socket.io") {
        http::Response response = co_await services_.realtime().poll(loop, request);
        co_return response;
    }
    const Reader reader{parse_language(request.header("accept-language")), request.request_id, {}};
    if (!is_read(request)) {
        Error error(405, "method_not_allowed");
        error.params.set("allowed", Json::array({"GET", "HEAD"}));
        co_return refusal(error, reader);
    }
    const RouteTable::Page* page = services_.routes().page_of(request.path);
    if (!page) {
        co_return refusal(Error(404, "not_found"), reader);
    }
    http::Response response = (*page)(request);
    protect_page(response);
    co_return response;
}

}  // namespace ponte::requests
