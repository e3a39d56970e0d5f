// Two nodes on two data directories with one database and one store of objects: what one of them
// takes in, the other one has.
#include <filesystem>
#include <fstream>
#include <thread>

#include "kernel/db/owner_connection.hpp"
#include "kernel/files/collect.hpp"
#include "kernel/files/store.hpp"
#include "kernel/imports/upload.hpp"
#include "kernel/testing/database.hpp"
#include "kernel/testing/given.hpp"
#include "kernel/testing/objects.hpp"
#include "kernel/testing/process.hpp"
#include "kernel/testing/server.hpp"
#include "kernel/testing/wait.hpp"

namespace ponte::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string pdf = "%PDF-1.7\n" + std::string(5'000, 'x') + "\n%%EOF";

Settings node_with(const ObjectStore& objects, const std::string& role = "all") {
    Settings settings = Server::settings_of_a_node();
    settings.objects = objects;
    settings.role = role;
    return settings;
}

ObjectStore reached_by_browsers(ObjectStore objects) {
    objects.public_url = objects.endpoint;
    return objects;
}

// The first one takes requests alone, so that jobs run where nothing was sent to.
struct Nodes {
    Objects objects;
    Server first{node_with(objects.settings(), "web")};
    Server second{first, node_with(reached_by_browsers(objects.settings()))};
};

struct SharedFilesTest : ::testing::Test {
    static void SetUpTestSuite() { nodes = std::make_unique<Nodes>(); }
    static void TearDownTestSuite() { nodes.reset(); }
    SharedFilesTest() { objects.tell(); }

    static inline std::unique_ptr<Nodes> nodes;
    Objects& objects = nodes->objects;
    Server &first = nodes->first, &second = nodes->second;
    Company company{first.url()};
    Api& here = company.api();
    Api there{here.token(), second.url()};

    std::string uploaded(Api& api, const std::string& name = "proposta.pdf") {
        const Reply reply = api.upload("/api/v1/files", {}, name, pdf);
        EXPECT_EQ(reply.status, 201) << reply.shown();
        return reply.id();
    }
    // Where a link of the second node sends a browser.
    std::string sent_to(const std::string& file) {
        const Reply link = there.get("/api/v1/files/" + file + "/link");
        const Reply answer = Api({}, second.url()).get(link["url"].as_string());
        EXPECT_EQ(answer.status, 302) << answer.shown();
        const std::string address = answer.header("location");
        EXPECT_THAT(address, StartsWith(objects.url() + "/crm/tenants/" + company.id()));
        return address.substr(objects.url().size());
    }
    // The host is part of what is signed.
    Reply at_store(const std::string& target) {
        const std::string host = objects.url().substr(std::string_view("http://").size());
        return Api({}, objects.url())
            .send_raw("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    }
    std::string import_of(const Reply& preview, Api& api) {
        EXPECT_EQ(preview.status, 200) << preview.shown();
        const Body body{{"uploadId", preview["uploadId"]}, {"entity", "contact"}};
        const Reply started = api.post("/api/v1/imports", body);
        EXPECT_EQ(started.status, 202) << started.shown();
        return "/api/v1/imports/" + started.id();
    }
};

TEST_F(SharedFilesTest, a_file_is_read_on_either_node) {
    const std::string file = uploaded(here);

    const Reply whole = there.get("/api/v1/files/" + file + "/content");
    const Reply part =
        there.send("GET", "/api/v1/files/" + file + "/content", {}, {{"Range", "bytes=0-7"}});

    EXPECT_EQ(whole.status, 200) << whole.shown();
    EXPECT_EQ(whole.text, pdf);
    EXPECT_EQ(part.status, 206);
    EXPECT_EQ(part.text, "%PDF-1.7");
    EXPECT_EQ(objects.refused(), 0);
    EXPECT_EQ(there.get("/health/ready")["checks"]["files"]["status"], Json("ok"));
}

TEST_F(SharedFilesTest, a_link_leads_to_the_store_for_this_file_and_for_a_while) {
    const std::string file = uploaded(here), other = uploaded(here, "outra.pdf");

    const std::string address = sent_to(file);
    const Reply opened = at_store(address);

    EXPECT_EQ(opened.status, 200) << opened.shown();
    EXPECT_EQ(opened.text, pdf);
    EXPECT_EQ(opened.header("content-type"), "application/pdf");
    EXPECT_THAT(opened.header("content-disposition"), HasSubstr("proposta.pdf"));

    std::string bent = address;
    bent.replace(bent.find(file), file.size(), other);
    EXPECT_EQ(at_store(bent).status, 403) << "another file";
    EXPECT_EQ(at_store(address.substr(0, address.find('?'))).status, 403) << "for nobody";
    objects.tell({{"skewMs", 3'601'000}});
    EXPECT_EQ(at_store(address).status, 403) << "an hour later";
}

TEST_F(SharedFilesTest, who_shows_a_token_is_answered_by_us) {
    const std::string file = uploaded(there);

    EXPECT_EQ(there.get("/api/v1/files/" + file + "/content").text, pdf);
    const Reply link = here.get("/api/v1/files/" + file + "/link");
    EXPECT_EQ(Api({}, first.url()).get(link["url"].as_string()).text, pdf)
        << "where browsers do not reach the store, by us as well";
}

TEST_F(SharedFilesTest, pages_may_show_what_the_store_has) {
    const std::string policy = Api({}, second.url()).get("/").header("content-security-policy");

    EXPECT_THAT(policy, HasSubstr("img-src 'self' data: blob: " + objects.url() + ";"));
    EXPECT_THAT(policy, HasSubstr("frame-src 'self' " + objects.url() + ";"));
}

TEST_F(SharedFilesTest, an_import_taken_in_on_one_runs_on_the_other) {
    const std::string latin = "nome;email\nJo\xe3o Concei\xe7\xe3o;joao@exemplo.com\n";

    const Reply preview =
        here.upload("/api/v1/imports/preview", {{"entity", "contact"}}, "a.csv", latin);
    const Reply done = finished(here, import_of(preview, here));

    EXPECT_EQ(done["state"], Json("done")) << done.shown();
    EXPECT_EQ(done["created"], Json(1)) << done.shown();
    EXPECT_EQ(there.get("/api/v1/contacts").data().items().size(), 1u);
}

TEST_F(SharedFilesTest, what_was_looked_at_on_one_is_read_in_another_way_on_the_other) {
    const std::string latin = "nome;email\nJo\xe3o;joao@exemplo.com\n";
    const Reply preview =
        here.upload("/api/v1/imports/preview", {{"entity", "contact"}}, "a.csv", latin);

    const Reply other = there.post(
        "/api/v1/imports/preview",
        {{"entity", "contact"}, {"uploadId", preview["uploadId"]}, {"encoding", "utf-16le"}});

    EXPECT_EQ(other.status, 200) << other.shown();
    EXPECT_EQ(other["encoding"], Json("utf-16le"));
}

TEST_F(SharedFilesTest, an_upload_that_the_store_refuses_leaves_no_row) {
    objects.tell({{"busy", 99}, {"match", "PUT"}});

    const Reply refused = here.upload("/api/v1/files", {}, "a.pdf", pdf);

    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.code(), "upload_failed");
    EXPECT_EQ(refused["title"], Json("Falha no upload do arquivo")) << refused.shown();
    EXPECT_EQ(first.number("select count(*) from files where tenant_id = $1", {company.id()}), 0);
}

Task<> collect(Server& server) {
    Ctx ctx(server.services(), server.loop());
    ctx.now = now();
    const files::CollectFiles nothing;
    co_await files::collect_files(ctx, nothing);
}

Task<> clean_uploads(Server& server) {
    Ctx ctx(server.services(), server.loop());
    ctx.now = now();
    const imports::CleanUploads nothing;
    co_await imports::clean_uploads(ctx, nothing);
}

TEST_F(SharedFilesTest, bytes_without_a_row_go_unless_they_are_of_strangers) {
    const files::Key known{*Id::parse(company.id()), *Id::parse(uploaded(here))};
    const files::Key left{known.company, Id::make()}, strange{Id::make(), Id::make()};
    const auto put = [&](const files::Key& key) {
        const std::string path = second.data_dir() + "/" + key.file.text();
        std::ofstream(path) << pdf;
        wait_for(second.loop(), second.services().files().put(second.loop(), key, path, "x/y"));
    };
    const auto is_there = [&](const files::Key& key) {
        try {
            wait_for(first.loop(), first.services().files().open(first.loop(), key));
        } catch (const Error& error) {
            EXPECT_EQ(error.status, 404);
            return false;
        }
        return true;
    };
    put(left);
    put(strange);

    wait_for(second.loop(), collect(second));
    objects.age(std::chrono::hours{25});
    wait_for(second.loop(), collect(second));

    EXPECT_TRUE(is_there(known));
    EXPECT_FALSE(is_there(left));
    EXPECT_TRUE(is_there(strange));
}

TEST_F(SharedFilesTest, what_was_only_looked_at_goes_after_two_days) {
    const auto preview = [&] {
        return here.upload("/api/v1/imports/preview", {{"entity", "contact"}}, "a.csv",
                           "nome;email\nAna;" + unique_email() + "\n");
    };
    const auto kept = [&] {
        return first.number("select count(*) from files where tenant_id = $1 and entity = 'upload'",
                            {company.id()});
    };
    preview();
    finished(here, import_of(preview(), here));
    ASSERT_EQ(kept(), 2);

    first.sql("update files set created_at = now() - interval '49 hours' where tenant_id = $1",
              {company.id()});
    wait_for(first.loop(), clean_uploads(first));
    EXPECT_EQ(kept(), 1) << "an import may still be looked at";

    first.sql("update files set created_at = now() - interval '46 days' where tenant_id = $1",
              {company.id()});
    wait_for(first.loop(), clean_uploads(first));
    EXPECT_EQ(kept(), 0);
}

// The program itself, twice.
class TwoProgramsTest : public ::testing::Test {
protected:
    void SetUp() override {
        if (!has_program()) {
            GTEST_SKIP() << "PONTE_PROGRAM names no program";
        }
        const ObjectStore store = objects.settings();
        std::ofstream(config) << "DATABASE_URL=" << database
                              << "\nS3_BUCKET_NAME=crm\nAWS_ACCESS_KEY_ID=" << store.key_id
                              << "\nAWS_SECRET_ACCESS_KEY=" << store.secret
                              << "\nPONTE_S3_ENDPOINT=" << store.endpoint << "\n";
        first = start("first");
        namespace fs = std::filesystem;
        fs::create_directories(directory.path() + "/second");
        fs::copy(directory.path() + "/first/secrets", directory.path() + "/second/secrets",
                 fs::copy_options::recursive);
        second = start("second");
        company = std::make_unique<Company>(first->url());
    }
    std::unique_ptr<Process> start(const std::string& name) {
        auto program = std::make_unique<Process>(directory.path() + "/" + name,
                                                 Process::Arguments{"--config", config});
        program->wait_until_ready();
        return program;
    }
    Api on(const Process& program) { return Api(company->api().token(), program.url()); }

    TemporaryDirectory directory;
    Objects objects;
    const std::string config = directory.path() + "/ponte.conf";
    const std::string database = empty_database("two_programs");
    std::unique_ptr<Process> first, second;
    std::unique_ptr<Company> company;
};

TEST_F(TwoProgramsTest, one_imports_the_other_exports_and_the_death_of_one_leaves_nothing) {
    Api here = on(*first), there = on(*second);
    const Reply import = here.upload("/api/v1/imports", {{"entity", "contact"}}, "a.csv",
                                     "nome;email\nAna;ana@exemplo.com\nRui;rui@exemplo.com\n");
    ASSERT_EQ(import.status, 202) << import.shown();
    EXPECT_EQ(finished(here, "/api/v1/imports/" + import.id())["created"], Json(2));

    const Reply begun = there.post(
        "/api/v1/exports",
        {{"entity", "contact"}, {"format", "csv"}, {"columns", Json::array({"name", "email"})}});
    ASSERT_EQ(begun.status, 202) << begun.shown();
    const std::string path = "/api/v1/exports/" + begun.id();
    EXPECT_EQ(finished(there, path)["state"], Json("done"));
    EXPECT_THAT(here.get(path + "/content").text, HasSubstr("rui@exemplo.com"));

    objects.tell({{"slowMs", 60'000}, {"match", "partNumber=3"}});
    std::jthread sender([token = here.token(), url = here.url()] {
        try {
            Api(token, url).upload("/api/v1/files", {}, "a.bin", std::string(20u << 20, 'x'));
        } catch (const std::exception&) {  // nobody answers any more
        }
    });
    until([&] { return objects.seen("PUT") >= 2; }, "half of a file in the store");
    first->kill();
    sender.join();

    EXPECT_EQ(objects.uploads(), 1) << "parts, which are no object, until the collector finds them";
    objects.tell();
    db::OwnerConnection owner(database);
    EXPECT_EQ(owner.value("select count(*) from files where name = 'a.bin'"), "0");
    EXPECT_EQ(there.get(path + "/content").status, 200) << "the other one goes on";
}

}  // namespace
}  // namespace ponte::testing
