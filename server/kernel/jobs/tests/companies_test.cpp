// Jobs speak the language of their company and know its zone; what comes daily comes by its clock.
#include <mutex>

#include "kernel/app.hpp"
#include "kernel/events.hpp"
#include "kernel/jobs/companies.hpp"
#include "kernel/jobs/tests/record.hpp"
#include "kernel/jobs/tests/worker.hpp"
#include "kernel/people.hpp"

namespace ponte {
namespace {

using namespace std::chrono_literals;

std::shared_ptr<Record> record;  // of the running test

Task<> say(Ctx& ctx, const Note& note) {
    const std::scoped_lock lock(record->mutex);
    record->ran.push_back(note.text + (ctx.language == Language::en ? " in English" : " falando") +
                          " at " + ctx.who.timezone);
    co_return;
}

Task<> wake_up(Ctx& ctx, const Tick&) {
    const std::scoped_lock lock(record->mutex);
    record->ran.push_back(ctx.who.tenant.text());
    co_return;
}

// Two companies: where the log keeps addresses, these tests keep what is known of them.
const People& people() {
    static const People people = [] {
        People of_this_test;
        of_this_test.company =
            "select agent as locale, address as timezone from origins "
            "where tenant_id = current_tenant()";
        of_this_test.companies = "select tenant_id, address as timezone from origins";
        of_this_test.effect = [](const Event& event) {
            return Effect{event.entity == "tenant" ? Effect::On::company : Effect::On::nobody,
                          false};
        };
        return of_this_test;
    }();
    return people;
}

struct CompaniesTest : JobWorld {
    CompaniesTest() {
        record = std::make_shared<Record>();
        sql("truncate origins");
    }
    ~CompaniesTest() override { sql("truncate origins"); }

    static void declare(App& app) {
        app.people(people());
        app.job<Note>("test.note", say);
    }
    static void declare_mornings(App& app) {
        app.people(people());
        jobs::declare_daily(app);
        app.job<Tick>("test.morning", wake_up).daily_for_each_company_at("08:00");
    }
    void be(const Id& tenant, const std::string& zone, const std::string& language = "pt-BR") {
        sql("delete from origins where tenant_id = '" + tenant.text() + "'");
        sql("insert into origins (tenant_id, id, address, agent) values ('" + tenant.text() +
            "', 1, '" + zone + "', '" + language + "')");
    }
    // Where it is so many hours after midnight now.
    std::string zone_at(int hour) {
        const auto utc = number("select extract(hour from now() at time zone 'UTC')::int");
        const int east = static_cast<int>((hour - utc + 36) % 24) - 12;
        return "Etc/GMT" + std::string(east > 0 ? "-" : "+") +
               std::to_string(east > 0 ? east : -east);
    }
    void look_at_the_clock(Worker& worker) {
        sql("insert into jobs (tenant_id, kind) values (null, 'jobs.daily')");
        worker.services().jobs().wake();
        until([&] { return number("select count(*) from jobs") == 0; });
    }
    void let_days_pass() { sql("update company_schedules set ran_on = '2026-01-01'"); }
};

TEST_F(CompaniesTest, each_job_speaks_for_its_company) {
    be(company(), "Europe/Lisbon", "en");
    be(other_company(), "America/Manaus", "pt-BR");
    Worker& worker = start(declare);

    enqueue(worker, "test.note", {{"text", "one"}}, company());
    until([&] { return record->all().size() == 1; });
    enqueue(worker, "test.note", {{"text", "outra"}}, other_company());
    until([&] { return record->all().size() == 2; });
    be(company(), "America/Recife", "pt-BR");
    Event event;
    event.tenant = company();
    event.entity = "tenant";
    worker.services().jobs().apply(event);
    enqueue(worker, "test.note", {{"text", "one"}}, company());
    until([&] { return record->all().size() == 3; });

    EXPECT_EQ(record->all(), (std::vector<std::string>{"one in English at Europe/Lisbon",
                                                       "outra falando at America/Manaus",
                                                       "one falando at America/Recife"}));
}

TEST_F(CompaniesTest, what_comes_daily_comes_by_the_clock_of_each) {
    be(company(), zone_at(9));
    be(other_company(), zone_at(6));
    Worker& worker = start(declare_mornings);
    look_at_the_clock(worker);
    EXPECT_TRUE(record->all().empty()) << "who is new waits for the next morning";
    let_days_pass();

    look_at_the_clock(worker);
    look_at_the_clock(worker);

    until([&] { return number("select count(*) from jobs") == 0; });
    EXPECT_EQ(record->all(), std::vector<std::string>{company().text()}) << "once, and not at six";
    be(other_company(), zone_at(8));
    let_days_pass();
    sql("update company_schedules set ran_on = current_date + 2 where tenant_id = '" +
        company().text() + "'");
    look_at_the_clock(worker);
    EXPECT_EQ(record->all().size(), 2u) << "a morning that nobody worked is made up for";
    EXPECT_EQ(record->all().back(), other_company().text());
}

}  // namespace
}  // namespace ponte
