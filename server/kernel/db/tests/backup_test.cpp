// A backup is worth what its restoration is worth.
#include "kernel/db/backup.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "kernel/db/owner_connection.hpp"
#include "kernel/db/private_postgres.hpp"
#include "kernel/db/schema.hpp"
#include "kernel/id.hpp"
#include "kernel/testing/database.hpp"
#include "kernel/testing/temporary_directory.hpp"

namespace ponte::db {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr const char* password = "of the application";

void write(const std::string& file, const std::string& text) {
    fs::create_directories(fs::path(file).parent_path());
    std::ofstream(file) << text;
}

std::string read(const std::string& file) {
    std::stringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

std::string refusal(auto act) {
    try {
        act();
    } catch (const std::exception& problem) {
        return problem.what();
    }
    return "nothing was refused";
}

struct BackupTest : ::testing::Test {
    ponte::testing::TemporaryDirectory directory;
    const std::string file = directory.path() + "/backup.tar";
    const std::string from = directory.path() + "/from", to = directory.path() + "/to";
    const std::string company = Id::make().text(), other_company = Id::make().text();

    void open_companies(const std::string& owner_conninfo) {
        prepare_database(owner_conninfo, password);
        OwnerConnection owner(with_maintenance(owner_conninfo));
        owner.rows(
            "insert into tenants (tenant_id, name, slug) values ($1, 'Íris', 'iris'), "
            "($2, 'Zoë', 'zoe')",
            {company, other_company});
        owner.rows("insert into teams (tenant_id, name) values ($1, 'São Paulo')", {company});
    }
    // What a company sees as the application, which only the walls decide.
    std::string slugs_seen(const std::string& owner_conninfo, const std::string& tenant) {
        const Access access = prepare_database(owner_conninfo, password);
        OwnerConnection app(access.conninfo);
        app.rows("select set_config('app.tenant', $1, false)", {tenant});
        return app.value("select string_agg(slug, ' ') from tenants");
    }
};

TEST_F(BackupTest, a_flipped_bit_is_noticed_wherever_it_is) {
    {
        PrivatePostgres postgres({.data_dir = from, .is_durable = false, .on_death = {}});
        open_companies(postgres.start());
        write(from + "/secrets/seal.key", "secret of the installation");
        backup({}, from, file);
    }
    EXPECT_EQ(verify_backup(file), Verified::whole);
    const std::string whole = read(file);
    const std::size_t in_the_key = whole.find("secret of the installation");
    ASSERT_NE(in_the_key, std::string::npos);
    for (const std::size_t at : {in_the_key, whole.size() / 2, whole.size() - 3}) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 1);
        std::ofstream(file, std::ios::binary) << damaged;

        EXPECT_THAT(refusal([&] { verify_backup(file); }), HasSubstr("is damaged")) << at;
        EXPECT_THAT(refusal([&] { restore({}, to, file); }), HasSubstr("is damaged")) << at;
        EXPECT_FALSE(fs::exists(to)) << at;
    }
    std::ofstream(file, std::ios::binary) << whole.substr(0, whole.size() - 86);
    EXPECT_THAT(refusal([&] { restore({}, to, file); }), HasSubstr("its digest is gone"));
}

