#include "kernel/listeners/failure.hpp"

#include "kernel/ctx.hpp"
#include "kernel/events/announcer.hpp"
#include "kernel/jobs/backoff.hpp"
#include "kernel/log.hpp"
#include "kernel/services.hpp"

namespace ponte::listeners {
namespace {

constexpr Milliseconds first_wait{1'000};

Json event_json(const Event& event) {
    return Json::object({{"position", event.position.text()},
                         {"name", event.name},
                         {"entity", event.entity},
                         {"entityId", event.entity_id ? Json(*event.entity_id) : Json{}},
                         {"at", format_time(event.at)}});
}

void tell(Ctx& ctx, const Listener& listener, const Attempt& attempt, const Failure& failure) {
    log::error("a company was set aside for a listener", {{"listener", listener.name},
                                                          {"tenant", ctx.who.tenant.text()},
                                                          {"event", attempt.event.id.text()},
                                                          {"problem", failure.what}});
    Json told = Json::object({{"name", listener.name}, {"error", failure.code}});
    ctx.services.announcer().tell(ctx.who.tenant, "jobs", "listener.stopped", std::move(told));
}

}  // namespace

Failure failure_of(std::exception_ptr thrown) {
    Failure failure;
    try {
        std::rethrow_exception(thrown);
    } catch (const Error& error) {
        failure.code = error.code;
        failure.what = error.code;
        for (const FieldProblem& field : error.fields) {
            failure.what += " " + field.field + ":" + field.code;
        }
        failure.is_race = error.code == "database.retry";
        const bool is_away = error.code == "database" || error.code == "too_many_waiting" ||
                             error.status == 503 || error.status == 507;
        failure.kind =
            failure.is_race || is_away ? Failure::Kind::not_ours : Failure::Kind::of_handler;
    } catch (const std::exception& error) {
        failure.code = "internal";
        failure.what = error.what();
    } catch (...) {
        failure.code = failure.what = "internal";
    }
    return failure;
}

Task<TurnEnd> note_failure(Services& services, Loop& loop, const Listener& listener, Id tenant,
                           Attempt attempt, Failure failure) {
    const bool is_last = attempt.tries + 1 >= listener.max_tries;
    const Milliseconds delay = jobs::backoff(attempt.tries + 1, jobs::random_chance(), first_wait);
    Ctx ctx(services, loop);
    ctx.who.tenant = tenant;
    ctx.who.is_system = true;
    ctx.now = now();
    const Event& event = attempt.event;
    db::Params params{listener.name,
                      event.position.transaction,
                      event.position.sequence,
                      is_last ? "aside" : "behind",
                      failure.code,
                      db::Param(event_json(event)),
                      static_cast<std::int64_t>(delay.count())};
    const db::Rows rows = co_await ctx.tx.query(
        "select fail_turn($1, $2::xid8, $3::bigint, $4, $5, $6::jsonb, $7::bigint)",
        std::move(params));
    if (rows.empty()) {
        // Another node has got past it meanwhile.
        co_return TurnEnd{TurnEnd::Kind::put_off, false, Milliseconds{0}};
    }
    if (is_last) {
        Json changes = Json::object({{"listener", listener.name}, {"error", failure.code}});
        ctx.emit("listener.stopped", Id{}, std::move(changes));
    }
    co_await ctx.tx.commit();
    if (is_last) {
        tell(ctx, listener, attempt, failure);
        co_return TurnEnd{TurnEnd::Kind::aside, true};
    }
    log::warning("a listener failed and is tried again", {{"listener", listener.name},
                                                          {"tenant", tenant.text()},
                                                          {"event", attempt.event.id.text()},
                                                          {"problem", failure.what}});
    co_return TurnEnd{TurnEnd::Kind::failed, true, delay};
}

}  // namespace ponte::listeners
