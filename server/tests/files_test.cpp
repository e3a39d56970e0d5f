// Files as clients meet them: they arrive, are read by those who may, and go when nobody has them.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <thread>

#include "kernel/db/owner_connection.hpp"
#include "kernel/files/collect.hpp"
#include "kernel/files/disk_store.hpp"
#include "kernel/services.hpp"
#include "kernel/storage.hpp"
#include "kernel/testing/connection.hpp"
#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string pdf = "%PDF-1.7\n" + std::string(5'000, 'x') + "\n%%EOF";

std::string place_of(const std::string& company, const std::string& file) {
    return server().data_dir() + "/files/" + company + "/" + file.substr(34) + "/" + file;
}

Task<> collect() {
    Ctx ctx(server().services(), server().loop());
    ctx.now = now();
    const files::CollectFiles nothing;
    co_await files::collect_files(ctx, nothing);
}

class FilesTest : public ApiTest {
protected:
    Reply send(Api& as, const std::string& name, std::string_view bytes) {
        return as.upload("/api/v1/files", {}, name, bytes);
    }
    std::string file(Api& as, const std::string& name = "proposta.pdf",
                     std::string_view bytes = pdf) {
        const Reply reply = send(as, name, bytes);
        EXPECT_EQ(reply.status, 201) << reply.shown();
        return reply.id();
    }
    static std::string at(const std::string& id, const std::string& what = "") {
        return "/api/v1/files/" + id + what;
    }
    Reply content(const std::string& id, const http::Headers& headers = {}) {
        return api.send("GET", at(id, "/content"), {}, headers);
    }
    bool is_on_disk(const std::string& id) {
        return std::filesystem::exists(place_of(company.id(), id));
    }
    std::string contact() {
        const Json values = Json::object({{"name", "Ana"}, {"phone", unique_phone()}});
        return save(api, "/api/v1/contacts", values).id;
    }
    Saved document(Api& as, const std::string& contact, const std::string& file) {
        const Json values =
            Json::object({{"contactId", contact}, {"fileId", file}, {"name", "Contrato"}});
        return save(as, "/api/v1/documents", values);
    }
};

TEST_F(FilesTest, what_is_sent_comes_back_byte_by_byte) {
    const Reply sent = send(api, "Proposta final.pdf", pdf);

    ASSERT_EQ(sent.status, 201) << sent.shown();
    EXPECT_EQ(sent["name"], "Proposta final.pdf");
    EXPECT_EQ(sent["size"], static_cast<std::int64_t>(pdf.size()));
    EXPECT_EQ(sent["type"], "application/pdf");
    EXPECT_EQ(sent.header("location"), at(sent.id()));
    EXPECT_EQ(api.get(at(sent.id())).body, sent.body);
    const Reply back = content(sent.id());
    EXPECT_EQ(back.status, 200);
    EXPECT_EQ(back.text, pdf);
    EXPECT_EQ(back.header("content-type"), "application/pdf");
    EXPECT_EQ(back.header("x-content-type-options"), "nosniff");
    EXPECT_THAT(back.header("content-disposition"), StartsWith("inline; filename=\"Proposta"));
    EXPECT_THAT(api.get(at(sent.id(), "/content?download=true")).header("content-disposition"),
                StartsWith("attachment"));
}

TEST_F(FilesTest, is_what_its_bytes_are_whatever_its_sender_says) {
    const Reply sent = send(api, "foto.png", "<svg onload=alert(1)></svg>");

    EXPECT_EQ(sent["type"], "image/svg+xml");
    const Reply back = content(sent.id());
    EXPECT_THAT(back.header("content-disposition"), StartsWith("attachment"));
    EXPECT_THAT(back.header("content-security-policy"), HasSubstr("sandbox"));
    EXPECT_THAT(back.header("content-security-policy"), HasSubstr("default-src 'none'"));
}

