#include "kernel/http/static_files.hpp"

#include <algorithm>

#include "kernel/embedded.hpp"
#include "kernel/http/tests/running_server.hpp"

namespace ponte::http {
namespace {

// Whatever interface this program was built with: at least web/index.html.
std::vector<EmbeddedFile> web_files() {
    std::vector<EmbeddedFile> files;
    for (const auto& file : embedded_files()) {
        if (file.path.starts_with("web/")) {
            files.push_back(file);
        }
    }
    return files;
}

std::string address_of(const EmbeddedFile& file) { return std::string(file.path.substr(3)); }

Request get(const std::string& path, Headers headers = {}) {
    Request request;
    request.method = "GET";
    request.path = path;
    request.headers = std::move(headers);
    return request;
}

std::string header_of(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
        if (key == name) {
            return value;
        }
    }
    return {};
}

const Headers navigation{{"accept", "text/html,application/xhtml+xml,*/*;q=0.8"}};

TEST(EmbeddedWeb, every_file_is_served_as_it_is_and_packed) {
    const auto files = web_files();
    ASSERT_FALSE(files.empty());
    for (const auto& file : files) {
        SCOPED_TRACE(file.path);
        const Response plain = embedded_web(get(address_of(file)));
        EXPECT_EQ(plain.status, 200);
        EXPECT_TRUE(plain.body == file.bytes);
        EXPECT_EQ(header_of(plain, "ETag"), file.etag);
        EXPECT_EQ(header_of(plain, "Vary"), "Accept-Encoding");
        EXPECT_NE(plain.content_type, "application/octet-stream");

        const Response both =
            embedded_web(get(address_of(file), {{"accept-encoding", "gzip, deflate, br"}}));
        EXPECT_TRUE(both.body == (file.brotli.empty() ? file.gzip.empty() ? file.bytes : file.gzip
                                                      : file.brotli));
        const Response gzip = embedded_web(get(address_of(file), {{"accept-encoding", "gzip"}}));
        EXPECT_TRUE(gzip.body == (file.gzip.empty() ? file.bytes : file.gzip));
        EXPECT_EQ(header_of(gzip, "Content-Encoding"), file.gzip.empty() ? "" : "gzip");
    }
}

TEST(EmbeddedWeb, names_with_a_hash_are_kept_for_ever_and_others_asked_for_again) {
    for (const auto& file : web_files()) {
        const Response response = embedded_web(get(address_of(file)));
        const bool is_hashed = file.path.starts_with("web/assets/");
        EXPECT_EQ(header_of(response, "Cache-Control"),
                  is_hashed ? "public, max-age=31536000, immutable" : "no-cache")
            << file.path;
    }
}

TEST(EmbeddedWeb, who_has_it_gets_nothing_again) {
    const auto file = web_files().front();
    const std::string etag(file.etag);
    for (const std::string& known : {etag, "W/" + etag, "\"x\", " + etag, std::string("*")}) {
        const Response response = embedded_web(get(address_of(file), {{"if-none-match", known}}));
        EXPECT_EQ(response.status, 304) << known;
        EXPECT_EQ(response.body, "");
        EXPECT_EQ(header_of(response, "ETag"), etag);
    }
    EXPECT_EQ(embedded_web(get(address_of(file), {{"if-none-match", "\"x\""}})).status, 200);
}

TEST(EmbeddedWeb, pages_of_the_application_are_its_first_page) {
    const auto index = embedded_web(get("/"));
    EXPECT_EQ(index.content_type, "text/html; charset=utf-8");
    EXPECT_EQ(header_of(index, "Cache-Control"), "no-cache");

    for (const std::string path : {"/customers", "/customers/42", "/a/b/c/", "/v1.2/notes"}) {
        const Response page = embedded_web(get(path, navigation));
        EXPECT_EQ(page.status, 200) << path;
        EXPECT_TRUE(page.body == index.body) << path;
    }
}

TEST(EmbeddedWeb, what_is_missing_is_not_found_instead_of_a_page) {
    for (const std::string path :
         {"/assets/old-12345678.js", "/assets/x", "/logo.png", "/.env", "/customers.json"}) {
        EXPECT_EQ(embedded_web(get(path, navigation)).status, 404) << path;
    }
    for (const std::string accept : {"", "*/*", "application/json", "image/avif,image/webp,*/*"}) {
        EXPECT_EQ(embedded_web(get("/customers", {{"accept", accept}})).status, 404) << accept;
    }
}

TEST(EmbeddedWeb, what_else_is_inside_the_program_stays_there) {
    for (const auto& file : embedded_files()) {
        if (!file.path.starts_with("web/")) {
            EXPECT_EQ(embedded_web(get("/" + std::string(file.path))).status, 404) << file.path;
            break;
        }
    }
    EXPECT_EQ(embedded_web(get("/../migrations/x.sql")).status, 404);
}

TEST(EmbeddedWeb, only_reading_is_allowed) {
    for (const std::string method : {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"}) {
        Request request = get("/");
        request.method = method;
        EXPECT_EQ(embedded_web(request).status, 405) << method;
    }
}

class HttpEmbeddedWebTest : public HttpTest {};

TEST_F(HttpEmbeddedWebTest, head_and_packing_over_the_wire) {
    on_request = [](Request& request) { return embedded_web(request); };
    start();
    Wire wire = connect();

    wire.send(request_text("HEAD / HTTP/1.1", {"Accept-Encoding: br"}) +
              request_text("GET / HTTP/1.1", {"Accept-Encoding: br"}));

    const Answer head = wire.read_answer(true), whole = wire.read_answer();
    EXPECT_EQ(head.header("content-length"), std::to_string(whole.body.size()));
    EXPECT_EQ(whole.count("vary"), 1);
    EXPECT_EQ(whole.count("cache-control"), 1);
    EXPECT_EQ(whole.header("etag"), head.header("etag"));
}

}  // namespace
}  // namespace ponte::http
