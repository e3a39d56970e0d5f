// The wall between companies, tried on every table and every route there is: a table or a module
// that somebody adds tomorrow is tried without anybody thinking of it.
#include <algorithm>

#include "kernel/db/owner_connection.hpp"
#include "kernel/entities/catalogue.hpp"
#include "kernel/testing/database.hpp"
#include "tests/samples.hpp"

namespace ponte::testing {
namespace {

constexpr const char* denied = "42501";  // also what row security says

// Two companies for all tests of this file; each has rows in every table.
struct Neighbours {
    Company ana, eva;
    Samples anas{ana, "anamarca"}, evas{eva, "evasegredo"};
    Neighbours() {
        anas.make_everything();
        evas.make_everything();
    }
};

Neighbours& neighbours() {
    static Neighbours both;
    return both;
}

struct Table {
    std::string name, kind;  // tenant, shared, system; empty: nobody but the owner
    bool has_tenant = false, has_parts = false;
};

std::vector<Table> tables() {
    std::vector<Table> all;
    for (const auto& row : server().sql(
             "select c.relname, coalesce(i.kind, ''), exists (select from pg_attribute a where "
             "a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped), "
             "c.relkind = 'p' from pg_class c left join isolated_tables i on i.table_name = c.oid "
             "where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') "
             "and not c.relispartition order by 1")) {
        all.push_back({row[0], row[1], row[2] == "t", row[3] == "t"});
    }
    return all;
}

// The application itself, on a connection of its own, as ana's company or as nobody's.
class AsApp {
public:
    explicit AsApp(const std::string& tenant) : app_(server().database().app_conninfo) {
        app_.rows("select set_config('app.tenant', $1, false)", {tenant});
    }
    // The first cell, "denied", or what else went wrong.
    std::string value(const std::string& sql) {
        try {
            return app_.value(sql);
        } catch (const db::DatabaseProblem& problem) {
            return problem.sqlstate == denied ? "denied" : problem.what();
        }
    }

private:
    db::OwnerConnection app_;
};

std::string refused_state(db::OwnerConnection& connection, const std::string& sql) {
    try {
        connection.run(sql);
    } catch (const db::DatabaseProblem& problem) {
        return problem.sqlstate;
    }
    return "nothing was refused";
}

std::string quoted(const std::string& text) { return "'" + text + "'"; }

struct IsolationTest : ::testing::Test {
    Neighbours& both = neighbours();
    const std::string ana = both.ana.id(), eva = both.eva.id();