TEST_F(FilesTest, nothing_that_a_browser_would_run_is_shown_in_place) {
    for (const char* name : {"a.html", "a.svg", "a.xml", "a.js", "a.xhtml"}) {
        const Reply back = content(file(api, name, "uma linha"));
        EXPECT_THAT(back.header("content-disposition"), StartsWith("attachment")) << name;
        EXPECT_THAT(back.header("content-security-policy"), HasSubstr("sandbox")) << name;
    }
}

TEST_F(FilesTest, a_hostile_name_is_a_name) {
    const Reply sent = send(api, "../../x\xe2\x80\xaegpj.exe", "oi");

    EXPECT_EQ(sent["name"], "xgpj.exe");
    const Reply accents = content(file(api, "ação.txt", "oi"));
    EXPECT_THAT(accents.header("content-disposition"),
                HasSubstr("filename*=UTF-8''a%C3%A7%C3%A3o.txt"));
    EXPECT_EQ(accents.header("content-type"), "text/plain; charset=utf-8");
}

TEST_F(FilesTest, says_what_is_wrong_with_a_request) {
    EXPECT_EQ(api.upload("/api/v1/files", {}, "vazio.txt", "").problem("file"), "empty");
    EXPECT_EQ(api.post("/api/v1/files", Json::object()).problem("file"), "required");
    EXPECT_EQ(Api().upload("/api/v1/files", {}, "a.txt", "oi").status, 401);
    EXPECT_EQ(api.get(at(Id::make().text())).code(), "file.not_found");
}

TEST_F(FilesTest, one_that_is_too_large_is_refused_and_leaves_nothing) {
    Settings small = Server::usual_settings();
    small.file_bytes = 1 << 20;
    Server other(small);
    Company there(other.url());
    const std::string much(1'100'000, 'x');

    const Reply refused = there.api().upload("/api/v1/files", {}, "a.txt", much);
    EXPECT_EQ(refused.problem("file"), "file_too_large") << refused.shown();
    const Reply cut = there.api().upload("/api/v1/files", {}, "a.txt", much + much);
    EXPECT_EQ(cut.status, 413) << cut.shown();
    EXPECT_EQ(other.number("select count(*) from files where tenant_id = $1", {there.id()}), 0);
}

TEST_F(FilesTest, parts_of_it_are_answered) {
    const std::string id = file(api, "a.txt", "0123456789");
    const struct {
        const char *range, *text, *told;
        int status;
    } rows[] = {{"bytes=2-4", "234", "bytes 2-4/10", 206},
                {"bytes=7-", "789", "bytes 7-9/10", 206},
                {"bytes=-2", "89", "bytes 8-9/10", 206},
                {"bytes=0-99", "0123456789", "bytes 0-9/10", 206},
                {"bytes=0-1,3-4", "0123456789", "", 200},
                {"lines=1-2", "0123456789", "", 200}};
    for (const auto& row : rows) {
        SCOPED_TRACE(row.range);
        const Reply reply = content(id, {{"Range", row.range}});
        EXPECT_EQ(reply.status, row.status);
        EXPECT_EQ(reply.text, row.text);
        EXPECT_EQ(reply.header("content-range"), row.told);
    }
    const Reply beyond = content(id, {{"Range", "bytes=10-"}});
    EXPECT_EQ(beyond.status, 416);
    EXPECT_EQ(beyond.header("content-range"), "bytes */10");
}

TEST_F(FilesTest, who_has_it_already_is_told_so) {
    const Reply first = content(file(api));
    const std::string id = file(api), etag = first.header("etag");

    EXPECT_EQ(content(id, {{"If-None-Match", etag}}).status, 304) << "the same bytes";
    EXPECT_EQ(content(id, {{"If-None-Match", "\"x\""}}).status, 200);
    EXPECT_EQ(content(id, {{"Range", "bytes=0-3"}, {"If-Range", etag}}).status, 206);
    EXPECT_EQ(content(id, {{"Range", "bytes=0-3"}, {"If-Range", "\"x\""}}).status, 200);
}

