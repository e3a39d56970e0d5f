// Migrations, roles and the functions that every table stands on.
#include "kernel/db/schema.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <set>

#include "kernel/db/owner_connection.hpp"
#include "kernel/db/roles.hpp"
#include "kernel/id.hpp"
#include "kernel/testing/database.hpp"
#include "kernel/values.hpp"

namespace ponte::db {
namespace {

using ::testing::HasSubstr;

constexpr const char* password = "of the application";

std::string refusal(const std::string& conninfo) {
    try {
        prepare_database(conninfo, password);
    } catch (const std::exception& problem) {
        return problem.what();
    }
    return "nothing was refused";
}

std::string refused_state(OwnerConnection& connection, const std::string& sql) {
    try {
        connection.run(sql);
    } catch (const DatabaseProblem& problem) {
        return problem.sqlstate;
    }
    return "nothing was refused";
}

std::string count_of_migrations(const std::string& conninfo) {
    return OwnerConnection(with_maintenance(conninfo))
        .value("select count(*) from schema_migrations");
}

TEST(SchemaTest, a_database_is_prepared_once_and_stays_as_it_is) {
    const std::string conninfo = ponte::testing::empty_database("schema_twice");
    const Access access = prepare_database(conninfo, password);
    const std::string count = count_of_migrations(conninfo);

    const Access again = prepare_database(conninfo, password);

    EXPECT_EQ(again.conninfo, access.conninfo);
    EXPECT_NE(count, "0");
    EXPECT_EQ(count_of_migrations(conninfo), count);
    OwnerConnection app(access.conninfo);
    EXPECT_EQ(app.value("select current_user"), app.database() + "_app");
    EXPECT_EQ(app.value("select rolsuper or rolbypassrls or rolinherit from pg_roles "
                        "where rolname = current_user"),
              "f");
}

TEST(SchemaTest, nodes_that_start_together_prepare_it_together) {
    const std::string conninfo = ponte::testing::empty_database("schema_together");
    std::vector<std::future<Access>> nodes;
    for (int i = 0; i < 4; ++i) {
        nodes.push_back(
            std::async(std::launch::async, [&] { return prepare_database(conninfo, password); }));
    }
    std::set<std::string> conninfos;

    for (auto& node : nodes) {
        conninfos.insert(node.get().conninfo);
    }

    EXPECT_EQ(conninfos.size(), 1u);
}

TEST(SchemaTest, an_edited_migration_is_refused) {
    const std::string conninfo = ponte::testing::empty_database("schema_edited");
    prepare_database(conninfo, password);
    OwnerConnection(with_maintenance(conninfo))
        .run(
            "update schema_migrations set checksum = 'other' where name like '%create_events.sql'");

    EXPECT_THAT(refusal(conninfo), HasSubstr("202611240905_create_events.sql is not the one"));
}

TEST(SchemaTest, a_database_of_a_newer_program_is_refused) {
    const std::string conninfo = ponte::testing::empty_database("schema_newer");
    prepare_database(conninfo, password);
    OwnerConnection(with_maintenance(conninfo))
        .run("insert into schema_migrations values ('299901010000_add_wonders.sql', 'x')");

    EXPECT_THAT(refusal(conninfo), HasSubstr("made by a newer program"));
}

TEST(SchemaTest, an_owner_who_may_not_create_roles_is_told_what_to_ask_for) {
    const std::string conninfo = ponte::testing::empty_database("schema_plain");
    OwnerConnection administrator(conninfo);
    const std::string plain = administrator.database() + "_plain";
    administrator.run("create role " + plain + " login password 'plain'");
    administrator.run("alter database " + administrator.database() + " owner to " + plain);
    const std::string as_plain = with_login(conninfo, {plain, "plain"});

    const std::string told = refusal(as_plain);
    for (std::size_t at = told.find("or run\n") + 7, end = 0; at < told.size(); at = end + 1) {
        end = told.find('\n', at);
        administrator.run(told.substr(at, end - at));
    }
    const RoleNames roles = roles_of(administrator.database());
    administrator.run("alter role " + roles.app + " password '" + password + "'");

    EXPECT_THAT(told, HasSubstr("may not create roles"));
    EXPECT_EQ(
        OwnerConnection(prepare_database(as_plain, password).conninfo).value("select current_user"),
        roles.app);
    administrator.run("reassign owned by " + plain + " to current_user");
}

TEST(SchemaTest, a_role_that_no_wall_binds_is_refused) {
    const std::string conninfo = ponte::testing::empty_database("schema_unbound");
    prepare_database(conninfo, password);
    OwnerConnection administrator(conninfo);
    administrator.run("alter role " + roles_of(administrator.database()).app + " bypassrls");

    EXPECT_THAT(refusal(conninfo), HasSubstr("nothing would separate the companies"));
}

TEST(SchemaTest, a_renamed_database_gets_its_walls_for_the_roles_of_its_name) {
    const std::string conninfo = ponte::testing::empty_database("schema_renamed");
    prepare_database(conninfo, password);
    std::string other = ponte::testing::empty_database("schema_other");
    std::string old_name, new_name;
    {
        OwnerConnection old(conninfo), empty(other);
        old_name = old.database();
        new_name = empty.database();
    }
    OwnerConnection administrator(ponte::testing::empty_database("schema_elsewhere"));
    administrator.run("drop database " + new_name);
    administrator.run("alter database " + old_name + " rename to " + new_name);

    const Access access = prepare_database(other, password);

    OwnerConnection app(access.conninfo);
    app.run("begin");
    app.rows("select set_config('app.tenant', $1, true)", {Id::make().text()});
    app.run("insert into tenants (name, slug) values ('Ana', 'ana')");
    EXPECT_EQ(app.value("select count(*) from tenants"), "1");
    app.run("rollback");
}

struct WallTest : ::testing::Test {
    const ponte::testing::TestDatabase& database = ponte::testing::database_named("walls");
    const std::string tenant = Id::make().text(), other = Id::make().text();

