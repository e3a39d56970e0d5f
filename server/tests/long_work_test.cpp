// The engine of long work, seen on a kind that no module knows: it counts contacts, and that is all
// that is said of it here. Exactly one runner, whoever is killed; cancelled, refused, tried again.
#include <unistd.h>

#include <algorithm>
#include <atomic>

#include "app.hpp"
#include "kernel/app.hpp"
#include "kernel/testing/database.hpp"
#include "kernel/testing/dying_node.hpp"
#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"
#include "kernel/testing/wait.hpp"
#include "kernel/work.hpp"

namespace ponte::testing {
namespace {

constexpr int contacts = 65;
constexpr std::size_t in_a_batch = 10;
constexpr Milliseconds a_moment{2};

// What a test wants of the counting.
std::atomic<int> batches_allowed, batches_counted, losses_to_come;
std::atomic<bool> minds_zero;

void be_quick() {
    batches_allowed = 1'000;
    batches_counted = losses_to_come = 0;
    minds_zero = false;
}

class Count : public work::OperationWork {
public:
    using OperationWork::OperationWork;

protected:
    Task<std::vector<Id>> next_ids(Ctx& ctx) override {
        while (batches_allowed == 0) {
            co_await ctx.loop.sleep(a_moment);
        }
        --batches_allowed;
        auto ids = co_await OperationWork::next_ids(ctx);
        ids.resize(std::min(ids.size(), in_a_batch));
        co_return ids;
    }
    Task<> step(Ctx& ctx, std::vector<Id> ids) override {
        die_if("before");
        count(ids.size(), ids.size());
        for (const Id& id : ids) {
            ctx.emit("contact.counted", id);
        }
        co_await ctx.tx.query("select 1");
        die_if("written");
        ctx.after_commit([] { die_if("committed"); });
        if (losses_to_come > 0 && batches_counted == 2) {
            --losses_to_come;
            throw conflict("database.retry");
        }
        const auto names = co_await ctx.tx.all<std::string>(
            "select name from contacts where tenant_id = current_tenant() and id = any "
            "($1::uuid[]) and name = 'Zero'",
            ids);
        if (minds_zero && !names.empty()) {
            throw conflict("contact.uncountable");
        }
        ++batches_counted;
    }
};

constexpr work::WorkKind counting{"count", "update", work::make<Count>};

void declare(App& app) { work::declare(app, counting); }

Server& counting_house() {
    static Server of_this_program(Server::usual_settings(), declare);
    return of_this_program;
}

Task<> ask_for_count(Server& server, Id tenant, Id user, Id& id) {
    Ctx ctx(server.services(), server.loop());
    ctx.now = now();
    ctx.who.tenant = tenant;
    ctx.who.user = user;
    Json all = Json::object({{"filter", Json::parse(R"({"and": []})")}});
    id = work::start(ctx, counting, "contact", std::move(all));
    co_await ctx.tx.commit();
}

struct LongWork {
    Server& server;
    Company company{server.url()};
    Api& api = company.api();
    Id id;

    std::string path() const { return "/api/v1/operations/" + id.text(); }
    void make_contacts() {
        server.sql(
            "insert into contacts (tenant_id, name, created_at) select $1, case n when 7 then "
            "'Zero' else 'Contato ' || n end, now() - interval '1 minute' "
            "from generate_series(1, $2::int) n",
            {company.id(), std::to_string(contacts)});
    }
    void ask(const Person& asker) {
        wait_for(server.loop(),
                 ask_for_count(server, *Id::parse(company.id()), *Id::parse(asker.id), id));
    }
    Reply seen() { return api.get(path()); }
    // Every event stands in the transaction of its batch.
    std::int64_t counted(const std::string& what = "*") {
        return server.number("select count(" + what +
                                 ") from events where tenant_id = $1 and operation_id = $2 "
                                 "and name = 'contact.counted'",
                             {company.id(), id.text()});
    }
    void until_no_job_is_left() {
        const auto left = [&] {
            return server.number("select count(*) from jobs where tenant_id = $1", {company.id()});
        };
        until([&] { return left() == 0; }, "no job to be left");
    }
    void expect_each_once() {
        EXPECT_EQ(counted(), contacts);
        EXPECT_EQ(counted("distinct entity_id"), contacts);
    }
};

struct LongWorkTest : ::testing::Test, LongWork {
    LongWorkTest() : LongWork{counting_house()} {
        be_quick();
        make_contacts();
    }
    ~LongWorkTest() override { be_quick(); }

