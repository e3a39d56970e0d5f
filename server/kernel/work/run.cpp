#include "kernel/work/run.hpp"

#include <chrono>

#include "kernel/entities/catalogue.hpp"
#include "kernel/events/announcer.hpp"
#include "kernel/events/bulk.hpp"
#include "kernel/log.hpp"
#include "kernel/people/standing.hpp"
#include "kernel/services.hpp"
#include "kernel/storage.hpp"

namespace ponte::work {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds between_messages{250};

struct Running {
    Work& work;
    const Id runner = Id::make();
    const Clock::time_point since = Clock::now();
    Clock::time_point last_told{};
    std::int64_t untold = 0;  // records written since others were last told
};

void tell_author(Ctx& ctx, Work& work) {
    ctx.services.announcer().tell_author(ctx.who.tenant, work.row().created_by, work.table().name,
                                         std::string(work.table().one) + ".progress", work.json());
}

void tell(Ctx& ctx, Running& running, bool at_once) {
    const auto at = Clock::now();
    if (!at_once && at - running.last_told < between_messages) {
        return;
    }
    running.last_told = at;
    tell_author(ctx, running.work);
    if (running.untold > 0) {
        const std::string& entity = running.work.row().entity;
        Json hint = Json::object({{"entity", entity},
                                  {"operationId", running.work.row().id},
                                  {"count", running.untold}});
        ctx.services.announcer().tell(ctx.who.tenant, ctx.services.entities().resource_of(entity),
                                      entity + ".bulk", std::move(hint));
    }
    running.untold = 0;
}

void queue_row(Ctx& ctx, Work& work, Columns also) {
    const Row& row = work.row();
    Columns columns = work.columns();
    columns.insert(columns.end(), {{"total", row.total}, {"processed", row.processed}});
    if (work.table().writes_records) {
        columns.insert(columns.end(),
                       {{"failed", row.failed}, {"undone", row.undone}, {"kept", row.kept}});
    }
    columns.insert(columns.end(), also.begin(), also.end());
    queue_change(ctx, work.table(), row.id, std::move(columns));
}

// With the rights of this moment.
Task<> act_as_asker(Ctx& ctx, Work& work) {
    const bool is_there = co_await act_as_user(ctx, work.row().asker_id, work.row().asker_key_id);
    if (!is_there || !work.is_permitted(ctx)) {
        throw Hopeless{"asker_may_not", true};
    }
}

// False: somebody cancelled it, or it came to its end.
Task<bool> take_over(Ctx& ctx, Running& running, bool is_undo, Id id) {
    Work& work = running.work;
    const bool is_there = co_await work.read(ctx, id, true);
    Row& row = work.row();
    const bool is_meant =
        is_undo ? row.state == "undoing" : row.state == "queued" || row.state == "running";
    if (!is_there || !is_meant) {
        co_await ctx.tx.rollback();
        co_return false;
    }
    work.entity = ctx.services.entities().find(row.entity);
    if (!work.entity) {
        throw Hopeless{"entity_missing"};
    }
    ctx.operation = id;
    co_await act_as_asker(ctx, work);
    co_await work.begin(ctx);
    row.state = is_undo ? "undoing" : "running";
    queue_row(ctx, work, {{"state", row.state}, {"runner", running.runner}});
    co_await ctx.tx.commit();
    co_return true;
}

// A part of a batch in one transaction with its progress. False: the work is no longer ours to run.
Task<bool> write_part(Ctx& ctx, Running& running, Part part, const Error* refusal) {
    Work& work = running.work;
    work.mark();
    work.take_turn(ctx);
    const bool is_ours = co_await is_still_run_by(ctx, work.table(), work.row(), running.runner);
    if (!is_ours) {
        co_await ctx.tx.rollback();
        co_return false;
    }
    co_await act_as_asker(ctx, work);
    ctx.now = now();
    const std::int64_t before = work.written();
    if (refusal) {
        co_await work.refuse(ctx, part.first, *refusal);
    } else {
        co_await work.write(ctx, part);
    }
    work.move_on(part);
    work.row().error.reset();
    work.row().failed_in.reset();
    queue_row(ctx, work, {{"attempts", 0}, {"error", {}}, {"failed_in", {}}});
    queue_job_progress(ctx);
    // Each record's event is quiet; this one is for whoever listens.
    events::queue_bulk_events(ctx);
    co_await ctx.tx.commit();
    running.untold += work.written() - before;
    tell(ctx, running, false);
    co_return true;
}

// What is wrong with what was written, not with the world around it.
bool is_of_record(const Error& error) {
    const bool is_refusal =
        error.status == 409 || error.status == 422 || error.status == 400 || error.status == 403;
    return is_refusal && error.code != "database.retry";
}

// The same, but a refusal is returned.
Task<bool> try_part(Ctx& ctx, Running& running, Part part, std::optional<Error>& refusal) {
    bool is_ours = true;
    try {
        is_ours = co_await write_part(ctx, running, part, nullptr);
    } catch (const Error& error) {
        if (!is_of_record(error)) {
            throw;
        }
        refusal = error;
    }
    co_return is_ours;
}

// A record that breaks a rule of the database would take its whole batch with it: the batch is
// halved until that record stands alone.
Task<bool> do_part(Ctx& ctx, Running& running, Part part) {
    std::optional<Error> refusal;
    bool is_ours = co_await try_part(ctx, running, part, refusal);
    if (!refusal) {
        co_return is_ours;
    }
    co_await ctx.tx.rollback();
    running.work.go_back();
    if (part.count == 1) {
        is_ours = co_await write_part(ctx, running, part, &*refusal);
        co_return is_ours;
    }
    const Part first{part.first, part.count / 2};
    const Part second{part.first + first.count, part.count - first.count};
    is_ours = co_await do_part(ctx, running, first);
    if (is_ours) {
        is_ours = co_await do_part(ctx, running, second);
    }
    co_return is_ours;
}

Task<> end(Ctx& ctx, Running& running, bool is_undo) {
    Work& work = running.work;
    co_await work.finish(ctx);
    const bool is_ours = co_await is_still_run_by(ctx, work.table(), work.row(), running.runner);
    if (!is_ours) {
        co_await ctx.tx.rollback();
        co_return;
    }
    if (work.is_told()) {
        const auto took =
            std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - running.since);
        Json facts = end_facts(work.row());
        facts.set("seconds", took.count());
        ctx.emit(std::string(work.table().one) + (is_undo ? ".undone" : ".finished"), work.row().id,
                 std::move(facts));
    }
    queue_row(ctx, work,
              {{"state", is_undo ? "undone" : "done"},
               {"finished_at", format_time(now())},
               {"error", {}},
               {"failed_in", {}}});
    co_await work.read(ctx, work.row().id, false);
    co_await ctx.tx.commit();
    tell(ctx, running, true);
}

