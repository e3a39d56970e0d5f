// The disk that all companies share: before it is full, writing is refused and reading goes on.
#include <sys/mount.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <regex>

#include "kernel/http/route_table.hpp"
#include "kernel/imports/upload.hpp"
#include "kernel/storage.hpp"
#include "kernel/testing/connection.hpp"
#include "kernel/testing/given.hpp"
#include "kernel/testing/process.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::testing {
namespace {

using ::testing::HasSubstr;

class StorageTest : public ApiTest {
protected:
    ~StorageTest() override { storage.read_free_with({}); }

    void leave_free(std::uint64_t bytes) {
        storage.read_free_with([bytes] { return bytes; });
    }
    void fill() { leave_free(StorageLimits{}.reserve_bytes); }
    void make_room() { storage.read_free_with({}); }
    Reply create() {
        return api.post("/api/v1/contacts", {{"name", "Ana"}, {"phone", unique_phone()}});
    }
    std::string head_of_upload(const std::string& length) {
        return "POST /api/v1/imports/preview HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " +
               api.token() + "\r\nContent-Type: multipart/form-data; boundary=b\r\n" + length +
               "\r\n\r\n";
    }

    Storage& storage = storage_of(server().data_dir());
};

TEST_F(StorageTest, when_only_the_reserve_is_left_reading_and_signing_in_go_on) {
    const Saved ana =
        save(api, "/api/v1/contacts", Json::object({{"name", "Ana"}, {"phone", unique_phone()}}));
    fill();

    const Reply refused = create();
    EXPECT_EQ(refused.status, 507);
    EXPECT_EQ(refused.code(), "storage_full");
    EXPECT_THAT(refused["title"].as_string(), HasSubstr("disco"));
    EXPECT_THAT(Api(api).in_english().del(ana.path)["title"].as_string(), HasSubstr("disk"));
    EXPECT_EQ(api.get(ana.path).status, 200);
    EXPECT_EQ(api.get("/api/v1/contacts").data().items().size(), 1u);
    Api anybody;
    const Reply session =
        anybody.post("/api/v1/auth/login",
                     {{"email", company.admin().email}, {"password", company.admin().password}});
    EXPECT_EQ(session.status, 200) << session.shown();
    EXPECT_EQ(
        anybody.post("/api/v1/auth/logout", {{"refreshToken", session["refreshToken"]}}).status,
        204);

    make_room();
    EXPECT_EQ(create().status, 201);
}

TEST_F(StorageTest, every_route_that_writes_is_refused) {
    fill();
    int refused = 0;
    for (const auto& route : server().services().routes().all()) {
        const bool is_sign_in = route->tag == "auth" && route->name != "register";
        if (route->method == "GET" || is_sign_in) {
            continue;
        }
        const std::string path =
            std::regex_replace(route->pattern, std::regex("\\{[^}]*\\}"), Id::make().text());
        SCOPED_TRACE(route->method + " " + path);

        const Reply reply = api.send(route->method, "/api/v1" + path, Body(Json::object()));

        EXPECT_TRUE(reply.status == 507 || reply.status == 403) << reply.shown();
        refused += reply.status == 507 ? 1 : 0;
    }
    EXPECT_GT(refused, 20);
}

TEST_F(StorageTest, a_file_for_which_there_is_no_room_is_not_taken) {
    fill();

    const Reply refused =
        api.send_raw(head_of_upload("Content-Length: 100000000"), "POST");  // and no more

    EXPECT_EQ(refused.status, 507);
    EXPECT_EQ(refused.code(), "storage_full");
}

TEST_F(StorageTest, a_file_on_its_way_is_cut_off_before_the_reserve_is_used) {
    const std::string block(3'000'000, 'x');
    Connection line(server().url(), patience);
    line.write(head_of_upload("Content-Length: 100000000") +
               "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n");
    line.write(block);
    until([&] { return !std::filesystem::is_empty(server().data_dir() + "/uploading"); });

    fill();
    line.write(block);

    EXPECT_EQ(line.read("POST").code(), "storage_full");
}

TEST_F(StorageTest, readiness_says_why) {
    fill();
    const Reply full = Api().get("/health/ready");
    make_room();
    const Reply well = Api().get("/health/ready");

    EXPECT_EQ(full.status, 503);
    EXPECT_EQ(full["checks"]["storage"]["reason"], "storage_full");
    EXPECT_EQ(full["checks"]["database"]["status"], "ok");
    EXPECT_EQ(well.status, 200);
    EXPECT_EQ(well["checks"]["storage"]["status"], "ok");
}

TEST_F(StorageTest, an_import_under_way_waits_for_room) {
    constexpr int rows = 10'000;
    std::string csv = "nome;email\n";
    for (int i = 0; i < rows; ++i) {
        csv += "Ana " + std::to_string(i) + ";p" + std::to_string(i) + "@cliente.com\n";
    }
    const Reply accepted =
        api.upload("/api/v1/imports", {{"entity", "contact"}, {"mode", "create"}}, "a.csv", csv);
    ASSERT_EQ(accepted.status, 202) << accepted.shown();
    fill();
    until(
        [&] {
            return server().number(
                       "select count(*) from jobs where tenant_id = $1 "
                       "and last_error like 'storage_full%'",
                       {company.id()}) > 0;
        },
        "the import to be put off");
    make_room();
    server().sql("update jobs set run_at = now() where state = 'later'");

    const Reply done = finished(api, "/api/v1/imports/" + accepted.id());

    EXPECT_EQ(done["state"], "done") << done.shown();
    EXPECT_EQ(done["created"], rows);
}

// What one company keeps beside the database.
class CompanyFilesTest : public StorageTest {
protected:
    static constexpr std::uint64_t most = 2'000'000;

