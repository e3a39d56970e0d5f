// Nobody may hold a connection by doing nothing, and nobody who does his best is thrown out.
#include "kernel/http/tests/running_server.hpp"
#include "kernel/testing/wait.hpp"

namespace ponte::http {
namespace {

using namespace std::chrono_literals;

class HttpDeadlineTest : public HttpTest {
protected:
    HttpDeadlineTest() {
        config.limits.header_timeout = 150ms;
        config.limits.body_timeout = 200ms;
        config.limits.idle_timeout = 250ms;
        config.limits.write_timeout = 200ms;
    }
};

TEST_F(HttpDeadlineTest, a_connection_that_says_nothing_is_closed) {
    start();
    Wire wire = connect();

    EXPECT_TRUE(wire.ends_within(2s));
}

TEST_F(HttpDeadlineTest, a_head_that_trickles_is_refused) {
    start();
    Wire wire = connect();
    wire.send("GET / HTTP/1.1\r\n");

    for (int i = 0; i < 100; ++i) {
        if (!wire.send("X-A: 1\r\n") || !wire.is_silent_for(10ms)) {
            break;
        }
    }

    EXPECT_EQ(wire.read_answer().status, 408) << "though something came all the time";
    EXPECT_TRUE(wire.ends_within(3s));
}

TEST_F(HttpDeadlineTest, a_body_that_stops_is_refused) {
    start();
    Wire wire = connect();

    wire.send(request_text("POST / HTTP/1.1", {"Content-Length: 100"}, "half"));

    EXPECT_EQ(wire.read_answer().status, 408);
    EXPECT_EQ(served, 0);
}

TEST_F(HttpDeadlineTest, a_body_that_is_slow_and_steady_arrives) {
    start();
    Wire wire = connect();
    wire.send(request_text("POST / HTTP/1.1", {"Content-Length: 40000"}));

    for (int i = 0; i < 40; ++i) {
        ASSERT_TRUE(wire.send(std::string(1'000, 'x')));
        ponte::testing::let_pass(20ms);
    }

    EXPECT_EQ(wire.read_answer().status, 200);
}

TEST_F(HttpDeadlineTest, a_connection_idle_between_requests_is_closed_later_than_a_silent_one) {
    start();
    Wire wire = connect();
    wire.send(request_text("GET / HTTP/1.1"));
    EXPECT_EQ(wire.read_answer().status, 200);

    EXPECT_TRUE(wire.is_silent_for(160ms));
    EXPECT_TRUE(wire.ends_within(2s));
}

TEST_F(HttpDeadlineTest, the_time_of_a_handler_is_its_own_business) {
    start();
    Wire wire = connect();
    wire.send(request_text("GET /slow HTTP/1.1"));

    EXPECT_TRUE(wire.is_silent_for(600ms));
    is_released = true;

    EXPECT_EQ(wire.read_answer().status, 200);
}

TEST_F(HttpDeadlineTest, a_client_that_reads_nothing_is_thrown_out) {
    on_request = [](Request&) {
        Response response;
        response.body.assign(32u << 20, 'x');
        response.content_type = "application/octet-stream";
        return response;
    };
    start();
    Wire wire = connect(4096);
    wire.send(request_text("GET / HTTP/1.1"));

    ponte::testing::let_pass(1s);

    EXPECT_LT(wire.read_answer().body.size(), 32u << 20);
}

TEST_F(HttpDeadlineTest, a_client_that_reads_slowly_and_steadily_gets_everything) {
    constexpr std::size_t size = 8u << 20;
    on_request = [](Request&) {
        Response response;
        response.body.assign(size, 'x');
        response.content_type = "application/octet-stream";
        return response;
    };
    start();
    Wire wire = connect(4096);
    wire.send(request_text("GET / HTTP/1.1"));

    std::size_t got = 0;
    for (int i = 0; i < 20; ++i) {
        got += wire.read_bytes(50'000).size();
        ponte::testing::let_pass(40ms);
    }
    while (got < size) {
        const auto some = wire.read_bytes(256 * 1024).size();
        ASSERT_GT(some, 0u) << got;
        got += some;
    }
}

}  // namespace
}  // namespace ponte::http
