#include "kernel/testing/database.hpp"

#include <unistd.h>

#include <map>
#include <mutex>

#include "kernel/db/owner_connection.hpp"
#include "kernel/db/roles.hpp"
#include "kernel/db/schema.hpp"
#include "kernel/testing/postgres.hpp"

namespace ponte::testing {
namespace {

constexpr const char* app_password = "only for tests";

std::string full_name(std::string_view name) {
    return "ponte_test_" + std::string(name) + "_" + std::to_string(::getpid());
}

TestDatabase prepared(const std::string& owner_conninfo) {
    const db::Access access = db::prepare_database(owner_conninfo, app_password);
    return {db::with_maintenance(owner_conninfo), access.conninfo, access.reader_role,
            access.system_role};
}

TestDatabase make_database(const std::string& name) {
    TestPostgres& postgres = TestPostgres::of_this_program();
    static const std::string migrated = [&] {
        std::string first = full_name("template");
        prepared(postgres.create_database(first));
        return first;
    }();
    return prepared(postgres.create_database(full_name(name), migrated));
}

auth::Keys keys_of_this_program() {
    static const auth::Keys keys{auth::random_token(), auth::random_token(), app_password};
    return keys;
}

std::string database_in(const std::string& conninfo) {
    const db::OwnerConnection connection(conninfo);
    return connection.database();
}

// A kernel without modules works for companies of which nothing is known.
const People& people_of_no_module() {
    static const People people = [] {
        People nobody;
        nobody.company = "select 'pt-BR' as locale, 'America/Sao_Paulo' as timezone";
        return nobody;
    }();
    return people;
}

}  // namespace

const TestDatabase& database_named(std::string_view name) {
    static std::mutex mutex;
    static std::map<std::string, TestDatabase, std::less<>> databases;
    const std::scoped_lock lock(mutex);
    auto found = databases.find(name);
    if (found == databases.end()) {
        found = databases.emplace(name, make_database(std::string(name))).first;
    }
    return found->second;
}

std::string database_of_its_own(std::string_view name) { return database_named(name).app_conninfo; }

std::string empty_database(std::string_view name) {
    return TestPostgres::of_this_program().create_database(full_name(name));
}

std::unique_ptr<Kernel> make_kernel(Loops& loops, const std::string& conninfo) {
    const db::RoleNames roles = db::roles_of(database_in(conninfo));
    db::Config config;
    config.conninfo = conninfo;
    config.reader_role = roles.reader;
    config.system_role = roles.system;
    Settings settings;
    settings.listen = "127.0.0.1:0";
    settings.database_url = conninfo;  // other nodes may exist, and tell each other
    settings.threads = static_cast<unsigned>(loops.size());
    auto database = std::make_unique<db::Database>(loops, std::move(config));
    auto kernel = std::make_unique<Kernel>(std::move(settings), loops, std::move(database),
                                           keys_of_this_program());
    kernel->app().people(people_of_no_module());
    return kernel;
}

}  // namespace ponte::testing