    CompanyFilesTest() { storage.limit({StorageLimits{}.reserve_bytes, most}); }
    ~CompanyFilesTest() override { storage.limit({}); }

    static std::string csv(std::size_t bytes) {
        std::string text = "nome;email\n";
        while (text.size() < bytes) {
            text += "Ana;ana@cliente.com\n";
        }
        return text;
    }
    static Reply preview(Api& asker, std::size_t bytes) {
        return asker.upload("/api/v1/imports/preview", {{"entity", "contact"}}, "a.csv",
                            csv(bytes));
    }
    std::string folder() {
        const auto id = Id::parse(company.id());
        return storage.files_of(*id);
    }
    std::ptrdiff_t files() {
        return std::distance(std::filesystem::directory_iterator(folder()), {});
    }
    void three_days_pass() {
        for (const auto& file : std::filesystem::directory_iterator(folder())) {
            std::filesystem::last_write_time(file, file.last_write_time() - std::chrono::hours(72));
        }
        Ctx ctx(server().services(), server().loop());
        wait_for(server().loop(), imports::clean_uploads(ctx, {}));
    }
};

TEST_F(CompanyFilesTest, are_bounded_and_others_do_not_notice) {
    Company other;
    EXPECT_EQ(preview(api, 900'000).status, 200);
    EXPECT_EQ(preview(api, 900'000).status, 200);

    const Reply refused = preview(api, 900'000);

    EXPECT_EQ(refused.status, 507);
    EXPECT_EQ(refused.code(), "company_files_full");
    EXPECT_THAT(refused["title"].as_string(), HasSubstr("arquivos da sua empresa"));
    EXPECT_EQ(files(), 2);
    EXPECT_EQ(create().status, 201);
    EXPECT_EQ(preview(other.api(), 900'000).status, 200);
}

TEST_F(CompanyFilesTest, one_that_is_too_much_is_not_even_read) {
    ASSERT_EQ(preview(api, 1'500'000).status, 200);

    const Reply refused = api.send_raw(head_of_upload("Content-Length: 1000000"), "POST");

    EXPECT_EQ(refused.code(), "company_files_full");
}

TEST_F(CompanyFilesTest, on_their_way_count_too) {
    const auto is_arriving = [] {
        return !std::filesystem::is_empty(server().data_dir() + "/uploading");
    };
    {
        Connection first(server().url(), patience), second(server().url(), patience);
        const std::string part =
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n";
        first.write(head_of_upload("Content-Length: 1900000") + part + csv(1'600'000));
        until(is_arriving, "the first bytes");
        until([&] { return !storage.has_room_for(*Id::parse(company.id()), 1'000'000); });

        second.write(head_of_upload("Transfer-Encoding: chunked") + "100000\r\n" + part +
                     csv(0x100000).substr(0, 0x100000 - part.size()));

        EXPECT_EQ(second.read("POST").code(), "company_files_full");
    }
    until([&] { return !is_arriving(); }, "what was cut off to be let go");
    EXPECT_EQ(preview(api, 1'500'000).status, 200);
}

TEST_F(CompanyFilesTest, that_nobody_has_imported_are_let_go_after_two_days) {
    const Reply accepted =
        api.upload("/api/v1/imports", {{"entity", "contact"}}, "a.csv", csv(100));
    ASSERT_EQ(accepted.status, 202) << accepted.shown();
    EXPECT_EQ(finished(api, "/api/v1/imports/" + accepted.id())["state"], "done");
    EXPECT_EQ(preview(api, 1'500'000).status, 200);
    EXPECT_EQ(preview(api, 1'500'000).status, 507);

    three_days_pass();

    EXPECT_EQ(files(), 1);  // the imported one, which may still be asked for
    EXPECT_EQ(preview(api, 1'500'000).status, 200);
}

// A disk of its own for the whole program.
class SmallDiskTest : public ::testing::Test {
protected:
    static constexpr const char* options = "size=300m,mode=755";

    void SetUp() override {
        if (!has_program()) {
            GTEST_SKIP() << "PONTE_PROGRAM names no program";
        }
        is_mounted = ::geteuid() == 0 && ::mount("tmpfs", disk.c_str(), "tmpfs", 0, options) == 0;
        if (!is_mounted) {
            GTEST_SKIP() << "a small disk cannot be mounted here: that takes root";
        }
        std::filesystem::create_directories(data);
    }
    void TearDown() override {
        program.reset();
        if (is_mounted) {
            ::umount2(disk.c_str(), MNT_DETACH);
        }
    }
    void start(const std::string& reserve_mb) {
        std::ofstream(data + "/ponte.conf") << "PONTE_DISK_RESERVE_MB=" << reserve_mb << "\n";
        program = std::make_unique<Process>(data);
        program->wait_until_ready();
        company = std::make_unique<Company>(program->url());
    }
    // Until no more than this is left.
    void fill(std::uintmax_t left) {
        const std::string block(64 << 10, 'x');
        std::ofstream file(disk + "/fill", std::ios::binary | std::ios::app);
        while (std::filesystem::space(disk).available > left &&
               file.write(block.data(), 64 << 10)) {
            file.flush();
        }
    }
    void make_room() { std::filesystem::remove(disk + "/fill"); }
    Reply create() {
        return company->api().post("/api/v1/contacts",
                                   {{"name", "Ana"}, {"phone", unique_phone()}});
    }

    TemporaryDirectory directory;
    const std::string disk = directory.path(), data = disk + "/data";
    std::unique_ptr<Process> program;
    std::unique_ptr<Company> company;
    bool is_mounted = false;
};

TEST_F(SmallDiskTest, the_reserve_keeps_the_program_whole_and_it_goes_on_when_there_is_room) {
    start("40");
    ASSERT_EQ(create().status, 201);

    fill(30u << 20);
    until([&] { return create().status == 507; }, "writing to be refused");
    EXPECT_EQ(company->api().get("/api/v1/contacts").status, 200);
    EXPECT_EQ(company->api().get("/health/ready").status, 503);
    make_room();

    until([&] { return create().status == 201; }, "writing to go on");
    EXPECT_EQ(company->api().get("/health/ready").status, 200);
}

TEST_F(SmallDiskTest, a_disk_without_reserve_that_is_full_is_no_fault_of_the_program) {
    start("0");
    fill(0);

    int refused = 0;
    for (int i = 0; i < 200 && refused < 5; ++i) {
        const Reply reply = create();
        EXPECT_TRUE(reply.status == 201 || reply.status == 507 || reply.status == 503)
            << reply.shown();
        refused += reply.status == 201 ? 0 : 1;
    }
    EXPECT_GT(refused, 0);
    make_room();

    until([&] { return create().status == 201; }, "writing to go on");
}

}  // namespace
}  // namespace ponte::testing
