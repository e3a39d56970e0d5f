#include "kernel/http/compression.hpp"

#include <zlib.h>

#include "kernel/http/tests/running_server.hpp"

namespace ponte::http {
namespace {

std::string unpacked(const std::string& packed) {
    z_stream stream{};
    inflateInit2(&stream, 15 + 16);
    std::string text(1u << 20, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(text.data());
    stream.avail_out = static_cast<uInt>(text.size());
    const int end = inflate(&stream, Z_FINISH);
    text.resize(end == Z_STREAM_END ? stream.total_out : 0);
    inflateEnd(&stream);
    return text;
}

class HttpCompressionTest : public HttpTest {
protected:
    HttpCompressionTest() {
        for (int i = 0; i < 2'000; ++i) {
            text += "{\"name\":\"" + std::to_string(i) + "\"},";
        }
        on_request = [this](Request& request) {
            Response response;
            if (request.path == "/shared") {
                response.shared_body = std::make_shared<const std::string>(text);
            } else {
                response.body = request.path == "/small" ? "{}" : text;
            }
            if (request.path == "/image") {
                response.content_type = "image/png";
            }
            if (request.path == "/packed") {
                response.with("Content-Encoding", "br");
            }
            return response;
        };
    }
    Answer get(const std::string& path, const std::string& codings) const {
        return ask(request_text("GET " + path + " HTTP/1.1", {"Accept-Encoding: " + codings}));
    }
    std::string text;
};

TEST_F(HttpCompressionTest, who_can_unpack_gets_it_packed) {
    start();
    for (const std::string path : {"/owned", "/shared", "/owned"}) {
        const Answer answer = get(path, "gzip, deflate, br");

        EXPECT_EQ(answer.header("content-encoding"), "gzip");
        EXPECT_EQ(answer.header("vary"), "Accept-Encoding");
        EXPECT_LT(answer.body.size(), text.size() / 3);
        EXPECT_TRUE(unpacked(answer.body) == text);
    }
}

TEST_F(HttpCompressionTest, who_cannot_gets_it_as_it_is_and_caches_know) {
    start();
    for (const std::string codings : {"", "identity", "gzip;q=0", "br", "deflate", "gzipped"}) {
        const Answer answer = get("/owned", codings);

        EXPECT_EQ(answer.header("content-encoding"), "") << codings;
        EXPECT_EQ(answer.header("vary"), "Accept-Encoding");
        EXPECT_TRUE(answer.body == text);
    }
}

TEST_F(HttpCompressionTest, what_gains_nothing_is_left_alone) {
    start();
    EXPECT_EQ(get("/small", "gzip").header("content-encoding"), "");
    EXPECT_EQ(get("/image", "gzip").header("content-encoding"), "");
    EXPECT_EQ(get("/packed", "gzip").header("content-encoding"), "br");
    EXPECT_TRUE(get("/packed", "gzip").body == text);
}

TEST_F(HttpCompressionTest, head_tells_the_packed_length) {
    start();
    Wire wire = connect();

    wire.send(request_text("HEAD /owned HTTP/1.1", {"Accept-Encoding: gzip"}));

    const Answer answer = wire.read_answer(true);
    EXPECT_EQ(answer.header("content-encoding"), "gzip");
    EXPECT_EQ(answer.header("content-length"), std::to_string(get("/owned", "gzip").body.size()));
}

TEST(HttpCodings, what_a_client_accepts) {
    const struct {
        std::string header;
        bool brotli, gzip;
    } rows[] = {
        {"", false, false},
        {"gzip", false, true},
        {"br", true, false},
        {"gzip, deflate, br, zstd", true, true},
        {"GZip , BR", true, true},
        {"x-gzip", false, true},
        {"gzip;q=0", false, false},
        {"gzip; q=0.0, br;q=0.5", true, false},
        {"gzip;q=0.001", false, true},
        {"*", true, true},
        {"*;q=0, gzip", false, true},
        {"br;q=0, *", false, true},
        {",,;;,", false, false},
        {"brotli", false, false},
    };
    for (const auto& row : rows) {
        const auto accepted = accepted_codings(row.header);
        EXPECT_EQ(accepted.brotli, row.brotli) << row.header;
        EXPECT_EQ(accepted.gzip, row.gzip) << row.header;
    }
}

}  // namespace
}  // namespace ponte::http
