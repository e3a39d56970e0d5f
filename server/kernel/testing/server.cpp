#include "kernel/testing/server.hpp"

#include <mutex>
#include <set>

#include "app.hpp"
#include "kernel/db/owner_connection.hpp"
#include "kernel/log.hpp"
#include "kernel/testing/database.hpp"
#include "kernel/testing/temporary_directory.hpp"
#include "kernel/testing/wait.hpp"

namespace ponte::testing {
namespace {

constexpr unsigned threads = 2;
constexpr Milliseconds grace{2'000};

// The first is the one that all tests of a program share.
std::string next_name() {
    static int number = 0;
    return "server" + std::to_string(++number);
}

// What was asked past row security, by all tests of this program.
std::mutex reads_mutex;
std::set<std::string, std::less<>> reads_past_the_wall;

std::unique_ptr<db::Database> open_database(Loops& loops, const TestDatabase& of) {
    db::Config config;
    config.on_statement = [](db::Role role, std::string_view sql) {
        if (role == db::Role::reader) {
            const std::scoped_lock lock(reads_mutex);
            if (!reads_past_the_wall.contains(sql)) {
                reads_past_the_wall.emplace(sql);
            }
        }
    };
    config.conninfo = of.app_conninfo;
    config.reader_role = of.reader_role;
    config.system_role = of.system_role;
    return std::make_unique<db::Database>(loops, std::move(config));
}

Settings in_directory(Settings settings, const std::string& directory) {
    settings.data_dir = directory;
    return settings;
}

}  // namespace

// In the order of who borrows whom; what stands last is stopped first.
struct Server::Parts {
    const TestDatabase& database;
    std::mutex owner_mutex;
    db::OwnerConnection owner{database.owner_conninfo};
    TemporaryDirectory directory;
    Loops loops{threads};
    Kernel kernel;
    std::unique_ptr<http::Server> http;
    std::string url;

    Parts(Settings settings, Declare declare)
        : Parts(std::move(settings), database_named(next_name()),
                auth::Keys{auth::random_token(), auth::random_token(), {}}, declare) {}

    Parts(Settings settings, const TestDatabase& database_, auth::Keys keys,
          Declare declare = nullptr)
        : database(database_),
          kernel(in_directory(std::move(settings), directory.path()), loops,
                 open_database(loops, database), std::move(keys)) {
        declare_modules(kernel.app());
        if (declare) {
            declare(kernel.app());
        }
        loops.start();
        kernel.start();
        http::ServerConfig config;
        config.listen = kernel.services().settings.listen;
        config.upload_dir = directory.path() + "/uploading";
        config.trust_proxy = kernel.services().settings.trust_proxy;
        http = std::make_unique<http::Server>(loops, std::move(config), kernel.http_handlers());
        http->start();
        url = http->address();
    }
    ~Parts() {
        http->drain(grace);
        kernel.stop();
        loops.stop();
    }
};

Settings Server::usual_settings() {
    // A failing test wants to be seen between the lines of what is refused on purpose.
    log::set_level(log::Level::error);
    Settings settings;
    settings.listen = "127.0.0.1:0";
    settings.threads = threads;
    settings.rate_limit = false;
    settings.allow_private = "127.0.0.0/8";  // where the receivers of tests listen
    return settings;
}

Settings Server::settings_of_a_node() {
    Settings settings = usual_settings();
    settings.database_url = "the one that the test opens";
    return settings;
}

Server::Server(Settings settings, Declare declare)
    : parts_(std::make_unique<Parts>(std::move(settings), declare)) {}

Server::Server(const Server& beside, Settings settings)
    : parts_(std::make_unique<Parts>(std::move(settings), beside.parts_->database,
                                     beside.parts_->kernel.services().keys)) {}

Server::~Server() = default;

const std::string& Server::url() const { return parts_->url; }

Services& Server::services() { return parts_->kernel.services(); }

Loop& Server::loop() { return parts_->loops.at(0); }

const TestDatabase& Server::database() const { return parts_->database; }

std::string Server::data_dir() const { return parts_->directory.path(); }

std::vector<std::string> Server::reads_past_the_wall() {
    const std::scoped_lock lock(reads_mutex);
    return {testing::reads_past_the_wall.begin(), testing::reads_past_the_wall.end()};
}

std::vector<Server::Row> Server::sql(const std::string& text,
                                     const std::vector<std::string>& values) {
    const std::scoped_lock lock(parts_->owner_mutex);
    return parts_->owner.rows(text, values);
}

std::string Server::value(const std::string& text, const std::vector<std::string>& values) {
    const std::scoped_lock lock(parts_->owner_mutex);
    return parts_->owner.value(text, values);
}

std::int64_t Server::number(const std::string& text, const std::vector<std::string>& values) {
    return std::stoll(value(text, values));
}

db::Rows Server::sql_as(db::Scope scope, std::string text, db::Params params) {
    return wait_for(loop(),
                    services().database().query(loop(), scope, std::move(text), std::move(params)));
}

Server& server() {
    static Server of_this_program;
    return of_this_program;
}

}  // namespace ponte::testing
