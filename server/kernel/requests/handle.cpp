// The life of a request: who asks and how often, may they, the handler, one commit, the answer.
#include <algorithm>
#include <chrono>

#include "kernel/events/origins.hpp"
#include "kernel/http/route_table.hpp"
#include "kernel/log.hpp"
#include "kernel/loop_watch.hpp"
#include "kernel/realtime.hpp"
#include "kernel/records/input.hpp"
#include "kernel/requests/idempotency.hpp"
#include "kernel/requests/identify.hpp"
#include "kernel/requests/read_cache.hpp"
#include "kernel/requests/refusal.hpp"
#include "kernel/requests/requests.hpp"

namespace ponte::requests {

namespace {

using Clock = std::chrono::steady_clock;
constexpr int most_tries = 3;  // of a transaction that lost against another one

// Told again to people; as sent, so it is bounded and never more than text.
std::string user_agent_of(const http::Request& request) {
    std::string text(request.header("user-agent").substr(0, 300));
    if (!is_valid_utf8(text) || text.find('\0') != std::string::npos) {
        text.clear();
    }
    return text;
}

bool is_read(const http::Request& request) {
    return request.method == "GET" || request.method == "HEAD";
}

// Who comes to make room must get in, and out again; a new company is nobody who does.
bool is_sign_in(const Route& route) { return route.tag == "auth" && route.answer_status != 201; }

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
    require_right(turn);
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
    if (turn.route->is_from_outside) {
        means.limits.know_connection(Id::parse(turn.request.param("connection")).value_or(Id{}));
    }
    co_return response;
}

// A page, and the worker that serves it offline, may only use what this server serves; style
// attributes are what the components write. Files may come from a store that browsers reach. A page
// that says so itself knows better.
void protect_page(http::Response& response, const std::string& files) {
    const std::string beside = files.empty() ? "" : " " + files;
    const std::string policy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:" +
        beside + "; media-src 'self'" + beside + "; frame-src 'self'" + beside +
        "; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
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
                          {"user", who.user.is_nil() ? Json{} : Json(who.user)},
                          {"key", who.key ? Json(who.key->id) : Json{}}});
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
    ctx.user_agent = user_agent_of(request);
    ctx.origin = events::origin_of(ctx.remote_address, ctx.user_agent);
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
    protect_page(response, services_.settings.objects.origin());
    co_return response;
}

}  // namespace ponte::requests