TEST_F(BackupTest, brings_back_database_files_and_keys) {
    {
        PrivatePostgres postgres({.data_dir = from, .is_durable = false, .on_death = {}});
        open_companies(postgres.start());
        write(from + "/uploads/a", "name;phone\n");
        write(from + "/files/company/07/b", "%PDF");
        write(from + "/secrets/seal.key", "secret");

        backup({}, from, file);
    }
    restore({}, to, file);

    PrivatePostgres restored({.data_dir = to, .is_durable = false, .on_death = {}});
    const std::string owner_conninfo = restored.start();
    EXPECT_EQ(read(to + "/uploads/a"), "name;phone\n");
    EXPECT_EQ(read(to + "/files/company/07/b"), "%PDF");
    EXPECT_EQ(read(to + "/secrets/seal.key"), "secret");
    EXPECT_EQ(slugs_seen(owner_conninfo, company), "iris");
    EXPECT_EQ(slugs_seen(owner_conninfo, other_company), "zoe");
    OwnerConnection owner(with_maintenance(owner_conninfo));
    EXPECT_EQ(owner.value("select search from teams"), "sao paulo");
    struct stat facts{};
    ASSERT_EQ(::stat(file.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777, 0600u) << "it holds the keys";
}

// A part that nobody may read past its table is dumped by its owner all the same, and walled again.
TEST_F(BackupTest, brings_back_every_month_of_the_log) {
    const std::string written = "select string_agg(name, ' ' order by sequence) from events";
    {
        PrivatePostgres postgres({.data_dir = from, .is_durable = false, .on_death = {}});
        const std::string owner_conninfo = postgres.start();
        open_companies(owner_conninfo);
        OwnerConnection owner(with_maintenance(owner_conninfo));
        const std::string write =
            "insert into events (tenant_id, name, entity) values ($1, $2, '')";
        owner.rows(write, {company, "old"});
        owner.run("update log_months set begun_at = now() - interval '40 days'");
        EXPECT_EQ(owner.value("select end_log_month()"), "t");
        owner.rows(write, {company, "new"});

        backup({}, from, file);
    }
    restore({}, to, file);

    PrivatePostgres restored({.data_dir = to, .is_durable = false, .on_death = {}});
    const std::string owner_conninfo = restored.start();
    const Access access = prepare_database(owner_conninfo, password);
    OwnerConnection app(access.conninfo);
    app.rows("select set_config('app.tenant', $1, false)", {company});
    EXPECT_EQ(app.value(written), "old new");
    app.run("insert into events (name, entity) values ('newest', '')");
    EXPECT_EQ(app.value(written), "old new newest");
    EXPECT_EQ(refusal([&] { app.value("select count(*) from events_1"); }).substr(0, 24),
              "ERROR:  permission denie");
    OwnerConnection owner(with_maintenance(owner_conninfo));
    EXPECT_EQ(owner.value("select count(*) from events_1"), "2");
    EXPECT_EQ(owner.value("select make_log_months()"), "1");
}

TEST_F(BackupTest, works_while_nobody_serves) {
    {
        PrivatePostgres postgres({.data_dir = from, .is_durable = false, .on_death = {}});
        open_companies(postgres.start());
    }

    backup({}, from, file);
    restore({}, to, file);

    PrivatePostgres restored({.data_dir = to, .is_durable = false, .on_death = {}});
    EXPECT_EQ(slugs_seen(restored.start(), company), "iris");
}

TEST_F(BackupTest, moves_a_company_to_a_database_of_another_name) {
    const std::string old_database = ponte::testing::empty_database("backup_old");
    const std::string new_database = ponte::testing::empty_database("backup_new");
    open_companies(old_database);

    backup(old_database, from, file);
    restore(new_database, to, file);

    EXPECT_EQ(slugs_seen(new_database, company), "iris");
    EXPECT_EQ(slugs_seen(new_database, other_company), "zoe");
    OwnerConnection owner(new_database);
    EXPECT_EQ(owner.value("select count(*) from pg_class c join pg_policy p on p.polrelid = c.oid "
                          "where relnamespace = 'public'::regnamespace "
                          "and not (c.relrowsecurity and c.relforcerowsecurity)"),
              "0");
    EXPECT_EQ(owner.value("select has_function_privilege(current_database() || '_app', "
                          "'isolate_again()', 'execute')"),
              "f");
}

TEST_F(BackupTest, is_complete_for_an_owner_whom_row_security_binds) {
    const std::string conninfo = ponte::testing::empty_database("backup_plain");
    const std::string target = ponte::testing::empty_database("backup_plain_new");
    OwnerConnection administrator(conninfo);
    const std::string plain = administrator.database() + "_plain";
    administrator.run("create role " + plain + " login createrole password 'plain'");
    for (const std::string& one : {conninfo, target}) {
        const OwnerConnection named(one);
        administrator.run("alter database " + named.database() + " owner to " + plain);
    }
    const Login login{plain, "plain"};
    open_companies(with_login(conninfo, login));

    backup(with_login(conninfo, login), from, file);
    restore(with_login(target, login), to, file);

    EXPECT_EQ(slugs_seen(with_login(target, login), company), "iris");
    EXPECT_EQ(slugs_seen(with_login(target, login), other_company), "zoe");
    administrator.run("reassign owned by " + plain + " to current_user");
    OwnerConnection elsewhere(target);
    elsewhere.run("reassign owned by " + plain + " to current_user");
}

TEST_F(BackupTest, goes_only_into_what_is_empty) {
    const std::string full = ponte::testing::empty_database("backup_full");
    const std::string empty = ponte::testing::empty_database("backup_empty");
    open_companies(full);
    backup(full, from, file);
    write(to + "/uploads/mine", "precious");

    const std::string of_database = refusal([&] { restore(full, from, file); });
    const std::string of_files = refusal([&] { restore(empty, to, file); });
    const std::string of_backup = refusal([&] { backup(full, from, file); });

    EXPECT_THAT(of_database, HasSubstr("is not empty"));
    EXPECT_THAT(of_files, HasSubstr("uploads is not empty"));
    EXPECT_THAT(of_backup, HasSubstr("exists already"));
    EXPECT_EQ(read(to + "/uploads/mine"), "precious");
}

TEST_F(BackupTest, refuses_what_is_no_backup) {
    write(directory.path() + "/note.txt", "no tar");
    const std::string empty = ponte::testing::empty_database("backup_none");

    const std::string of_text =
        refusal([&] { restore(empty, to, directory.path() + "/note.txt"); });
    const std::string of_nothing =
        refusal([&] { restore(empty, to, directory.path() + "/absent"); });

    EXPECT_THAT(of_text, HasSubstr("cannot be read"));
    EXPECT_THAT(of_nothing, HasSubstr("there is no file"));
}

}  // namespace
}  // namespace ponte::db
