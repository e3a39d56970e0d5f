
#include "kernel/http/tests/running_server.hpp"
#include "kernel/testing/wait.hpp"

namespace ponte::http {
namespace {

using namespace std::chrono_literals;

class HttpConnectionTest : public HttpTest {};

TEST_F(HttpConnectionTest, a_connection_serves_one_request_after_the_other) {
    start();
    Wire wire = connect();

    for (int i = 0; i < 5; ++i) {
        wire.send(request_text("GET /n" + std::to_string(i) + "?q=1 HTTP/1.1"));
        const Answer answer = wire.read_answer();

        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.body, "GET /n" + std::to_string(i) + "?q=1|");
        EXPECT_EQ(answer.header("connection"), "");
    }
}

TEST_F(HttpConnectionTest, a_client_that_asks_to_close_gets_its_answer_and_the_end) {
    start();
    Wire wire = connect();

    wire.send(request_text("GET / HTTP/1.1", {"Connection: close"}));

    const Answer answer = wire.read_answer();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("connection"), "close");
    EXPECT_TRUE(wire.ends_within(1s));
}

TEST_F(HttpConnectionTest, an_old_client_gets_one_answer_unless_it_asks_for_more) {
    start();
    Wire once = connect(), more = connect();

    once.send("GET / HTTP/1.0\r\n\r\n");
    EXPECT_EQ(once.read_answer().status, 200);
    EXPECT_TRUE(once.ends_within(1s));

    for (int i = 0; i < 2; ++i) {
        more.send("GET /again HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        const Answer answer = more.read_answer();
        EXPECT_EQ(answer.body, "GET /again?|");
        EXPECT_EQ(answer.header("connection"), "keep-alive");
    }
}

TEST_F(HttpConnectionTest, pipelined_requests_are_answered_in_their_order) {
    start();
    Wire wire = connect();
    std::string all;
    for (int i = 0; i < 100; ++i) {
        const std::string body = "b" + std::to_string(i);
        all += request_text("POST /" + std::to_string(i) + " HTTP/1.1",
                            {"Content-Length: " + std::to_string(body.size())}, body);
    }

    wire.send(all);

    for (int i = 0; i < 100; ++i) {
        const auto n = std::to_string(i);
        ASSERT_EQ(wire.read_answer().body, "POST /" + n + "?|b" + n);
    }
}

TEST_F(HttpConnectionTest, requests_cut_at_every_byte_are_understood) {
    start();
    const std::string text =
        request_text("POST /x HTTP/1.1", {"Transfer-Encoding: chunked"}, "3\r\nabc\r\n0\r\n\r\n") +
        request_text("GET /y HTTP/1.1");

    for (std::size_t cut = 1; cut < text.size(); ++cut) {
        SCOPED_TRACE(cut);
        Wire wire = connect();
        wire.send(text.substr(0, cut));
        std::this_thread::yield();
        wire.send(text.substr(cut));
        ASSERT_EQ(wire.read_answer().body, "POST /x?|abc");
        ASSERT_EQ(wire.read_answer().body, "GET /y?|");
    }
}

TEST_F(HttpConnectionTest, a_slow_request_holds_up_those_behind_it_and_nobody_else) {
    start();
    Wire wire = connect();
    wire.send(request_text("GET /slow HTTP/1.1") + request_text("GET /fast HTTP/1.1"));
    ASSERT_TRUE(eventually([&] { return running == 1; }));

    EXPECT_EQ(ask(request_text("GET /other HTTP/1.1")).status, 200);
    EXPECT_TRUE(wire.is_silent_for(50ms));
    is_released = true;

    EXPECT_EQ(wire.read_answer().body, "GET /slow?|");
    EXPECT_EQ(wire.read_answer().body, "GET /fast?|");
}

// Who pipelines without reading must wait in his own socket, not in our memory.
TEST_F(HttpConnectionTest, a_client_that_never_reads_is_not_served_without_end) {
    config.limits.pipeline_depth = 8;
    on_request = [](Request&) {
        Response response;
        response.content_type = "image/png";
        response.body.assign(60'000, 'x');
        return response;
    };
    start();
    Wire wire = connect(4096);
    const std::string one = request_text("GET / HTTP/1.1");
    std::string many;
    for (int i = 0; i < 2'000; ++i) {
        many += one;
    }

    wire.send(many);

    EXPECT_TRUE(eventually([&] { return served > 0; }));
    ponte::testing::let_pass(100ms);
    EXPECT_LT(served, 200) << "what fits in the sockets, and no more";
    for (int i = 0; i < 2'000; ++i) {
        ASSERT_EQ(wire.read_answer().body.size(), 60'000u);
    }
}

TEST_F(HttpConnectionTest, head_says_the_length_and_sends_no_body) {
    start();
    Wire wire = connect();

    wire.send(request_text("HEAD /abc HTTP/1.1") + request_text("GET /abc HTTP/1.1"));

    const Answer head = wire.read_answer(true);
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.header("content-length"), "11");
    EXPECT_EQ(wire.read_answer().body, "GET /abc?|") << "the next answer follows at once";
}

TEST_F(HttpConnectionTest, answers_without_a_body_say_so) {
    for (const int status : {204, 304}) {
        on_request = [status](Request&) {
            Response response;
            response.status = status;
            response.body = "never sent";
            return response;
        };
        start();
        Wire wire = connect();
        wire.send(request_text("GET / HTTP/1.1") + request_text("GET / HTTP/1.1"));

        for (int i = 0; i < 2; ++i) {
            const Answer answer = wire.read_answer();
            EXPECT_EQ(answer.status, status);
            EXPECT_EQ(answer.header("content-length"), "");
        }
        stop();
    }
}

TEST_F(HttpConnectionTest, a_client_that_closes_its_side_still_gets_its_answer) {
    start();
    Wire wire = connect();
    wire.send(request_text("GET /slow HTTP/1.1"));
    wire.finish_sending();
    ASSERT_TRUE(eventually([&] { return running == 1; }));

    is_released = true;

    EXPECT_EQ(wire.read_answer().status, 200);
    EXPECT_TRUE(wire.ends_within(1s));
}

TEST_F(HttpConnectionTest, a_client_that_resets_at_any_stage_harms_nobody) {
    start();
    const std::string partial[] = {
        "GET /hal", request_text("POST / HTTP/1.1", {"Content-Length: 100"}, "half"),
        request_text("GET /slow HTTP/1.1"), request_text("GET /slow HTTP/1.1") + "GET /x"};
    for (const auto& text : partial) {
        Wire wire = connect();
        wire.send(text);
        wire.reset();
    }
    is_released = true;

    EXPECT_EQ(ask(request_text("GET / HTTP/1.1")).status, 200);
    EXPECT_TRUE(eventually([&] { return running == 0; }));
}

TEST_F(HttpConnectionTest, a_large_answer_arrives_whole_at_a_slow_reader) {
    std::string large(8u << 20, '\0');
    for (std::size_t i = 0; i < large.size(); ++i) {
        large[i] = static_cast<char>(i * 31 >> 3);
    }
    const auto shared = std::make_shared<const std::string>(large);
    on_request = [&](Request& request) {
        Response response;
        response.content_type = "application/octet-stream";
        if (request.path == "/shared") {
            response.shared_body = shared;
        } else {
            response.body = large;
        }
        return response;
    };
    start();
    Wire wire = connect(8192);

    wire.send(request_text("GET /owned HTTP/1.1") + request_text("GET /shared HTTP/1.1"));

    EXPECT_TRUE(wire.read_answer().body == large);
    EXPECT_TRUE(wire.read_answer().body == large);
}

TEST_F(HttpConnectionTest, a_handler_that_throws_costs_one_answer) {
    on_request = [](Request& request) -> Response {
        if (request.path == "/bad") {
            throw std::runtime_error("a defect");
        }
        return {};
    };
    start();
    Wire wire = connect();

    wire.send(request_text("GET /bad HTTP/1.1") + request_text("GET /good HTTP/1.1"));

    EXPECT_EQ(wire.read_answer().status, 500);
    EXPECT_EQ(wire.read_answer().status, 200);
}

TEST_F(HttpConnectionTest, a_header_of_ours_cannot_be_broken_into_two) {
    on_request = [](Request&) {
        Response response;
        response.with("Location", "/x\r\nSet-Cookie: evil=1");
        response.with("Content-Length", "3");
        response.body = "hello";
        return response;
    };
    start();

    const Answer answer = ask(request_text("GET / HTTP/1.1"));

    EXPECT_EQ(answer.header("location"), "/xSet-Cookie: evil=1");
    EXPECT_EQ(answer.count("set-cookie"), 0);
    EXPECT_EQ(answer.count("content-length"), 1);
    EXPECT_EQ(answer.body, "hello");
}

}  // namespace
}  // namespace ponte::http
