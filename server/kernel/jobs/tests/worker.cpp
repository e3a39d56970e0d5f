#include "kernel/jobs/tests/worker.hpp"

#include <cstdlib>

#include "kernel/ctx.hpp"
#include "kernel/job_groups.hpp"
#include "kernel/listeners/listeners.hpp"
#include "kernel/testing/wait.hpp"

namespace ponte {
namespace {

constexpr unsigned loops_of_a_worker = 2;
constexpr std::chrono::seconds patience_of_a_test{60};

Task<> enqueue_in(Services& services, Loop& loop, std::string kind, Json args,
                  std::optional<Id> tenant, bool rolls_back) {
    Ctx ctx(services, loop);
    ctx.who.is_system = true;
    ctx.tx.act_as({db::Role::system, {}});
    db::Statement statement = enqueue_statement(kind, args, tenant, {});
    ctx.tx.queue(std::move(statement.sql), std::move(statement.params));
    ctx.enqueued = true;
    if (rolls_back) {
        co_await ctx.tx.query("select 1");
        co_await ctx.tx.rollback();
    } else {
        co_await ctx.tx.commit();
    }
}

// One of several who enqueue at the same time, each job in a transaction of its own.
Task<> enqueue_share(Services& services, Loop& loop, std::string kind, Id tenant, int first,
                     int count, std::atomic<int>& left) {
    for (int i = first; i < first + count; ++i) {
        Json args = Json::object({{"text", std::to_string(i)}});
        co_await enqueue_in(services, loop, kind, std::move(args), tenant, false);
    }
    --left;
}

}  // namespace

Worker::Worker(const std::string& conninfo) {
    loops = std::make_unique<Loops>(loops_of_a_worker);
    loops->start();
    kernel = testing::make_kernel(*loops, conninfo);
}

Worker::~Worker() {
    kernel->services().listeners().stop();
    kernel->services().jobs().stop();
    kernel->services().feed().stop();
    kernel->services().database().stop();
    loops->stop();
}

JobWorld::JobWorld() {
    observer_ = std::make_unique<Worker>(testing::database_of_its_own("jobs"));
    job_groups::declare(observer_->kernel->app());  // asked of here, run by the workers
    sql("truncate jobs, job_kinds, job_schedules, job_lines, job_groups, call_budgets, "
        "company_schedules, events");
}

JobWorld::~JobWorld() { workers_.clear(); }

Worker& JobWorld::start(void (*declare)(App&)) {
    const std::string conninfo = testing::database_of_its_own("jobs");
    workers_.push_back(std::make_unique<Worker>(conninfo));
    if (declare) {
        declare(workers_.back()->kernel->app());
        workers_.back()->services().jobs().start();
    }
    return *workers_.back();
}

void JobWorld::enqueue(Worker& worker, std::string_view kind,
                       std::initializer_list<Json::Member> args, std::optional<Id> tenant) {
    Loop& loop = worker.loops->at(0);
    wait_for(loop, enqueue_in(worker.services(), loop, std::string(kind), Json::object(args),
                              tenant.value_or(company_), false));
}

void JobWorld::enqueue_and_roll_back(Worker& worker, std::string_view kind,
                                     std::initializer_list<Json::Member> args) {
    Loop& loop = worker.loops->at(0);
    wait_for(loop, enqueue_in(worker.services(), loop, std::string(kind), Json::object(args),
                              company_, true));
}

void JobWorld::enqueue_only(std::string_view kind, std::initializer_list<Json::Member> args,
                            const EnqueueOptions& options) {
    Loop& loop = observer_->loops->at(0);
    const db::Statement statement = enqueue_statement(kind, Json::object(args), company_, options);
    const db::Scope scope{db::Role::system, {}};
    wait_for(loop,
             observer_->services().database().query(loop, scope, statement.sql, statement.params));
}

void JobWorld::enqueue_many(std::string_view kind, const Json& all_args,
                            const EnqueueOptions& options) {
    Loop& loop = observer_->loops->at(0);
    const db::Statement statement = enqueue_many_statement(kind, all_args, company_, options);
    const db::Scope scope{db::Role::system, {}};
    wait_for(loop,
             observer_->services().database().query(loop, scope, statement.sql, statement.params));
}

void JobWorld::enqueue_rows(std::string_view kind, int count, const Id& tenant) {
    sql("insert into jobs (tenant_id, kind, args, lane) select '" + tenant.text() + "', '" +
        std::string(kind) + "', jsonb_build_object('text', n::text), ('" + std::string(kind) +
        "' = 'test.slow')::int from generate_series(1, " + std::to_string(count) + ") n");
}

double JobWorld::enqueue_one_by_one(Worker& worker, std::string_view kind, int count,
                                    const std::function<bool()>& is_done) {
    constexpr int at_once = 64;
    std::atomic<int> left = at_once;
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < at_once; ++i) {
        Loop& loop = worker.loops->at(static_cast<std::size_t>(i) % loops_of_a_worker);
        const int first = count / at_once * i;
        const int share = i == at_once - 1 ? count - first : count / at_once;
        loop.post([&, first, share] {
            spawn(loop, enqueue_share(worker.services(), loop, std::string(kind), company_, first,
                                      share, left));
        });
    }
    until([&] { return left == 0 && is_done(); });
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    return took.count();
}

db::Rows JobWorld::sql(std::string text) {
    Loop& loop = observer_->loops->at(0);
    const db::Scope scope{db::Role::system, {}};
    return wait_for(loop, observer_->services().database().query(loop, scope, std::move(text)));
}

std::int64_t JobWorld::number(std::string text) {
    const db::Rows rows = sql(std::move(text));
    return rows.empty() ? -1 : db::read_row<std::int64_t>(rows, 0);
}

std::string JobWorld::text(std::string query) {
    const db::Rows rows = sql(std::move(query));
    return rows.empty() ? std::string() : std::string(rows.text(0, 0));
}

void JobWorld::until(const std::function<bool()>& condition) {
    testing::until(condition, "a worker", patience_of_a_test);
}

bool JobWorld::patience() { return std::getenv("PONTE_SLOW") != nullptr; }

void JobWorld::print(std::string_view what, const std::vector<double>& values) {
    std::printf("[ measured ] %.*s:", static_cast<int>(what.size()), what.data());
    for (const double value : values) {
        std::printf(" %.1f", value);
    }
    std::printf("\n");
}

}  // namespace ponte
