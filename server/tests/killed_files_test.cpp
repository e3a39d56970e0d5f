// A program that is killed while a file arrives: wherever that is, no row is without its bytes, and
// bytes without a row are found.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>

#include "app.hpp"
#include "kernel/app.hpp"
#include "kernel/auth.hpp"
#include "kernel/files/collect.hpp"
#include "kernel/files/disk_store.hpp"
#include "kernel/testing/database.hpp"
#include "kernel/testing/dying_node.hpp"
#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"
#include "kernel/testing/temporary_directory.hpp"

namespace ponte::testing {
namespace {

constexpr const char *session_name = "PONTE_TEST_FILES_SESSION",
                     *folder_name = "PONTE_TEST_FILES_IN";
constexpr const char* what_is_sent = "nota fiscal";

// The disk, with places to die at.
class DyingStore : public files::Store {
public:
    explicit DyingStore(std::string folder) : disk_(files::disk_store(std::move(folder))) {}

    Task<> put(Loop& loop, files::Key key, std::string path, std::string type) override {
        die_if("arrived");
        co_await disk_->put(loop, key, std::move(path), std::move(type));
        die_if("stored");
    }
    Task<> answer(Loop& loop, files::Key key, http::Response& response,
                  files::Lending lending) override {
        co_await disk_->answer(loop, key, response, lending);
    }
    Task<files::Local> open(Loop& loop, files::Key key) override {
        files::Local local = co_await disk_->open(loop, key);
        co_return local;
    }
    Task<> remove(Loop& loop, std::vector<files::Key> keys) override {
        die_if("unknown");
        co_await disk_->remove(loop, std::move(keys));
    }
    Task<Listed> list(Loop& loop, std::string after, std::int64_t) override {
        Listed listed = co_await disk_->list(loop, std::move(after), -1);  // also the youngest
        co_return listed;
    }

private:
    std::shared_ptr<files::Store> disk_;
};

// Keys are each program's own: the node signs for the session that its test opened.
std::string token_of(const Services& services) {
    const std::string ids = std::getenv(session_name);
    auth::Claims claims;
    claims.tenant = *Id::parse(ids.substr(0, 36));
    claims.user = *Id::parse(ids.substr(37, 36));
    claims.session = *Id::parse(ids.substr(74, 36));
    claims.expires_at_s = std::numeric_limits<std::int32_t>::max();
    return auth::sign_token(claims, services.keys.token_key);
}

http::Request upload_of(const std::string& folder, const std::string& token) {
    http::Request request;
    request.method = "POST";
    request.path = "/api/v1/files";
    request.headers = {{"authorization", "Bearer " + token},
                       {"content-type", "multipart/form-data; boundary=b"}};
    http::UploadedFile& sent = request.files.emplace_back();
    sent.field = "file";
    sent.file_name = "nota.txt";
    sent.path = folder + "/incoming-" + Id::make().text();
    sent.size = std::string_view(what_is_sent).size();
    std::ofstream(sent.path) << what_is_sent;
    return request;
}

Task<int> status_of(http::Handlers& handlers, Loop& loop, http::Request& request) {
    const http::Response response = co_await handlers.handle(loop, request);
    co_return response.status;
}

Task<> collect(Services& services, Loop& loop) {
    Ctx ctx(services, loop);
    ctx.now = now();
    const files::CollectFiles nothing;
    co_await files::collect_files(ctx, nothing);
}

// Not a test: the life of a node that takes one file, and throws away what nobody has.
TEST(FilesNode, DISABLED_lives_until_it_is_killed) {
    Loops loops(2);
    const auto kernel = make_kernel(loops, life_of_a_node());
    const std::string folder = std::getenv(folder_name);
    declare_modules(kernel->app());
    kernel->app().store(std::make_shared<DyingStore>(folder));
    loops.start();
    http::Handlers handlers = kernel->http_handlers();
    http::Request request = upload_of(folder, token_of(kernel->services()));
    const int status = wait_for(loops.at(0), status_of(handlers, loops.at(0), request));
    EXPECT_EQ(status, 201);
    die_if("answered");
    wait_for(loops.at(0), collect(kernel->services(), loops.at(0)));
    die_if("collected");
}

// A node that runs no jobs: what goes, the killed ones throw away.
Settings of_a_watcher() {
    Settings settings = Server::settings_of_a_node();
    settings.role = "web";
    return settings;
}

class KilledFilesTest : public ::testing::Test {
protected:
    Server watcher{of_a_watcher()};
    Company company{watcher.url()};
    TemporaryDirectory folder;

    KilledFilesTest() {
        const std::string session = watcher.value(
            "select id from sessions where tenant_id = $1 and revoked_at is null", {company.id()});
        const std::string ids = company.id() + " " + company.admin().id + " " + session;
        ::setenv(session_name, ids.c_str(), 1);
        ::setenv(folder_name, folder.path().c_str(), 1);
    }
    void let_die(const std::string& place) {
        DyingNode node("FilesNode.*", watcher.database().app_conninfo, place);
        ASSERT_TRUE(node.dies()) << place;
    }
    std::int64_t rows() {
        return watcher.number("select count(*) from files where tenant_id = $1", {company.id()});
    }
    int bytes() {
        int found = 0;
        const std::filesystem::path stored = folder.path() + "/files";
        if (std::filesystem::exists(stored)) {
            for (const auto& entry : std::filesystem::recursive_directory_iterator(stored)) {
                found += entry.is_regular_file() ? 1 : 0;
            }
        }
        return found;
    }
};

TEST_F(KilledFilesTest, no_row_is_ever_without_its_bytes) {
    let_die("arrived 1");
    EXPECT_EQ(rows(), 0);
    EXPECT_EQ(bytes(), 0);

    let_die("stored 1");
    EXPECT_EQ(rows(), 0);
    EXPECT_EQ(bytes(), 1) << "which no row knows";

    let_die("answered 1");
    EXPECT_EQ(rows(), 1) << "what was answered stands";
    EXPECT_EQ(bytes(), 2);

    // The next one finds what the killed one left, and dies before it is gone.
    let_die("unknown 1");
    EXPECT_EQ(rows(), 2);
    EXPECT_EQ(bytes(), 3);
    let_die("collected 1");
    EXPECT_EQ(rows(), 3);
    EXPECT_EQ(bytes(), 3) << "each has its row";

    watcher.sql("update files set loose_since = now() - interval '25 hours' where tenant_id = $1",
                {company.id()});
    let_die("unknown 1");
    EXPECT_EQ(rows(), 1) << "rows go before their bytes";
    EXPECT_EQ(bytes(), 4);
    let_die("collected 1");
    EXPECT_EQ(rows(), 2);
    EXPECT_EQ(bytes(), 2);
}

}  // namespace
}  // namespace ponte::testing
