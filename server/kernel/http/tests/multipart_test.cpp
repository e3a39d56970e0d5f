#include "kernel/http/multipart.hpp"

#include <fstream>

#include "kernel/http/part_head.hpp"
#include "kernel/http/tests/running_server.hpp"

namespace ponte::http {
namespace {

std::string content_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string part(const std::string& disposition, const std::string& content) {
    return "--XyZ\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content +
           "\r\n";
}

class HttpMultipartTest : public HttpTest {
protected:
    HttpMultipartTest() {
        on_request = [this](Request& request) {
            Response response;
            response.content_type = "text/plain";
            for (const auto& [name, value] : request.form) {
                response.body += name + "=" + value + ";";
            }
            for (const auto& file : request.files) {
                response.body += file.field + ":" + file.file_name + ":" + file.content_type + ":" +
                                 std::to_string(file.size) + ";";
                contents.push_back(content_of(file.path));
            }
            if (keeps && !request.files.empty()) {
                kept = request.files[0].keep();
            }
            return response;
        };
    }
    std::string upload_text(const std::string& body) const {
        return request_text("POST /upload HTTP/1.1",
                            {"Content-Type: multipart/form-data; boundary=XyZ",
                             "Content-Length: " + std::to_string(body.size())},
                            body);
    }
    Answer upload(const std::string& body) const { return ask(upload_text(body)); }
    std::size_t memory_kb() const {
        std::ifstream status("/proc/self/status");
        std::string line;
        while (std::getline(status, line) && !line.starts_with("VmRSS:")) {
        }
        return std::stoul(line.substr(line.find_first_of("0123456789")));
    }

