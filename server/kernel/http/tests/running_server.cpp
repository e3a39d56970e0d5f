#include "kernel/http/tests/running_server.hpp"

#include <thread>

#include "kernel/id.hpp"
#include "kernel/testing/wait.hpp"

namespace ponte::http {
namespace {

Response echo(const Request& request) {
    Response response;
    response.content_type = "text/plain";
    response.body = request.method + " " + request.path + "?" + request.query + "|" + request.body;
    return response;
}

}  // namespace

HttpTest::HttpTest() {
    folder = std::filesystem::temp_directory_path() / ("ponte-http-" + Id::make().text());
    std::filesystem::create_directories(folder);
    config.listen = "127.0.0.1:0";
    config.upload_dir = folder / "uploads";
}

HttpTest::~HttpTest() {
    stop();
    std::filesystem::remove_all(folder);
}

Task<Response> HttpTest::answer(HttpTest& test, Loop& loop, Request& request) {
    ++test.running;
    while (request.path.starts_with("/slow") && !test.is_released) {
        constexpr Milliseconds a_moment{2};
        co_await loop.sleep(a_moment);
    }
    Response response = test.on_request ? test.on_request(request) : echo(request);
    --test.running;
    ++test.served;
    co_return response;
}

Handlers HttpTest::handlers() {
    Handlers all;
    all.handle = [this](Loop& loop, Request& request) { return answer(*this, loop, request); };
    all.body_rule = [](const Request& request) {
        BodyRule rule{most_body_bytes, false, request.path == "/unwanted"};
        if (request.path == "/upload") {
            rule = {most_upload_bytes, true};
        }
        return rule;
    };
    all.refuse = [](const Request& request, int status, std::string_view code) {
        Response response;
        response.status = status;
        response.content_type = "application/problem+json";
        response.body = std::string(code) + " " + request.request_id;
        return response;
    };
    all.upgrade = [this](const Request& request, Response& refusal) {
        if (request.path == "/forbidden") {
            refusal.status = 403;
        }
        const bool is_taken = request.path == "/socket";
        return is_taken ? on_socket : std::function<void(std::shared_ptr<WebSocket>)>{};
    };
    return all;
}

void HttpTest::start(unsigned threads) {
    loops = std::make_unique<Loops>(threads);
    server = std::make_unique<Server>(*loops, config, handlers());
    server->start();
    loops->start();
}

void HttpTest::stop() {
    if (loops) {
        loops->stop();
    }
    server.reset();
    loops.reset();
}

Answer HttpTest::ask(std::string_view bytes) const {
    Wire wire = connect();
    wire.send(bytes);
    return wire.read_answer();
}

std::size_t HttpTest::files_in_upload_dir() const {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(config.upload_dir)) {
        count += entry.is_regular_file() ? 1 : 0;
    }
    return count;
}

bool HttpTest::eventually(const std::function<bool()>& condition) {
    return ponte::testing::comes_true(condition, std::chrono::seconds{10});
}

}  // namespace ponte::http
