#include "kernel/realtime/polling.hpp"

#include "kernel/realtime/station.hpp"

namespace ponte::realtime {
namespace {

constexpr std::size_t max_payload = 1'000'000;
constexpr char separator = '\x1e';

// An answer that another loop gives. It may come before anybody waits, or after nobody does any
// more.
struct Answer {
    explicit Answer(Loop& home_) : home(home_) {}
    Loop& home;
    std::optional<http::Response> response;
    std::coroutine_handle<> waiter;
};

struct AnswerOf {
    std::shared_ptr<Answer> answer;
    bool await_ready() const { return answer->response.has_value(); }
    void await_suspend(std::coroutine_handle<> waiter) { answer->waiter = waiter; }
    http::Response await_resume() { return std::move(*answer->response); }
    // A request that is cut off must not be resumed.
    ~AnswerOf() { answer->waiter = {}; }
};

Reply reply_to(const std::shared_ptr<Answer>& answer) {
    return [answer](http::Response response) {
        auto give = [answer, response = std::move(response)]() mutable {
            answer->response = std::move(response);
            if (answer->waiter) {
                std::exchange(answer->waiter, {}).resume();
            }
        };
        answer->home.post(std::move(give));
    };
}

void take_payload(Connection& connection, std::string_view payload) {
    while (!payload.empty() && !connection.is_closed()) {
        const std::size_t end = std::min(payload.find(separator), payload.size());
        const std::string_view packet = payload.substr(0, end);
        connection.receive(packet, packet.starts_with('b'));  // b: base64 of a binary packet
        payload.remove_prefix(std::min(end + 1, payload.size()));
    }
}

// The reference server's clients come from anywhere; nothing here rests on cookies, so any origin
// may ask, with what it knows.
http::Response with_origin(http::Response response, const std::string& origin) {
    response.with("Cache-Control", "no-store");
    if (!origin.empty()) {
        response.with("Access-Control-Allow-Origin", origin).with("Vary", "Origin");
    }
    return response;
}

http::Response preflight() {
    http::Response response;
    response.status = 204;
    response.with("Access-Control-Allow-Methods", "GET, POST")
        .with("Access-Control-Allow-Headers", "Content-Type")
        .with("Access-Control-Max-Age", "86400");
    return response;
}

http::Response accepted() {
    http::Response response;
    response.content_type = "text/html";
    response.body = "ok";
    return response;
}

void hand_over(std::shared_ptr<Core> core, Station& station, std::string sid, std::string body,
               bool is_post, Reply reply) {
    auto work = [core, &station, sid = std::move(sid), body = std::move(body), is_post,
                 reply = std::move(reply)] {
        const auto connection = station.find(sid);
        if (!connection) {
            reply(engine_error(1));
        } else if (!is_post) {
            connection->poll(reply);
        } else {
            take_payload(*connection, body);
            reply(accepted());
        }
    };
    station.loop().post(std::move(work));
}

}  // namespace

std::string_view engine_problem_text(int code) {
    switch (code) {
        case 0:
            return "Transport unknown";
        case 1:
            return "Session ID unknown";
        case 2:
            return "Bad handshake method";
        case 5:
            return "Unsupported protocol version";
        default:
            return "Bad request";
    }
}

http::Response engine_error(int code) {
    http::Response response;
    response.status = 400;
    response.body = Json::object({{"code", code}, {"message", engine_problem_text(code)}}).dump();
    return response;
}

http::Response poll_response(std::string body) {
    http::Response response;
    response.content_type = "text/plain; charset=UTF-8";
    response.body = std::move(body);
    return response;
}

std::optional<int> engine_problem(const http::Request& request, bool is_upgrade, const Core& core) {
    const auto transport = request.query_value("transport");
    const auto sid = request.query_value("sid");
    const bool is_websocket = transport == "websocket";
    if (!is_websocket && transport != "polling") {
        return 0;
    }
    if (sid && !core.whereabouts(*sid)) {
        return 1;
    }
    if (is_websocket != is_upgrade) {
        return 3;
    }
    if (!sid && request.method != "GET") {
        return 2;
    }
    if (request.query_value("EIO") != "4") {
        return 5;
    }
    return {};
}

Task<http::Response> answer_polling(std::shared_ptr<Core> core, Loop& loop,
                                    const http::Request& request) {
    const std::string origin(request.header("origin"));
    if (request.method == "OPTIONS") {
        co_return with_origin(preflight(), origin);
    }
    if (const auto problem = engine_problem(request, false, *core)) {
        co_return with_origin(engine_error(*problem), origin);
    }
    const bool is_post = request.method == "POST";
    if ((!is_post && request.method != "GET") || request.body.size() > max_payload) {
        co_return with_origin(engine_error(3), origin);
    }
    const auto answer = std::make_shared<Answer>(loop);
    const auto sid = request.query_value("sid");
    Station* station = sid ? core->whereabouts(*sid) : nullptr;
    if (station) {
        hand_over(core, *station, *sid, request.body, is_post, reply_to(answer));
    } else if (sid || core->is_draining) {
        co_return with_origin(engine_error(sid ? 1 : 3), origin);
    } else {
        core->station_of(loop).open(nullptr)->poll(reply_to(answer));
    }
    AnswerOf waiting{answer};
    http::Response response = co_await waiting;
    co_return with_origin(std::move(response), origin);
}

}  // namespace ponte::realtime
