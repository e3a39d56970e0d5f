#include "kernel/jobs/run.hpp"

#include "kernel/ctx.hpp"
#include "kernel/log.hpp"
#include "kernel/loop_watch.hpp"
#include "kernel/services.hpp"

namespace ponte::jobs {
namespace {

void prepare(Ctx& ctx, const Taken& job) {
    ctx.who.is_system = true;
    ctx.writes_by_hand = false;
    ctx.now = now();
    ctx.job = job.id;
    ctx.request_id = "job-" + job.id.text();
    if (job.tenant) {
        ctx.who.tenant = *job.tenant;
    } else {
        ctx.tx.act_as({db::Role::system, {}});
    }
}

// What the job wrote and its end are one transaction, so it takes effect exactly once. A job that
// commits for itself, or wrote nothing, is settled together with others.
Task<Outcome> run_to_the_end(Ctx& ctx, const JobKind& kind, const Taken& job) {
    const Json args = Json::parse(job.args);
    co_await kind.run(ctx, args);
    Outcome outcome;
    if (!kind.own_transaction && ctx.tx.has_work()) {
        ctx.tx.queue("select finish_job($1::uuid, $2::uuid)", {job.id, job.token});
        co_await ctx.tx.commit();
        outcome.kind = Outcome::Kind::gone;
    } else if (ctx.tx.has_work()) {
        co_await ctx.tx.commit();
    }
    co_return outcome;
}

// What may be stored as text, whatever a failure says of itself.
std::string storable(std::string text) {
    const bool is_utf8 = is_valid_utf8(text);
    for (char& one : text) {
        const auto byte = static_cast<unsigned char>(one);
        if (byte < 0x20 || (byte > 0x7e && !is_utf8)) {
            one = '?';
        }
    }
    return text;
}

Outcome outcome_of(std::exception_ptr failure) {
    Outcome outcome;
    outcome.kind = Outcome::Kind::failed;
    try {
        std::rethrow_exception(failure);
    } catch (const Error& error) {
        outcome.problem = error.code;
        for (const FieldProblem& field : error.fields) {
            outcome.problem += " " + field.field + ":" + field.code;
        }
        outcome.is_database = error.code == "database.retry" || error.code == "database" ||
                              error.code == "too_many_waiting";
        if (outcome.is_database || error.status == 503 || error.status == 507) {
            outcome.kind = Outcome::Kind::put_off;
        }
    } catch (const RetryAt& wish) {
        outcome.kind = Outcome::Kind::put_off;
        outcome.problem = wish.why;
        outcome.until = wish.at;
    } catch (const std::exception& error) {
        outcome.problem = error.what();
    } catch (...) {
        outcome.problem = "unknown";
    }
    outcome.problem = storable(std::move(outcome.problem));
    return outcome;
}

}  // namespace

Task<Outcome> run_job(Services& services, Loop& loop, const JobKind* kind, const Taken& job) {
    Outcome outcome;
    if (!kind) {
        outcome.kind = Outcome::Kind::unknown;
        co_return outcome;
    }
    std::exception_ptr failure;
    try {
        loop_begins(job.kind);
        Ctx ctx(services, loop);
        prepare(ctx, job);
        co_await services.jobs().speak_for_company(ctx);
        outcome = co_await run_to_the_end(ctx, *kind, job);
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure) {
        outcome = outcome_of(failure);
    }
    co_return outcome;
}

}  // namespace ponte::jobs
