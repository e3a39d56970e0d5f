// Every kind of job that the program declares is run twice, one after the other, in a company that
// has something of everything: a job whose worker dies after its commit is run again, and whoever
// asks for one asks twice. The second time nothing changes.
#include <gtest/gtest.h>

#include <map>

#include "kernel/services.hpp"
#include "kernel/testing/wait.hpp"
#include "tests/samples.hpp"

namespace ponte {
namespace {

using namespace testing;

struct House {
    Company company;
    Samples samples{company, "twice"};

    House() {
        samples.make_everything();
        const Json ids = Json::array({samples.id_of("note")});
        for (const char* action : {"delete", "restore"}) {
            const Reply started =
                company.api().post("/api/v1/notes/bulk", {{"action", action}, {"ids", ids}});
            EXPECT_EQ(started.status, 202) << started.shown();
            finished(company.api(), "/api/v1/operations/" + started.id());
        }
    }
};

House& house() {
    static House one;
    return one;
}

// Of what a kind is about: its argument, and where the ids of such are. New kinds are taught here.
struct Sample {
    std::string argument, table;
};

const std::map<std::string, Sample, std::less<>>& samples() {
    static const std::map<std::string, Sample, std::less<>> all{
        {"connections.", {"connection", "connections"}},
        {"webhooks.deliver", {"webhook", "webhooks"}},
        {"mail.send", {"mail", "mails"}},
        {"jobs.follow_group", {"group", "job_groups"}},
        {"notifications.push", {"user", "users"}},
        {"bulk_delete.", {"id", "operations"}},
        {"bulk_restore.", {"id", "operations"}},
        {"bulk_update.", {"id", "operations"}},
        {"import.", {"id", "imports"}},
        {"export.", {"id", "exports"}},
        {"inbound.", {"connection", "tenants"}},
    };
    return all;
}

std::string id_in(const std::string& table, const std::string& kind) {
    const bool is_operation = table == "operations";
    return server().value("select id from " + table + " where tenant_id = $1 and $2 in ('', " +
                              (is_operation ? "kind" : "''") + ") order by id limit 1",
                          {house().company.id(), is_operation ? kind : ""});
}

// What the kind is given, and whether it is the company's; null where nobody has said it.
Json arguments_of(const JobKind& kind) {
    if (kind.every.count() > 0 || !kind.daily_at.empty() || !kind.daily_in_companies.empty()) {
        return Json::object();
    }
    if (kind.name == "accounts.send_reset_link") {
        return Json::object({{"email", house().company.admin().email}});
    }
    if (kind.name == "sales.score_leads") {
        return Json::object({{"after", Id{}.text()}});
    }
    for (const auto& [name, sample] : samples()) {
        if (kind.name.starts_with(name)) {
            const std::string what = kind.name.substr(0, kind.name.find('.'));
            return Json::object({{sample.argument, id_in(sample.table, what)}});
        }
    }
    return {};
}

bool is_of_the_installation(const JobKind& kind) {
    return kind.every.count() > 0 || !kind.daily_at.empty() ||
           kind.name == "accounts.send_reset_link";
}

// How many rows the company has of everything, and how often its records have changed. Not what is
// written behind the changes, in its own time.
std::string state() {
    std::string all;
    for (const auto& row : server().sql(
             "select c.table_name, exists (select from information_schema.columns v "
             "where v.table_schema = 'public' and v.table_name = c.table_name "
             "and v.column_name = 'version') from information_schema.columns c "
             "join information_schema.tables t on t.table_schema = c.table_schema "
             "and t.table_name = c.table_name and t.table_type = 'BASE TABLE' "
             "where c.table_schema = 'public' and c.column_name = 'tenant_id' "
             "and c.table_name !~ '^(events_|audit_|outgoing_calls|jobs$|job_|sessions|listener)' "
             "order by 1")) {
        const std::string sum = row[1] == "t" ? "|| ':' || coalesce(sum(version), 0)" : "";
        all +=
            row[0] + " " +
            server().value("select count(*) " + sum + " from " + row[0] + " where tenant_id = $1",
                           {house().company.id()}) +
            "\n";
    }
    return all;
}

// Everything that waits for its turn now; not what is for later.
void let_all_end() {
    until(
        [] {
            return server().number(
                       "select count(*) from jobs where state in ('ready', 'running', 'behind') "
                       "and (tenant_id = $1 or tenant_id is null)",
                       {house().company.id()}) == 0;
        },
        "all jobs to end");
}

void run(const JobKind& kind, const Json& args) {
    const std::string tenant = is_of_the_installation(kind) ? "" : house().company.id();
    server().sql(
        "insert into jobs (tenant_id, kind, args, lane) select nullif($1, '')::uuid, $2, "
        "$3::jsonb, "
        "lane from job_kinds where kind = $2",
        {tenant, kind.name, args.dump()});
    server().services().jobs().wake();
    let_all_end();
}

TEST(JobsTwiceTest, no_kind_does_anything_twice) {
    house();
    // Which day of the company has begun is written down by the clock: once, and not in between.
    const JobKind* const clock = server().services().jobs().find("jobs.daily");
    ASSERT_TRUE(clock);
    run(*clock, Json::object());
    let_all_end();
    for (const JobKind* kind : server().services().jobs().kinds()) {
        SCOPED_TRACE(kind->name);
        const Json args = arguments_of(*kind);
        if (args.is_null()) {
            ADD_FAILURE() << "has no sample: teach tests/jobs_twice_test.cpp";
            continue;
        }
        run(*kind, args);
        const std::string once = state();

        run(*kind, args);

        EXPECT_EQ(state(), once);
    }
    EXPECT_EQ(server().number("select count(*) from jobs where state = 'dead' "
                              "and kind <> 'test.given_up' and tenant_id = $1",
                              {house().company.id()}),
              0);
}

}  // namespace
}  // namespace ponte
