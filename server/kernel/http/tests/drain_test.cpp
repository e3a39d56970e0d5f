#include <future>
#include <thread>

#include "kernel/http/tests/running_server.hpp"

namespace ponte::http {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

class HttpDrainTest : public HttpTest {};

TEST_F(HttpDrainTest, what_runs_is_answered_and_nothing_new_begins) {
    start(2);
    Wire busy = connect(), idle = connect();
    idle.send(request_text("GET / HTTP/1.1"));
    EXPECT_EQ(idle.read_answer().status, 200);
    busy.send(request_text("GET /slow HTTP/1.1") + request_text("GET /behind HTTP/1.1"));
    ASSERT_TRUE(eventually([&] { return running == 1; }));
    const std::string address = server->address();

    auto drained = std::async(std::launch::async, [&] { server->drain(10s); });
    EXPECT_TRUE(idle.ends_within(2s));
    EXPECT_TRUE(eventually([&] {
        try {
            Wire late(address);
            return late.ends_within(1s);
        } catch (const std::exception&) {
            return true;
        }
    }));
    EXPECT_EQ(drained.wait_for(0ms), std::future_status::timeout);
    is_released = true;

    const Answer answer = busy.read_answer();
    EXPECT_EQ(answer.body, "GET /slow?|");
    EXPECT_EQ(answer.header("connection"), "close");
    EXPECT_EQ(busy.read_answer().status, 0) << "the client asks elsewhere";
    busy.reset();
    EXPECT_EQ(drained.wait_for(5s), std::future_status::ready);
    EXPECT_EQ(served, 2);
}

TEST_F(HttpDrainTest, patience_ends) {
    start();
    Wire busy = connect();
    busy.send(request_text("GET /slow HTTP/1.1"));
    ASSERT_TRUE(eventually([&] { return running == 1; }));

    const auto before = Steady::now();
    server->drain(200ms);

    EXPECT_LT(Steady::now() - before, 2s);
    EXPECT_TRUE(busy.ends_within(1s));
    is_released = true;
    EXPECT_TRUE(eventually([&] { return running == 0; })) << "its answer goes nowhere";
}

TEST_F(HttpDrainTest, an_empty_server_stops_at_once) {
    start(2);

    const auto before = Steady::now();
    server->drain(10s);

    EXPECT_LT(Steady::now() - before, 1s);
}

TEST_F(HttpDrainTest, a_port_in_use_is_an_error_and_a_free_one_is_found) {
    start();
    Loops other(1);
    ServerConfig taken = config;
    taken.listen = server->address().substr(7);

    Server second(other, taken, Handlers{});

    EXPECT_THROW(second.start(), std::exception);
    EXPECT_NE(server->address(), "http://127.0.0.1:0");
}

}  // namespace
}  // namespace ponte::http
