// What two servers could read in two ways, and what is larger than we allow, is refused; the
// connection ends with the refusal, because nobody knows where the next request would begin.
#include "kernel/http/tests/running_server.hpp"

namespace ponte::http {
namespace {

using namespace std::chrono_literals;

struct Refusal {
    std::string name, bytes;
    int status = 400;
    std::string code = "bad_request";
};

class HttpRefusalTest : public HttpTest {
protected:
    void expect_refused(const Refusal& row) {
        SCOPED_TRACE(row.name);
        Wire wire = connect();
        // What follows must never be read as a request of its own.
        wire.send(row.bytes + request_text("GET /smuggled HTTP/1.1"));

        const Answer answer = wire.read_answer();

        EXPECT_EQ(answer.status, row.status);
        EXPECT_EQ(answer.header("content-type"), "application/problem+json");
        EXPECT_EQ(answer.body.substr(0, answer.body.find(' ')), row.code);
        EXPECT_EQ(answer.header("connection"), "close");
        EXPECT_EQ(answer.header("x-request-id").size(), 26u);
        EXPECT_EQ(answer.body.substr(answer.body.find(' ') + 1), answer.header("x-request-id"));
        EXPECT_EQ(wire.read_answer().status, 0) << "nothing more is answered";
        EXPECT_TRUE(wire.ends_within(3s));
        EXPECT_EQ(served, 0);
    }
};

std::string post(const std::vector<std::string>& lines, std::string_view body) {
    return request_text("POST / HTTP/1.1", lines, body);
}

std::string chunked(std::string_view body) { return post({"Transfer-Encoding: chunked"}, body); }

TEST_F(HttpRefusalTest, requests_that_could_be_read_in_two_ways) {
    const std::string huge(300, '1');
    const Refusal rows[] = {
        {"both lengths", post({"Content-Length: 3", "Transfer-Encoding: chunked"}, "0\r\n\r\n")},
        {"both, the other way", post({"Transfer-Encoding: chunked", "Content-Length: 3"}, "abc")},
        {"two lengths", post({"Content-Length: 3", "Content-Length: 4"}, "abcd")},
        {"two equal lengths", post({"Content-Length: 3", "Content-Length: 3"}, "abc")},
        {"a list of lengths", post({"Content-Length: 3, 3"}, "abc")},
        {"a signed length", post({"Content-Length: +3"}, "abc")},
        {"a negative length", post({"Content-Length: -3"}, "abc")},
        {"a hexadecimal length", post({"Content-Length: 0x3"}, "abc")},
        {"an endless length", post({"Content-Length: " + huge}, "abc")},
        {"an empty length", post({"Content-Length:"}, "abc")},
        {"two encodings", post({"Transfer-Encoding: chunked", "Transfer-Encoding: chunked"}, "")},
        {"an unknown encoding", post({"Transfer-Encoding: xchunked"}, "0\r\n\r\n")},
        {"chunked twice", post({"Transfer-Encoding: chunked, chunked"}, "0\r\n\r\n")},
        {"chunked first", post({"Transfer-Encoding: chunked, identity"}, "0\r\n\r\n")},
        {"gzip before chunked", post({"Transfer-Encoding: gzip, chunked"}, "0\r\n\r\n")},
        {"quoted chunked", post({"Transfer-Encoding: \"chunked\""}, "0\r\n\r\n")},
        {"a vertical tab", post({"Transfer-Encoding: \vchunked"}, "0\r\n\r\n")},
        {"chunked of an old client",
         "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"a blank before the colon", post({"Content-Length : 3"}, "abc")},
        {"a blank in a name", post({"Content Length: 3"}, "abc")},
        {"no name", post({": 3"}, "abc")},
        {"no colon", post({"Content-Length"}, "abc")},
        {"a folded line", post({"X-A: 1", " Content-Length: 3"}, "abc")},
        {"a folded line with a tab", post({"X-A: 1", "\tb"}, "")},
        {"a NUL in a value", post({std::string("X-A: a\0b", 8)}, "")},
        {"a bare line feed in a value", post({"X-A: a\nContent-Length: 3"}, "abc")},
        {"a bare carriage return", post({"X-A: a\rContent-Length: 3"}, "abc")},
        {"only line feeds", "GET / HTTP/1.1\nHost: ponte\n\n"},
        {"a line feed behind the request line", "GET / HTTP/1.1\nHost: ponte\r\n\r\n"},
        {"no host", "GET / HTTP/1.1\r\nX-A: 1\r\n\r\n"},
        {"two hosts", request_text("GET / HTTP/1.1", {"Host: other"})},
        {"no version", "GET /\r\nHost: ponte\r\n\r\n"},
        {"another version", request_text("GET / HTTP/2.0")},
        {"a lower-case protocol", request_text("GET / http/1.1")},
        {"two blanks", request_text("GET  / HTTP/1.1")},
        {"a blank in the target", request_text("GET /a b HTTP/1.1")},
        {"a tab after the method", request_text("GET\t/ HTTP/1.1")},
        {"a tunnel", request_text("CONNECT ponte:443 HTTP/1.1")},
        {"HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
    };
    start();
    for (const auto& row : rows) {
        expect_refused(row);
    }
}

TEST_F(HttpRefusalTest, bodies_whose_chunks_are_odd) {
    const Refusal rows[] = {
        {"no number", chunked("x\r\nabc\r\n0\r\n\r\n")},
        {"a signed size", chunked("+3\r\nabc\r\n0\r\n\r\n")},
        {"a negative size", chunked("-3\r\nabc\r\n0\r\n\r\n")},
        {"a C number", chunked("0x3\r\nabc\r\n0\r\n\r\n")},
        {"a size beyond 64 bits", chunked("10000000000000003\r\nabc\r\n0\r\n\r\n")},
        {"no size", chunked("\r\nabc\r\n0\r\n\r\n")},
        {"a line feed behind the size", chunked("3\nabc\r\n0\r\n\r\n")},
        {"a chunk longer than its size", chunked("3\r\nabcd\r\n0\r\n\r\n")},
        {"a line feed behind the chunk", chunked("3\r\nabc\n0\r\n\r\n")},
        {"a blank before the size", chunked(" 3\r\nabc\r\n0\r\n\r\n")},
        {"an endless extension", chunked("3;" + std::string(100'000, 'x'))},
        {"an endless trailer", chunked("3\r\nabc\r\n0\r\nX-A: " + std::string(100'000, 'x'))},
    };
    start();
    for (const auto& row : rows) {
        expect_refused(row);
    }
}

TEST_F(HttpRefusalTest, chunks_with_extensions_and_trailers_are_read) {
    start();
    Wire wire = connect();

    wire.send(chunked("3;name=value\r\nabc\r\nA\r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\n") +
              request_text("GET /next HTTP/1.1"));

    EXPECT_EQ(wire.read_answer().body, "POST /?|abc0123456789");
    EXPECT_EQ(wire.read_answer().body, "GET /next?|");
}

TEST_F(HttpRefusalTest, what_is_larger_than_the_limits) {
    config.limits.header_bytes = 2'000;
    config.limits.header_count = 20;
    config.limits.target_bytes = 500;
    std::vector<std::string> many;
    for (int i = 0; i < 20; ++i) {
        many.push_back("X-" + std::to_string(i) + ": 1");
    }
    const std::string over = std::to_string(most_body_bytes + 1);
    std::string chunks;
    for (std::size_t sent = 0; sent <= most_body_bytes; sent += 16) {
        chunks += "10\r\n0123456789abcdef\r\n";
    }
    const Refusal rows[] = {
        {"a long target", request_text("GET /" + std::string(500, 'x') + " HTTP/1.1"), 414,
         "target_too_long"},
        {"an endless target", "GET /" + std::string(9'000, 'x'), 414, "target_too_long"},
        {"a long header", request_text("GET / HTTP/1.1", {"X-A: " + std::string(2'000, 'x')}), 431,
         "headers_too_large"},
        {"an endless header", "GET / HTTP/1.1\r\nX-A: " + std::string(9'000, 'x'), 431,
         "headers_too_large"},
        {"many headers", request_text("GET / HTTP/1.1", many), 431, "headers_too_large"},
        {"a long body", post({"Content-Length: " + over}, "abc"), 413, "payload_too_large"},
        {"a long body that waits", post({"Content-Length: " + over, "Expect: 100-continue"}, ""),
         413, "payload_too_large"},
        {"many chunks", chunked(chunks + "0\r\n\r\n"), 413, "payload_too_large"},
        {"one large chunk", chunked("fffff\r\nabc"), 413, "payload_too_large"},
    };
    start();
    for (const auto& row : rows) {
        expect_refused(row);
    }
}

TEST_F(HttpRefusalTest, what_just_keeps_the_limits_is_served) {
    config.limits.target_bytes = 500;
    config.limits.header_count = 20;
    std::vector<std::string> many;
    for (int i = 0; i < 18; ++i) {
        many.push_back("X-" + std::to_string(i) + ": 1");
    }
    many.push_back("Content-Length: " + std::to_string(most_body_bytes));
    start();

    const std::string line = "POST /" + std::string(499, 'x') + " HTTP/1.1";
    const Answer answer = ask(request_text(line, many, std::string(most_body_bytes, 'b')));

    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body.size(), 5u + 500u + 2u + most_body_bytes);
}

TEST_F(HttpRefusalTest, a_client_that_asks_before_sending_is_told_to_go_on) {
    start();
    Wire wire = connect();

    wire.send(post({"Content-Length: 3", "Expect: 100-continue"}, ""));
    EXPECT_EQ(wire.read_answer().status, 100);
    wire.send("abc");
    EXPECT_EQ(wire.read_answer().body, "POST /?|abc");

    // Whoever sends at once needs no permission.
    wire.send(post({"Content-Length: 3", "Expect: 100-continue"}, "abc"));
    EXPECT_EQ(wire.read_answer().status, 200);
}

TEST_F(HttpRefusalTest, a_body_that_nobody_wants_is_not_waited_for) {
    start();
    Wire wire = connect();

    wire.send(request_text("POST /unwanted HTTP/1.1", {"Content-Length: 40"}, "the first part"));

    const Answer answer = wire.read_answer();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "POST /unwanted?|");
    EXPECT_EQ(answer.header("connection"), "close");
}

TEST_F(HttpRefusalTest, a_refusal_reaches_a_client_that_is_still_sending) {
    start();
    Wire wire = connect();

    wire.send(post({"Content-Length: 50000000"}, std::string(2'000'000, 'x')));

    EXPECT_EQ(wire.read_answer().status, 413) << "and not a reset";
}

TEST_F(HttpRefusalTest, more_connections_than_allowed_are_told_to_come_back) {
    config.limits.max_connections = 2;
    start();
    Wire first = connect(), second = connect();
    first.send(request_text("GET / HTTP/1.1"));
    second.send(request_text("GET / HTTP/1.1"));
    EXPECT_EQ(first.read_answer().status, 200);
    EXPECT_EQ(second.read_answer().status, 200);

    Wire third = connect();
    const Answer refusal = third.read_answer();
    EXPECT_EQ(refusal.status, 503);
    EXPECT_EQ(refusal.body.substr(0, refusal.body.find(' ')), "overloaded");
    EXPECT_TRUE(third.ends_within(3s));

    first.reset();
    EXPECT_TRUE(eventually([&] { return ask(request_text("GET / HTTP/1.1")).status == 200; }));
}

}  // namespace
}  // namespace ponte::http