    void expect_nothing_or_denied(const std::string& answer, const std::string& what) {
        EXPECT_TRUE(answer == "0" || answer == "denied") << what << ": " << answer;
    }
};

TEST_F(IsolationTest, every_table_of_the_business_has_rows_of_both) {
    for (const Table& table : tables()) {
        if (table.has_tenant) {
            const std::string count =
                "select count(*) from " + table.name + " where tenant_id = $1";
            EXPECT_GT(server().number(count, {eva}), 0)
                << table.name << " is empty, so nothing is proved of it: teach tests/samples.cpp";
        }
    }
}

TEST_F(IsolationTest, a_company_sees_its_own_rows_and_no_others) {
    AsApp app(ana);
    for (const Table& table : tables()) {
        SCOPED_TRACE(table.name);
        if (table.has_tenant) {
            expect_nothing_or_denied(app.value("select count(*) from " + table.name +
                                               " where tenant_id is distinct from " + quoted(ana)),
                                     "rows of others");
        }
        if (table.kind == "tenant" || table.kind == "shared") {
            EXPECT_EQ(app.value("select count(*) from " + table.name),
                      server().value("select count(*) from " + table.name + " where tenant_id = $1",
                                     {ana}));
        }
    }
}

TEST_F(IsolationTest, a_company_writes_no_rows_of_others) {
    AsApp app(ana);
    for (const Table& table : tables()) {
        if (!table.has_tenant) {
            continue;
        }
        SCOPED_TRACE(table.name);
        const std::string its_rows =
            " where tenant_id = " + quoted(eva) + " returning 1) select count(*) from x";
        const std::string set = " set tenant_id = ";
        // A row of no part would be refused for that.
        const std::string place = table.has_parts ? ", sequence" : "",
                          at = place.empty() ? "" : ", 1";
        EXPECT_EQ(app.value("insert into " + table.name + " (tenant_id" + place + ") values (" +
                            quoted(eva) + at + ")"),
                  "denied");
        expect_nothing_or_denied(
            app.value("with x as (update " + table.name + set + "tenant_id" + its_rows), "update");
        expect_nothing_or_denied(app.value("with x as (delete from " + table.name + its_rows),
                                 "delete");
        EXPECT_EQ(app.value("update " + table.name + set + quoted(eva)), "denied") << "a gift";
    }
}

TEST_F(IsolationTest, without_a_company_nothing_is_seen) {
    AsApp app("");
    for (const Table& table : tables()) {
        if (table.has_tenant) {
            SCOPED_TRACE(table.name);
            expect_nothing_or_denied(app.value("select count(*) from " + table.name), "rows");
        }
    }
}

TEST_F(IsolationTest, the_foundations_belong_to_their_owner_alone) {
    AsApp app(ana);
    for (const Table& table : tables()) {
        if (table.kind.empty()) {
            EXPECT_EQ(app.value("select count(*) from " + table.name), "denied") << table.name;
            EXPECT_EQ(app.value("delete from " + table.name), "denied") << table.name;
        }
    }
}

// The policies of a table bind whoever comes through the table itself.
TEST_F(IsolationTest, nobody_reaches_a_part_of_a_table_past_the_whole) {
    const TestDatabase& database = server().database();
    const auto parts = server().sql(
        "select c.relname from pg_class c where c.relispartition and c.relkind = 'r' "
        "and c.relnamespace = 'public'::regnamespace order by 1");
    ASSERT_GE(parts.size(), 4u) << "the log has parts";
    for (const std::string& role :
         {std::string("none"), database.reader_role, database.system_role}) {
        db::OwnerConnection app(database.app_conninfo);
        app.rows("select set_config('app.tenant', $1, false)", {ana});
        app.run("set role " + role);
        for (const auto& part : parts) {
            SCOPED_TRACE(role + " " + part[0]);
            const std::vector<std::string> tried = {
                "select 1 from " + part[0],
                "insert into " + part[0] + " (tenant_id) values (null)",
                "update " + part[0] + " set tenant_id = null",
                "delete from " + part[0],
                "truncate " + part[0],
            };
            for (const auto& sql : tried) {
                EXPECT_EQ(refused_state(app, sql), denied) << sql;
            }
        }
    }
    EXPECT_EQ(server().value("select count(*) from pg_policies where tablename ~ "
                             "'^event(s|_subjects)_[0-9]' and policyname <> 'owner'"),
              "0");
}

TEST_F(IsolationTest, row_security_is_forced_on_every_table) {
    EXPECT_EQ(
        server().value("select string_agg(relname, ', ') from pg_class where relkind in ('r', 'p') "
                       "and relnamespace = 'public'::regnamespace "
                       "and not (relrowsecurity and relforcerowsecurity)"),
        "");
}

TEST_F(IsolationTest, the_application_owns_nothing_and_is_nobody_special) {
    const TestDatabase& database = server().database();
    db::OwnerConnection app(database.app_conninfo);
    const std::string me = app.user();

    EXPECT_EQ(
        app.value("select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb from pg_roles "
                  "where rolname = current_user"),
        "f");
    for (const std::string& role : {me, database.reader_role, database.system_role}) {
        EXPECT_EQ(
            server().value("select count(*) from pg_class c join pg_roles r on r.oid = c.relowner "
                           "where r.rolname = $1",
                           {role}),
            "0")
            << role;
        EXPECT_EQ(server().value("select rolsuper or rolbypassrls from pg_roles where rolname = $1",
                                 {role}),
                  "f")
            << role;
    }
    EXPECT_EQ(server().value("select string_agg(table_name || ' ' || privilege_type, ', ') from "
                             "information_schema.role_table_grants where grantee = $1 and "
                             "privilege_type <> 'SELECT'",
                             {database.reader_role}),
              "")
        << "the reader reads";
}

// Checks of foreign keys look past row security: a key without the tenant could point across.
TEST_F(IsolationTest, keys_carry_the_tenant) {
    const std::string lacks_tenant =
        "not exists (select from pg_attribute a where a.attrelid = c.conrelid and a.attname = "
        "'tenant_id' and a.attnum = any (c.conkey))";
    const std::string of_tenants =
        "exists (select from isolated_tables i where i.table_name = %s and i.kind in ('tenant', "
        "'shared') and i.table_name <> 'tenants'::regclass)";
    const auto on = [&](const std::string& column) {
        std::string text = of_tenants;
        return text.replace(text.find("%s"), 2, column);
    };

    EXPECT_EQ(server().value(
                  "select string_agg(conname, ', ') from pg_constraint c where contype = 'f' and " +
                  on("c.conrelid") + " and " + on("c.confrelid") + " and " + lacks_tenant),
              "");
    EXPECT_EQ(
        server().value("select string_agg(conname, ', ') from pg_constraint c where contype in "
                       "('p', 'u') and " +
                       on("c.conrelid") + " and " + lacks_tenant),
        "");
}

}  // namespace
}  // namespace ponte::testing
