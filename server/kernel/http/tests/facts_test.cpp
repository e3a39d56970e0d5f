// Where a request comes from and how it is called.
#include "kernel/http/tests/running_server.hpp"

namespace ponte::http {
namespace {

class HttpFactsTest : public HttpTest {
protected:
    HttpFactsTest() {
        on_request = [](Request& request) {
            Response response;
            response.content_type = "text/plain";
            response.body = request.remote_address + (request.is_secure ? " secure" : "");
            return response;
        };
    }
    Answer get(const std::vector<std::string>& lines) const {
        return ask(request_text("GET / HTTP/1.1", lines));
    }
};

TEST_F(HttpFactsTest, nobody_may_say_where_he_comes_from) {
    start();

    const Answer answer = get({"X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https"});

    EXPECT_EQ(answer.body, "127.0.0.1");
    EXPECT_EQ(answer.header("strict-transport-security"), "");
}

TEST_F(HttpFactsTest, a_trusted_proxy_says_who_came_to_it) {
    config.trust_proxy = true;
    const struct {
        std::string name;
        std::vector<std::string> lines;
        std::string expected;
    } rows[] = {
        {"nothing", {}, "127.0.0.1"},
        {"one", {"X-Forwarded-For: 203.0.113.9"}, "203.0.113.9"},
        {"version 6", {"X-Forwarded-For: 2001:db8::1"}, "2001:db8::1"},
        {"a forged one before it", {"X-Forwarded-For: 6.6.6.6, 203.0.113.9"}, "203.0.113.9"},
        {"a forged line before it",
         {"X-Forwarded-For: 6.6.6.6", "X-Forwarded-For: 203.0.113.9"},
         "203.0.113.9"},
        {"no address", {"X-Forwarded-For: unknown"}, "127.0.0.1"},
        {"script", {"X-Forwarded-For: <script>"}, "127.0.0.1"},
        {"secure", {"X-Forwarded-Proto: https"}, "127.0.0.1 secure"},
        {"not secure", {"X-Forwarded-Proto: https", "X-Forwarded-Proto: http"}, "127.0.0.1"},
    };
    start();
    for (const auto& row : rows) {
        SCOPED_TRACE(row.name);
        EXPECT_EQ(get(row.lines).body, row.expected);
    }
    EXPECT_NE(get({"X-Forwarded-Proto: https"}).header("strict-transport-security"), "");
}

TEST_F(HttpFactsTest, a_sane_request_id_is_kept_and_any_other_replaced) {
    start();
    EXPECT_EQ(get({"X-Request-Id: abc-DEF_123.4"}).header("x-request-id"), "abc-DEF_123.4");
    const std::string rows[] = {
        "short",         std::string(65, 'x'),     "with blank in",
        "a\"b\"c\"d\"e", "<script>alert</script>", "\xc3\xa3\xc3\xa3\xc3\xa3\xc3\xa3"};
    for (const auto& row : rows) {
        const auto id = get({"X-Request-Id: " + row}).header("x-request-id");
        EXPECT_EQ(id.size(), 26u) << row;
        EXPECT_NE(id, row);
    }
    EXPECT_NE(get({}).header("x-request-id"), get({}).header("x-request-id"));
}

TEST_F(HttpFactsTest, every_answer_carries_what_keeps_a_browser_safe_and_a_handler_may_say_better) {
    on_request = [](Request& request) {
        Response response;
        if (request.path == "/page") {
            response.with("Content-Security-Policy", "default-src 'self'");
        }
        return response;
    };
    start();

    const Answer plain = ask(request_text("GET / HTTP/1.1"));
    const Answer page = ask(request_text("GET /page HTTP/1.1"));

    EXPECT_EQ(plain.header("x-content-type-options"), "nosniff");
    EXPECT_EQ(plain.header("cache-control"), "no-store");
    EXPECT_EQ(plain.header("content-security-policy"),
              "default-src 'none'; frame-ancestors 'none'");
    EXPECT_EQ(page.count("content-security-policy"), 1);
    EXPECT_EQ(page.header("content-security-policy"), "default-src 'self'");
    EXPECT_EQ(page.header("x-content-type-options"), "nosniff");
}

}  // namespace
}  // namespace ponte::http
