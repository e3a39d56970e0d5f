#include <fstream>

#include "kernel/http/tests/running_server.hpp"

namespace ponte::http {
namespace {

class HttpFileTest : public HttpTest {
protected:
    HttpFileTest() {
        for (int i = 0; i < 1'000; ++i) {
            text += static_cast<char>('a' + i % 26);
        }
        write("text", text);
        on_request = [this](Request& request) {
            Response response;
            response.content_type = "text/plain";
            response.file_path = folder / request.path.substr(1);
            response.with("ETag", "\"one\"");
            return response;
        };
    }
    void write(const std::string& name, const std::string& content) const {
        std::ofstream(folder / name, std::ios::binary) << content;
    }
    Answer get(const std::vector<std::string>& lines) const {
        return ask(request_text("GET /text HTTP/1.1", lines));
    }
    std::string text;
};

TEST_F(HttpFileTest, a_file_is_sent_whole) {
    start();

    const Answer answer = get({});

    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("accept-ranges"), "bytes");
    EXPECT_EQ(answer.header("content-type"), "text/plain");
    EXPECT_TRUE(answer.body == text);
}

TEST_F(HttpFileTest, a_part_of_it_is_sent_when_asked_for) {
    start();
    const struct {
        std::string range;
        int status;
        std::string said;
        std::size_t first, bytes;
    } rows[] = {
        {"bytes=0-0", 206, "bytes 0-0/1000", 0, 1},
        {"bytes=0-99", 206, "bytes 0-99/1000", 0, 100},
        {"bytes=100-", 206, "bytes 100-999/1000", 100, 900},
        {"bytes=990-5000", 206, "bytes 990-999/1000", 990, 10},
        {"bytes=999-999", 206, "bytes 999-999/1000", 999, 1},
        {"bytes=-10", 206, "bytes 990-999/1000", 990, 10},
        {"bytes=-5000", 206, "bytes 0-999/1000", 0, 1000},
        {"bytes=0-18446744073709551615", 206, "bytes 0-999/1000", 0, 1000},
        {"bytes=1000-", 416, "bytes */1000", 0, 0},
        {"bytes=-0", 416, "bytes */1000", 0, 0},
        {"bytes=5-4", 200, "", 0, 1000},
        {"bytes=0-1,5-6", 200, "", 0, 1000},
        {"bytes=a-b", 200, "", 0, 1000},
        {"bytes=-", 200, "", 0, 1000},
        {"bytes=99999999999999999999-", 200, "", 0, 1000},
        {"lines=0-1", 200, "", 0, 1000},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.range);
        const Answer answer = get({"Range: " + row.range});
        EXPECT_EQ(answer.status, row.status);
        EXPECT_EQ(answer.header("content-range"), row.said);
        EXPECT_TRUE(answer.body == text.substr(row.first, row.bytes));
    }
}

TEST_F(HttpFileTest, a_part_of_another_version_is_not_sent) {
    start();

    EXPECT_EQ(get({"Range: bytes=0-9", "If-Range: \"one\""}).status, 206);
    EXPECT_EQ(get({"Range: bytes=0-9", "If-Range: \"two\""}).status, 200);
}

TEST_F(HttpFileTest, head_opens_and_sends_nothing) {
    start();
    Wire wire = connect();

    wire.send(request_text("HEAD /text HTTP/1.1", {"Range: bytes=0-9"}) +
              request_text("GET /text HTTP/1.1"));

    EXPECT_EQ(wire.read_answer(true).header("content-length"), "1000");
    EXPECT_TRUE(wire.read_answer().body == text);
}

TEST_F(HttpFileTest, what_is_no_file_is_not_found) {
    start();
    std::filesystem::create_directory(folder / "folder");

    EXPECT_EQ(ask(request_text("GET /none HTTP/1.1")).status, 404);
    EXPECT_EQ(ask(request_text("GET /folder HTTP/1.1")).status, 404);
}

TEST_F(HttpFileTest, an_empty_file_is_an_empty_answer) {
    start();
    write("empty", "");
    Wire wire = connect();

    wire.send(request_text("GET /empty HTTP/1.1") + request_text("GET /text HTTP/1.1"));

    EXPECT_EQ(wire.read_answer().header("content-length"), "0");
    EXPECT_TRUE(wire.read_answer().body == text);
}

TEST_F(HttpFileTest, a_large_file_and_what_follows_it_arrive) {
    std::string large;
    for (int i = 0; i < 2'000'000; ++i) {
        large += std::to_string(i);
    }
    write("large", large);
    start();
    Wire wire = connect(16 * 1024);

    wire.send(request_text("GET /large HTTP/1.1") + request_text("GET /text HTTP/1.1"));

    EXPECT_TRUE(wire.read_answer().body == large);
    EXPECT_TRUE(wire.read_answer().body == text);
}

// The length was promised: only the end of the connection can tell that it was wrong.
TEST_F(HttpFileTest, a_file_that_shrinks_ends_the_connection) {
    write("large", std::string(16u << 20, 'x'));
    start();
    Wire wire = connect(4096);
    wire.send(request_text("GET /large HTTP/1.1"));
    EXPECT_EQ(wire.read_bytes(1).size(), 1u);

    std::filesystem::resize_file(folder / "large", 8u << 20);

    EXPECT_TRUE(wire.ends_within(std::chrono::seconds{5}));
}

}  // namespace
}  // namespace ponte::http