Task<> go_on(Ctx& ctx, Work& work, bool is_undo, Id id) {
    ctx.tx.use_slow_pool();
    Running running{work};
    bool is_ours = co_await take_over(ctx, running, is_undo, id);
    if (!is_ours) {
        co_return;
    }
    co_await work.prepare(ctx);
    tell(ctx, running, true);
    while (true) {
        const std::size_t count = co_await work.next(ctx);
        if (count == 0) {
            break;
        }
        storage_of(ctx.services.settings.data_dir).require_room();
        const Part whole{0, count};
        is_ours = co_await do_part(ctx, running, whole);
        if (!is_ours) {
            co_return;
        }
    }
    co_await end(ctx, running, is_undo);
}

struct Failure {
    std::exception_ptr cause;  // null: it went well
    Failed failed;
};

Task<Failure> attempt(Ctx& ctx, Work& work, bool is_undo, Id id) {
    Failure failure;
    try {
        co_await go_on(ctx, work, is_undo, id);
    } catch (const Hopeless& hopeless) {
        failure = {std::current_exception(), {hopeless.code, true, hopeless.may_resume}};
    } catch (const Error& error) {
        failure = {std::current_exception(), {error.code}};
    } catch (const std::exception& error) {
        log::error("long work failed",
                   {{"table", work.table().name}, {"id", id}, {"reason", error.what()}});
        failure = {std::current_exception(), {"internal"}};
    }
    co_return failure;
}

Task<> tell_end(Ctx& ctx, Work& work, Id id) {
    const bool is_there = co_await work.read(ctx, id, false);
    co_await ctx.tx.commit();
    if (is_there) {
        tell_author(ctx, work);
    }
}

// False: it shall be tried again. In one transaction with what others hear of it.
Task<bool> fail_and_tell(Ctx& ctx, Work& work, Id id, Failed failed) {
    co_await work.read(ctx, id, false);
    const Failing failing = co_await fail(ctx, work.table(), id, failed);
    if (failing == Failing::given_up && work.is_told()) {
        Json facts = end_facts(work.row());
        facts.set("error", failed.code);
        ctx.emit(std::string(work.table().one) + ".failed", id, std::move(facts));
    }
    co_await ctx.tx.commit();
    co_return failing != Failing::again;
}

}  // namespace

Task<> perform(Ctx& ctx, std::unique_ptr<Work> work, bool is_undo, Id id) {
    const Failure failure = co_await attempt(ctx, *work, is_undo, id);
    if (!failure.cause) {
        co_return;
    }
    co_await ctx.tx.rollback();
    const bool is_over = co_await fail_and_tell(ctx, *work, id, failure.failed);
    if (!is_over) {
        std::rethrow_exception(failure.cause);
    }
    co_await tell_end(ctx, *work, id);
}

Task<> say_given_up(Ctx& ctx, std::unique_ptr<Work> work, Id id) {
    Failed failed{"interrupted", true};
    co_await fail_and_tell(ctx, *work, id, std::move(failed));
    co_await tell_end(ctx, *work, id);
}

}  // namespace ponte::work