TEST_F(FilesTest, one_that_nobody_has_taken_is_its_uploaders_alone) {
    Person& rui = company.user("supervisor");
    const std::string id = file(rui.api);
    Company eva;

    for (const char* what : {"", "/content", "/link"}) {
        EXPECT_EQ(rui.api.get(at(id, what)).status, 200) << what;
        EXPECT_EQ(api.get(at(id, what)).status, 404) << what;
        EXPECT_EQ(eva.api().get(at(id, what)).status, 404) << what;
    }
    const std::string ana = contact();
    const Reply stolen =
        api.post("/api/v1/documents", {{"contactId", ana}, {"fileId", id}, {"name", "De outro"}});
    EXPECT_EQ(stolen.problem("fileId"), "not_found") << stolen.shown();
}

TEST_F(FilesTest, a_records_file_is_read_by_whoever_may_read_the_record) {
    const Json own = Json::object({{"contacts", Json::object({{"read", "own"}})},
                                   {"documents", Json::object({{"read", "all"}})}});
    Person& near = company.user("readonly");
    Person& far = company.with_rights(own);
    const std::string ana = contact(), id = file(api);
    const Saved made = document(api, ana, id);

    EXPECT_EQ(made["file"]["id"], id);
    EXPECT_EQ(made["file"]["name"], "proposta.pdf");
    EXPECT_EQ(made["file"]["type"], "application/pdf");
    EXPECT_EQ(near.api.get(at(id, "/content")).status, 200);
    EXPECT_EQ(far.api.get(at(id, "/content")).status, 404);
    api.patch("/api/v1/contacts/" + ana, {{"assignedTo", far.id}});
    EXPECT_EQ(far.api.get(at(id, "/content")).status, 200);
    EXPECT_EQ(near.api.del(made.path).status, 403);
    ASSERT_EQ(api.del(made.path).status, 204);
    EXPECT_EQ(near.api.get(at(id, "/content")).status, 200)
        << "who sees the bin sees what is in it";
}

TEST_F(FilesTest, belongs_to_one_record_whoever_is_faster) {
    const std::string ana = contact(), id = file(api);
    std::vector<int> statuses(2);
    {
        std::vector<std::jthread> both;
        for (int& status : statuses) {
            both.emplace_back([&] {
                Api other(api);
                status = other
                             .post("/api/v1/documents",
                                   {{"contactId", ana}, {"fileId", id}, {"name", "Dois"}})
                             .status;
            });
        }
    }

    std::ranges::sort(statuses);
    EXPECT_EQ(statuses, (std::vector{201, 422}));
}

TEST_F(FilesTest, a_link_opens_it_without_a_token_for_a_while) {
    const std::string id = file(api);

    const Reply link = api.get(at(id, "/link?expires=60&download=true"));

    ASSERT_EQ(link.status, 200) << link.shown();
    const std::string url = link["url"].as_string();
    Api nobody;
    const Reply opened = nobody.get(url);
    EXPECT_EQ(opened.status, 200) << opened.shown();
    EXPECT_EQ(opened.text, pdf);
    EXPECT_THAT(opened.header("content-disposition"), StartsWith("attachment"));
    EXPECT_EQ(nobody.send("GET", url, {}, {{"Range", "bytes=0-3"}}).text, "%PDF");
    const std::string other = url.substr(0, url.size() - 2) + (url.ends_with("AA") ? "BB" : "AA");
    EXPECT_EQ(nobody.get(other).status, 404);
    EXPECT_EQ(nobody.get("/api/v1/file-links/x").code(), "file_link.not_found");
    EXPECT_EQ(api.get(at(id, "/link?expires=99999")).status, 400);
}

