// Jobs whose workers die with them again and again: what got on is no hopeless one, and what is
// given up is told to whoever waits for it.
#include "kernel/jobs/tests/record.hpp"
#include "kernel/jobs/tests/worker.hpp"
#include "kernel/work/row.hpp"

namespace ponte {
namespace {

std::shared_ptr<Record> record;  // of the running test

void write_down(std::string text) {
    const auto kept = record;
    const std::scoped_lock lock(kept->mutex);
    kept->ran.push_back(std::move(text));
}

// Says of its tries after it got on.
Task<> get_on(Ctx& ctx, const Note&) {
    work::queue_job_progress(ctx);
    co_await ctx.tx.commit();
    db::Params params{*ctx.job};
    const auto rows =
        co_await ctx.tx.query("select tries from jobs where id = $1", std::move(params));
    write_down("tries: " + std::string(rows.text(0, 0)));
}

Task<> refuse(Ctx&, const Note&) {
    throw unavailable("somebody");
    co_return;
}

Task<> tell(Ctx&, const Note& note) {
    write_down("given up: " + note.text);
    co_return;
}

struct GivenUpTest : JobWorld {
    GivenUpTest() { record = std::make_shared<Record>(); }

    static void declare_long(App& app) { app.job<Note>("test.long", get_on).commits_itself(); }
    static void declare_what_is_told(App& app) {
        app.job<Note>("test.told", refuse).tries(2);
        app.job<Note>("test.told.given_up", tell);
    }
    bool all_gone() { return number("select count(*) from jobs") == 0; }
};

TEST_F(GivenUpTest, what_got_on_before_its_worker_died_has_all_its_tries_again) {
    enqueue_rows("test.long", 1, company());
    sql("update jobs set lane = 1, tries = 7");

    start(declare_long);

    until([&] { return all_gone(); });
    EXPECT_EQ(record->all(), std::vector<std::string>{"tries: 1"});
}

TEST_F(GivenUpTest, what_its_workers_died_of_every_time_is_told) {
    enqueue_rows("test.told", 1, company());
    sql("update jobs set state = 'running', tries = 2, lease_token = new_id(), "
        "lease_until = now() - interval '1 second'");

    start(declare_what_is_told);

    until([&] { return all_gone(); });
    ASSERT_EQ(record->all().size(), 1u);
    EXPECT_TRUE(record->all().front().starts_with("given up: ")) << record->all().front();
}

}  // namespace
}  // namespace ponte