    void SetUp() override {
        OwnerConnection owner(database.owner_conninfo);
        for (const std::string& one : {tenant, other}) {
            owner.rows(
                "insert into tenants (tenant_id, name, slug) values ($1::uuid, 'x', $1::text)",
                {one});
        }
    }
    std::string seen_as(const std::string& role, const std::string& as_tenant,
                        const std::string& sql) const {
        OwnerConnection app(database.app_conninfo);
        app.run("begin");
        app.rows("select set_config('app.tenant', $1, true)", {as_tenant});
        if (!role.empty()) {
            app.run("set local role " + role);
        }
        try {
            return app.value(sql);
        } catch (const DatabaseProblem& problem) {
            return problem.sqlstate;
        }
    }
    std::string both() const {
        return "select count(*) from tenants where tenant_id in ('" + tenant + "', '" + other +
               "')";
    }
};

TEST_F(WallTest, each_role_sees_what_is_its_own) {
    struct {
        const char *name, *role;
        std::string tenant, sql, seen;
    } rows[] = {
        {"the app its tenant", "", tenant, both(), "1"},
        {"the app without a tenant nothing", "", "", both(), "0"},
        {"the app no other tenant", "", tenant,
         "update tenants set name = 'y' where tenant_id = '" + other + "' returning 1", ""},
        {"the app puts nothing into another tenant", "", tenant,
         "insert into events (tenant_id, name, entity) values ('" + other + "', 'a', 'b')",
         "42501"},
        {"the app no sessions", "", tenant, "select count(*) from sessions", "42501"},
        {"the app rewrites no history", "", tenant, "update events set name = 'x'", "42501"},
        {"the app no jobs of the installation", "", tenant,
         "insert into jobs (tenant_id, kind) values (null, 'x')", "42501"},
        {"the reader all of them", database.reader_role.c_str(), "", both(), "2"},
        {"the reader writes nothing", database.reader_role.c_str(), tenant, "delete from tenants",
         "42501"},
        {"the system all of them", database.system_role.c_str(), "", both(), "2"},
        {"the system with a tenant that one", database.system_role.c_str(), tenant, both(), "1"},
        {"the system no business", database.system_role.c_str(), tenant,
         "select count(*) from imports", "42501"},
        {"nobody opens a wall", "", tenant, "do $$ begin call isolate_again(); end $$", "42501"},
        {"nobody reads the list of walls", "", tenant, "select 1 from isolated_tables", "42501"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.name);
        EXPECT_EQ(seen_as(row.role, row.tenant, row.sql), row.seen);
    }
}

TEST_F(WallTest, rights_of_other_roles_are_not_inherited) {
    OwnerConnection app(database.app_conninfo);

    EXPECT_EQ(refused_state(app, "select 1 from identities"), "42501");
    EXPECT_EQ(app.value("select count(*) from tenants"), "0");
}

TEST_F(WallTest, stands_around_every_table_also_for_its_owner) {
    OwnerConnection owner(database.owner_conninfo);

    EXPECT_EQ(owner.value("select coalesce(string_agg(relname, ', '), '') from pg_class "
                          "where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') "
                          "and not (relrowsecurity and relforcerowsecurity)"),
              "");
}

struct FunctionTest : ::testing::Test {
    OwnerConnection owner{ponte::testing::database_named("walls").owner_conninfo};
};

TEST_F(FunctionTest, ids_are_ordered_by_time_like_those_of_the_program) {
    const std::string before = Id::make().text();
    const std::string made = owner.value("select new_id()");
    const std::string after = owner.value("select new_id()");

    EXPECT_LT(before.substr(0, 13), after.substr(0, 13) + "z");
    EXPECT_LT(made, after);
    EXPECT_EQ(made[14], '7');
    EXPECT_THAT("89ab", HasSubstr(std::string(1, made[19])));
}

// Import looks for twins by folded(), the database sorts and searches by sort_key().
TEST_F(FunctionTest, text_is_folded_as_in_the_program) {
    for (const std::string text : {"  João   da Silva ", "a\tb\n\nc", "a\xC2\xA0 b", "", "😀 Oi"}) {
        SCOPED_TRACE(text);
        EXPECT_EQ(owner.value("select sort_key($1)", {text}), folded(text));
    }
}

// Whatever is typed must be found as it was saved: each character of the planes that people write
// with, a row for 256 of them.
TEST_F(FunctionTest, every_character_is_folded_as_in_the_program) {
    const auto rows = owner.rows(
        "select given, sort_key(given) from (select string_agg('a' || chr(code) || '.', '' "
        "order by code) as given from generate_series(33, 131071) code "
        "where code not between 55296 and 57343 and code not in (127, 160) "
        "group by code / 256) characters");

    for (const auto& row : rows) {
        const std::string made = folded(row[0]), kept = row[1];
        if (made != kept) {
            const auto differs = std::ranges::mismatch(made, kept);
            ADD_FAILURE() << "ours:   " << std::string(differs.in1, made.end()).substr(0, 30)
                          << '\n'
                          << "theirs: " << std::string(differs.in2, kept.end()).substr(0, 30);
        }
    }
}

TEST_F(FunctionTest, an_ended_transaction_leaves_no_tenant) {
    owner.run("begin; select set_config('app.tenant', new_id()::text, true); commit");

    EXPECT_EQ(owner.value("select current_tenant() is null"), "t");
}

}  // namespace
}  // namespace ponte::db
