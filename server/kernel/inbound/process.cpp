// Entries of the journal, one after the other: each in a transaction of its own with what it
// causes. Runners may share a connection: of one key only the oldest that waits is ever taken, and
// who holds it is alone with it.
#include <array>

#include "kernel/inbound.hpp"
#include "kernel/inbound/journal.hpp"
#include "kernel/log.hpp"
#include "kernel/people/standing.hpp"
#include "kernel/signature.hpp"

namespace ponte::inbound {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t at_once = 100;  // looked up together; each has its own transaction
constexpr std::array<std::chrono::seconds, 7> waits = {10s, 1min, 5min, 30min, 2h, 6h, 24h};

struct EntryRow {
    Id id, connection_id;
    std::string external_id, order_key, body;
    bool is_base64 = false;
    int tries = 0;
};
FIELDS(EntryRow, id, connection_id, external_id, order_key, body, is_base64, tries);

// Of each key the oldest that waits; later ones of it are not asked for before it is over.
constexpr const char* due_sql =
    "select e.id from inbound_entries e where e.tenant_id = current_tenant() and e.vendor = $1 "
    "and e.connection_id = $2 and e.state = 'waiting' and e.due_at <= now() and (e.order_key = '' "
    "or not exists (select from inbound_entries b where b.tenant_id = e.tenant_id "
    "and b.vendor = e.vendor and b.connection_id = e.connection_id and b.order_key = e.order_key "
    "and b.state = 'waiting' and b.place < e.place)) order by e.place limit $3";

struct Failure {
    std::string reason;
};

// Nothing: it is over, or somebody else has it.
Task<std::optional<Failure>> try_one(Ctx& ctx, const Inbound& of, Id id, int& tries) {
    std::optional<Failure> failure;
    try {
        const auto row = co_await ctx.tx.maybe<EntryRow>(
            "select id, connection_id, external_id, order_key, body, is_base64, tries "
            "from inbound_entries where tenant_id = current_tenant() and id = $1 "
            "and state = 'waiting' for update skip locked",
            id);
        if (!row) {
            co_await ctx.tx.rollback();
            co_return failure;
        }
        tries = row->tries;
        const Entry entry{row->id, row->connection_id, row->external_id, row->order_key,
                          row->is_base64 ? from_base64(row->body).value_or("") : row->body};
        co_await of.process(ctx, entry);
        ctx.tx.queue(
            "update inbound_entries set state = 'done', done_at = now(), error = null, "
            "tries = tries + 1 where tenant_id = current_tenant() and id = $1",
            {id});
        co_await ctx.tx.commit();
    } catch (const Error& error) {
        failure = Failure{error.code};
    } catch (const std::exception& error) {
        log::error("what came from outside could not be processed",
                   {{"vendor", std::string(of.vendor)}, {"entry", id}, {"reason", error.what()}});
        failure = Failure{"internal"};
    }
    co_return failure;
}

// What waits for good would keep others with its key waiting: after a while it is set aside.
Task<> write_down(Ctx& ctx, const Inbound& of, const ProcessArgs& args, Id id, int tries,
                  Failure failure) {
    const auto done = static_cast<std::size_t>(tries);
    const bool is_over = done >= waits.size();
    const std::int64_t wait_s = is_over ? 0 : waits[done].count();
    ctx.tx.queue(
        "update inbound_entries set tries = tries + 1, error = $2, "
        "state = case when $3::boolean then 'failed' else state end, "
        "due_at = now() + make_interval(secs => $4::int) "
        "where tenant_id = current_tenant() and id = $1 and state = 'waiting'",
        {id, failure.reason, is_over, wait_s});
    process_soon(ctx, of.vendor, args.connection, std::chrono::seconds{wait_s});
    co_await ctx.tx.commit();
}

Task<> process_one(Ctx& ctx, const Inbound& of, const ProcessArgs& args, Id id) {
    int tries = 0;
    auto failure = co_await try_one(ctx, of, id, tries);
    if (failure) {
        co_await ctx.tx.rollback();
        co_await write_down(ctx, of, args, id, tries, std::move(*failure));
    }
}

}  // namespace

Task<> process_all(Ctx& ctx, const ProcessArgs& args, const Inbound& of) {
    while (true) {
        const auto due =
            co_await ctx.tx.all<Id>(due_sql, std::string(of.vendor), args.connection, at_once);
        co_await ctx.tx.rollback();
        if (due.empty()) {
            co_return;
        }
        for (const Id& id : due) {
            ctx.now = now();
            co_await process_one(ctx, of, args, id);
        }
    }
}

void declare_job(App& app, const Inbound& of, std::type_index args, App::JobRun run) {
    app.job(job_of(of.vendor), args, std::move(run)).commits_itself();
}

}  // namespace ponte::inbound