    void wait_for_batches(int count) {
        until([&] { return batches_counted == count; }, "so many batches");
    }
};

TEST_F(LongWorkTest, a_kind_is_a_step_and_a_declaration) {
    ask(company.admin());

    const Reply done = finished(api, path());

    EXPECT_EQ(done["state"], Json("done")) << done.shown();
    EXPECT_EQ(done["kind"], Json("count"));
    EXPECT_EQ(done["total"], Json(contacts));
    EXPECT_EQ(done["processed"], Json(contacts));
    EXPECT_EQ(done["changed"], Json(contacts));
    EXPECT_TRUE(done["undoableUntil"].is_null());
    expect_each_once();
    EXPECT_EQ(api.post(path() + "/undo").code(), "operation.not_undoable");
    EXPECT_EQ(api.post(path() + "/cancel").code(), "operation.already_finished");
    EXPECT_EQ(api.get("/api/v1/operations").data().items().front()["id"], Json(id));
}

TEST_F(LongWorkTest, what_is_cancelled_stops_at_its_next_batch) {
    batches_allowed = 2;
    ask(company.admin());
    wait_for_batches(2);

    const Reply cancelled = api.post(path() + "/cancel");
    be_quick();

    until_no_job_is_left();
    EXPECT_EQ(cancelled["state"], Json("cancelled")) << cancelled.shown();
    EXPECT_EQ(seen()["state"], Json("cancelled")) << seen().shown();
    EXPECT_EQ(seen()["processed"], Json(20));
    EXPECT_FALSE(seen()["finishedAt"].is_null());
    EXPECT_EQ(counted(), 20);
    EXPECT_EQ(api.post(path() + "/cancel").status, 202) << "asked twice";
}

TEST_F(LongWorkTest, of_two_runners_the_one_that_took_over_goes_on) {
    batches_allowed = 2;
    ask(company.admin());
    wait_for_batches(2);
    const auto runner = [&] {
        return server.value("select runner from operations where id = $1", {id.text()});
    };
    const std::string first = runner();

    server.sql(
        "insert into jobs (tenant_id, kind, args, lane) "
        "values ($1, 'count.run', jsonb_build_object('id', $2::text), 1)",
        {company.id(), id.text()});
    until([&] { return runner() != first; }, "another to take over");
    be_quick();

    EXPECT_EQ(finished(api, path())["processed"], Json(contacts));
    until_no_job_is_left();
    expect_each_once();
}

TEST_F(LongWorkTest, whoever_lost_the_right_goes_no_further_and_another_may) {
    Person& rui = company.user("supervisor");
    batches_allowed = 2;
    ask(rui);
    wait_for_batches(2);

    ASSERT_EQ(api.patch("/api/v1/users/" + rui.id, {{"role", "readonly"}}).status, 200);
    be_quick();

    const Reply stopped = finished(api, path());
    EXPECT_EQ(stopped["state"], Json("failed")) << stopped.shown();
    EXPECT_EQ(stopped["error"], Json("asker_may_not"));
    EXPECT_EQ(counted(), 20);
    EXPECT_EQ(rui.api.post(path() + "/resume").status, 403);
    ASSERT_EQ(api.post(path() + "/resume").status, 202);
    EXPECT_EQ(finished(api, path())["state"], Json("done"));
    expect_each_once();
}

TEST_F(LongWorkTest, what_fails_for_a_while_is_tried_again_from_its_last_batch) {
    losses_to_come = 4;
    ask(company.admin());

    const Reply done = finished(api, path());

    EXPECT_EQ(losses_to_come, 0);
    EXPECT_EQ(done["state"], Json("done")) << done.shown();
    EXPECT_TRUE(done["error"].is_null());
    EXPECT_EQ(done["failed"], Json(0));
    expect_each_once();
}

TEST_F(LongWorkTest, one_that_is_refused_fails_alone) {
    minds_zero = true;
    ask(company.admin());

    const Reply done = finished(api, path());

    EXPECT_EQ(done["state"], Json("done")) << done.shown();
    EXPECT_EQ(done["failed"], Json(1));
    EXPECT_EQ(done["changed"], Json(contacts - 1));
    EXPECT_EQ(done["processed"], Json(contacts));
    EXPECT_EQ(counted(), contacts - 1);
}

constexpr unsigned loops_of_a_node = 2;

// Not a test: the life of a node that runs jobs.
TEST(LongWorkNode, DISABLED_lives_until_it_is_killed) {
    be_quick();
    Loops loops(loops_of_a_node);
    const auto kernel = make_kernel(loops, life_of_a_node());
    declare_modules(kernel->app());
    declare(kernel->app());
    loops.start();
    kernel->services().jobs().start();
    ::pause();
}

// A node that runs no jobs, so that only those do which are killed.
Settings of_a_watcher() {
    Settings settings = Server::settings_of_a_node();
    settings.role = "web";
    return settings;
}

TEST(KilledWorkTest, every_record_is_done_once_however_often_its_runner_is_killed) {
    Server watcher(of_a_watcher(), declare);
    LongWork work{watcher};
    work.make_contacts();
    work.ask(work.company.admin());
    const std::string conninfo = watcher.database().app_conninfo;

    for (const std::string place :
         {"before 1", "written 1", "committed 1", "written 2", "committed 2", "before 2"}) {
        DyingNode node("LongWorkNode.*", conninfo, place);
        ASSERT_TRUE(node.dies()) << place;
        // A dead node's lease must end before another takes over: here at once.
        watcher.sql("update jobs set lease_until = '-infinity' where state = 'running'");
    }
    DyingNode last("LongWorkNode.*", conninfo, "never 1");

    const Reply done = finished(work.api, work.path());
    EXPECT_EQ(done["state"], Json("done")) << done.shown();
    EXPECT_EQ(done["processed"], Json(contacts));
    EXPECT_EQ(done["changed"], Json(contacts));
    work.expect_each_once();
}

}  // namespace
}  // namespace ponte::testing