    std::vector<std::string> contents;
    bool keeps = false;
    std::string kept;
};

TEST_F(HttpMultipartTest, fields_go_to_memory_and_files_to_disk) {
    start();

    const Answer answer = upload(
        part("name=\"title\"", "Ol\xc3\xa1") +
        part("name=\"file\"; filename=\"a b.csv\"\r\nContent-Type: text/csv", "a;b\r\n1;2\r\n") +
        part("name=\"note\"", "") + "--XyZ--\r\n");

    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "title=Ol\xc3\xa1;note=;file:a b.csv:text/csv:10;");
    EXPECT_EQ(contents.at(0), "a;b\r\n1;2\r\n");
    EXPECT_TRUE(eventually([&] { return files_in_upload_dir() == 0; })) << "gone with its request";
}

TEST_F(HttpMultipartTest, a_kept_file_stays) {
    keeps = true;
    start();

    upload(part("name=\"file\"; filename=\"a\"", "content") + "--XyZ--");

    EXPECT_EQ(content_of(kept), "content");
    EXPECT_EQ(files_in_upload_dir(), 1u);
}

TEST_F(HttpMultipartTest, bodies_that_come_near_a_boundary) {
    start();
    const std::string rows[] = {
        "",
        "\r\n",
        "\r",
        "--XyZ",
        "\r\n--Xy",
        "\r\n--XyQ",
        "--XyZ--",
        "\r\r\n\n",
        "\r\n-",
        "\r\n--",
        "-- XyZ",
        std::string("\0\x1a\xff", 3),
        "\n--XyZ\n",
        std::string(70'000, '\r') + "\n",
        std::string(300'000, '-'),
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(testing::PrintToString(row.substr(0, 20)));
        contents.clear();
        const Answer answer =
            upload(part("name=\"f\"; filename=\"x\"", row) + part("name=\"n\"", "1") + "--XyZ--");
        EXPECT_EQ(answer.body, "n=1;f:x::" + std::to_string(row.size()) + ";");
        ASSERT_EQ(contents.size(), 1u);
        EXPECT_TRUE(contents[0] == row);
    }
}

TEST_F(HttpMultipartTest, a_body_cut_at_every_byte_is_understood) {
    start();
    const std::string body = "preamble\r\n" + part("name=\"f\"; filename=\"x\"", "12\r\n--Xy34") +
                             part("name=\"n\"", "v") + "--XyZ-- \r\nepilogue";
    for (std::size_t cut = 0; cut < body.size(); ++cut) {
        SCOPED_TRACE(cut);
        contents.clear();
        Wire wire = connect();
        const std::string text = upload_text(body);
        wire.send(text.substr(0, text.size() - body.size() + cut));
        wire.send(text.substr(text.size() - body.size() + cut));
        ASSERT_EQ(wire.read_answer().body, "n=v;f:x::10;");
        ASSERT_EQ(contents.at(0), "12\r\n--Xy34");
    }
}

TEST_F(HttpMultipartTest, many_parts_each_get_their_own_content) {
    start();
    std::string body, expected;
    for (int i = 0; i < 150; ++i) {
        const auto n = std::to_string(i);
        body += part("name=\"f" + n + "\"; filename=\"x\"",
                     std::string(static_cast<std::size_t>(i) * 40, 'x') + n);
        expected +=
            "f" + n + ":x::" + std::to_string(static_cast<std::size_t>(i) * 40 + n.size()) + ";";
    }

    const Answer answer = upload(body + "--XyZ--");

    EXPECT_EQ(answer.body, expected);
    for (int i = 0; i < 150; ++i) {
        EXPECT_TRUE(contents.at(static_cast<std::size_t>(i)).ends_with(std::to_string(i)));
    }
}

TEST_F(HttpMultipartTest, what_is_no_multipart_body_is_refused) {
    start();
    std::string many;
    for (int i = 0; i < 300; ++i) {
        many += part("name=\"n\"", "v");
    }
    const struct {
        std::string name, body;
        int status = 400;
    } rows[] = {
        {"no boundary at all", "just text"},
        {"no end", part("name=\"n\"", "v")},
        {"cut in a head", "--XyZ\r\nContent-Dispo"},
        {"no name", "--XyZ\r\nContent-Type: text/plain\r\n\r\nv\r\n--XyZ--"},
        {"no form data",
         "--XyZ\r\nContent-Disposition: attachment; name=\"n\"\r\n\r\nv\r\n--XyZ--"},
        {"text behind the boundary", "--XyZ and more\r\n\r\nv\r\n--XyZ--"},
        {"an endless head", "--XyZ\r\nX-A: " + std::string(20'000, 'x')},
        {"a broken name", part("name=\"\xff\"", "v") + "--XyZ--"},
        {"too many parts", many + "--XyZ--", 413},
        {"fields too large", part("name=\"n\"", std::string(1'100'000, 'x')) + "--XyZ--", 413},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.name);
        EXPECT_EQ(upload(row.body).status, row.status);
    }
    EXPECT_TRUE(eventually([&] { return files_in_upload_dir() == 0; }));
}

TEST_F(HttpMultipartTest, an_upload_that_breaks_off_leaves_no_file) {
    start();
    const std::string body = part("name=\"f\"; filename=\"x\"", std::string(3'000'000, 'x'));
    const std::string text = upload_text(body + "--XyZ--");
    for (const bool is_reset : {false, true}) {
        Wire wire = connect();
        wire.send(text.substr(0, 2'500'000));
        ASSERT_TRUE(eventually([&] { return files_in_upload_dir() == 1; })) << "it had begun";

        if (is_reset) {
            wire.reset();
        } else {
            wire.finish_sending();
        }

        EXPECT_TRUE(eventually([&] { return files_in_upload_dir() == 0; }));
    }
    EXPECT_EQ(served, 0);
}

TEST_F(HttpMultipartTest, a_huge_file_takes_no_memory) {
#if __has_feature(address_sanitizer)
    GTEST_SKIP() << "a sanitizer keeps what was freed";
#endif
    start();
    constexpr std::size_t chunk = 1u << 20, chunks = 200;
    const std::string head = part("name=\"f\"; filename=\"x\"", "");
    const std::string before = head.substr(0, head.size() - 2), after = "\r\n--XyZ--";
    const std::size_t length = before.size() + chunk * chunks + after.size();
    on_request = [](Request& request) {
        Response response;
        response.body = std::to_string(request.files.at(0).size);
        return response;
    };
    Wire wire = connect();
    const std::string block(chunk, 'x');
    const std::size_t memory_before = memory_kb();
    std::size_t most = 0;

    wire.send(request_text("POST /upload HTTP/1.1",
                           {"Content-Type: multipart/form-data; boundary=XyZ",
                            "Content-Length: " + std::to_string(length)},
                           before));
    for (std::size_t i = 0; i < chunks; ++i) {
        ASSERT_TRUE(wire.send(block));
        most = std::max(most, memory_kb());
    }
    wire.send(after);

    EXPECT_EQ(wire.read_answer().body, std::to_string(chunk * chunks));
    EXPECT_LT(most, memory_before + 8 * 1024);
}

TEST_F(HttpMultipartTest, a_full_disk_is_told) {
    config.upload_dir = folder / "uploads";
    start();
    std::filesystem::remove_all(config.upload_dir);

    EXPECT_EQ(upload(part("name=\"f\"; filename=\"x\"", "content") + "--XyZ--").status, 503);
}

TEST_F(HttpMultipartTest, elsewhere_a_multipart_body_is_a_body) {
    start();
    on_request = nullptr;

    const Answer answer = ask(request_text(
        "POST /other HTTP/1.1",
        {"Content-Type: multipart/form-data; boundary=XyZ", "Content-Length: 3"}, "abc"));

    EXPECT_EQ(answer.body, "POST /other?|abc");
}

TEST(HttpMultipartHeads, boundaries) {
    const struct {
        std::string type;
        std::optional<std::string> boundary;
    } rows[] = {
        {"multipart/form-data; boundary=abc", "abc"},
        {"Multipart/Form-Data;BOUNDARY=\"a b\"", "a b"},
        {"multipart/form-data; charset=utf-8; boundary=abc; x=y", "abc"},
        {"multipart/form-data", std::nullopt},
        {"multipart/form-data; boundary=", std::nullopt},
        {"multipart/form-data; boundary=" + std::string(71, 'x'), std::nullopt},
        {"multipart/mixed; boundary=abc", std::nullopt},
        {"application/json", std::nullopt},
        {"", std::nullopt},
        {"multipart/form-data;;;", std::nullopt},
        {"multipart/form-data; boundary", std::nullopt},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(multipart_boundary(row.type), row.boundary) << row.type;
    }
}

TEST(HttpMultipartHeads, names_are_read_as_browsers_write_them) {
    const struct {
        std::string disposition, name, file_name;
    } rows[] = {
        {"form-data; name=\"a\"; filename=\"b.txt\"", "a", "b.txt"},
        {"form-data; name=a; filename=b.txt", "a", "b.txt"},
        {"form-data; filename=\"x;y=z\"; name=\"n\"", "n", "x;y=z"},
        {"form-data; name=\"a%22b\"; filename=\"%0d%0A\"", "a\"b", "%0d "},
        {"form-data; name=\"a\"; filename=\"C:\\dir\\f.txt\"", "a", "C:\\dir\\f.txt"},
        {"form-data; name=\"a\"; filename=\"q\\\"q\"", "a", "q\"q"},
        {"form-data; name=\"a\"; filename=\"../../etc/passwd\"", "a", "../../etc/passwd"},
        {"form-data; name=\"a\"; filename=\"\xff\"", "a", "upload"},
        {"form-data; name=\"a\"; filename=\"unclosed", "a", "unclosed"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.disposition);
        const auto head = parse_part_head("Content-Disposition: " + row.disposition);
        ASSERT_TRUE(head);
        EXPECT_EQ(head->name, row.name);
        EXPECT_EQ(head->file_name, row.file_name);
    }
}

}  // namespace
}  // namespace ponte::http