TEST_F(FilesTest, a_company_may_keep_so_much) {
    Settings settings = Server::usual_settings();
    Server other(settings);
    Company there(other.url());
    StorageLimits limits;
    limits.company_bytes = 3 << 20;
    storage_of(other.data_dir()).limit(limits);
    const std::string much(1'200'000, 'x');
    const auto upload = [&](Api& as) { return as.upload("/api/v1/files", {}, "a.txt", much); };
    EXPECT_EQ(upload(there.api()).status, 201);
    EXPECT_EQ(upload(there.api()).status, 201);

    const Reply full = upload(there.api());

    EXPECT_EQ(full.status, 507) << full.shown();
    EXPECT_EQ(full.code(), "company_files_full");
    Company neighbour(other.url());
    EXPECT_EQ(upload(neighbour.api()).status, 201) << "it is each company's own";
    EXPECT_EQ(other.number("select count(*) from files where tenant_id = $1", {there.id()}), 2);
    const std::filesystem::path folder(other.data_dir() + "/files/" + there.id());
    const auto is_file = [](const auto& entry) { return entry.is_regular_file(); };
    EXPECT_EQ(std::ranges::count_if(std::filesystem::recursive_directory_iterator(folder), is_file),
              2)
        << "what was refused is gone";
}

TEST_F(FilesTest, what_nobody_takes_goes_after_a_day) {
    const std::string taken = file(api), young = file(api), old = file(api);
    document(api, contact(), taken);
    server().sql("update files set loose_since = now() - interval '25 hours' where id = $1", {old});

    wait_for(server().loop(), collect());
    wait_for(server().loop(), collect());

    EXPECT_EQ(api.get(at(old)).status, 404);
    EXPECT_FALSE(is_on_disk(old));
    EXPECT_TRUE(is_on_disk(young));
    EXPECT_EQ(content(taken).text, pdf);
}

// As a program that died between the bytes and the row leaves it, and one that died after the row
// was gone and before the bytes were.
TEST_F(FilesTest, bytes_that_no_row_knows_go_as_well) {
    const std::string unknown = Id::make().text(), draft = unknown + ".draft";
    const std::string known = file(api);
    const std::filesystem::path beside = place_of(company.id(), unknown);
    std::filesystem::create_directories(beside.parent_path());
    for (const auto& name : {beside, beside.parent_path() / draft}) {
        std::filesystem::copy_file(place_of(company.id(), known), name);
    }
    const auto yesterday = std::filesystem::file_time_type::clock::now() - std::chrono::hours{25};
    for (const auto& entry : std::filesystem::recursive_directory_iterator(
             server().data_dir() + "/files/" + company.id())) {
        if (entry.is_regular_file()) {
            std::filesystem::last_write_time(entry.path(), yesterday);
        }
    }

    wait_for(server().loop(), collect());

    EXPECT_FALSE(is_on_disk(unknown));
    EXPECT_FALSE(std::filesystem::exists(beside.parent_path() / draft));
    EXPECT_EQ(content(known).text, pdf) << "however old its bytes are";
}

TEST_F(FilesTest, an_upload_that_is_repeated_is_one_file) {
    Api once(api);
    once.with("Idempotency-Key", "chave-" + Id::make().text());

    const std::string first = file(once, "a.txt", "oi");

    EXPECT_EQ(file(once, "a.txt", "oi"), first);
    EXPECT_EQ(server().number("select count(*) from files where tenant_id = $1", {company.id()}),
              1);
}

TEST_F(FilesTest, one_that_is_cut_off_on_its_way_leaves_nothing) {
    {
        Connection line(server().url(), patience);
        line.write("POST /api/v1/files HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " +
                   api.token() +
                   "\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                   "Content-Length: 5000000\r\n\r\n--b\r\nContent-Disposition: form-data; "
                   "name=\"file\"; filename=\"a.txt\"\r\n\r\n" +
                   std::string(1'000'000, 'x'));
    }

    until([] { return std::filesystem::is_empty(server().data_dir() + "/uploading"); });
    EXPECT_EQ(server().number("select count(*) from files where tenant_id = $1", {company.id()}),
              0);
}

}  // namespace
}  // namespace ponte::testing
