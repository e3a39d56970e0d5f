#include "kernel/listeners/listeners.hpp"
#include "kernel/app.hpp"
#include "kernel/listeners/pattern.hpp"
#include "kernel/monitor/listeners.hpp"
#include "kernel/records/input.hpp"
#include "kernel/services.hpp"

#include <algorithm>

namespace ponte {
namespace {

struct ListenerRow {
    Id id;
    std::string name, state, transaction;
    std::int64_t sequence = 0, tries = 0;
    std::optional<std::string> error, run_at, stopped_at, waiting_since;
    Json failed_event;
};
FIELDS(ListenerRow, id, name, state, transaction, sequence, tries, error, run_at, stopped_at,
       waiting_since, failed_event);

std::string time_sql(const std::string& value) {
    return "to_json(" + value + " at time zone 'UTC') #>> '{}' || 'Z'";
}

// How far this company has come, and since when the oldest event waits that it has not heard; those
// that stand still first.
const std::string list_sql =
    "select t.id, t.name, t.state, p.transaction::text, p.sequence, t.tries, t.error, "
    "t.failed_event, " +
    time_sql("t.run_at") + " as run_at, " + time_sql("t.stopped_at") + " as stopped_at, (select " +
    time_sql("e.at") +
    " from events e where e.tenant_id = t.tenant_id and not e.is_quiet "
    "and (e.transaction, e.sequence) > (p.transaction, p.sequence) "
    "and e.sequence >= log_from(p.transaction) "
    "and e.name like any (array[d.of_pattern, d.of_bulks]) "
    "order by e.transaction, e.sequence limit 1) as waiting_since "
    "from unnest($2::text[], $3::text[], $4::text[]) d(name, of_pattern, of_bulks) "
    "join listeners t on t.tenant_id = $1 and t.name = d.name "
    "join listener_leases l on l.name = t.name "
    "cross join position_of_turn(t.state, t.transaction, t.sequence, l.transaction, l.sequence) p "
    "order by t.state = 'aside' desc, t.name";

std::string shown_state(const ListenerRow& row) {
    if (row.state == "aside") {
        return "stopped";
    }
    return row.tries > 0 ? "retrying" : "running";
}

Json text_or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json{}; }

Json listener_json(const ListenerRow& row, const Listener& declared) {
    return Json::object({{"id", row.id},
                         {"name", row.name},
                         {"pattern", declared.pattern},
                         {"state", shown_state(row)},
                         {"position", row.transaction + "." + std::to_string(row.sequence)},
                         {"waitingSince", text_or_null(row.waiting_since)},
                         {"attempts", row.tries},
                         {"maxAttempts", declared.max_tries},
                         {"error", text_or_null(row.error)},
                         {"failedEvent", row.failed_event},
                         {"runAt", text_or_null(row.run_at)},
                         {"stoppedAt", text_or_null(row.stopped_at)}});
}

// No more than the program declares: one page.
Task<http::Response> list_listeners(Ctx& ctx, const http::Request&) {
    const listeners::Listeners& declared = ctx.services.listeners();
    std::vector<std::string> names, of_patterns, of_bulks;
    for (const auto& one : declared.all()) {
        const std::vector<std::string> likes = listeners::likes_of(*one);
        names.push_back(one->name);
        of_patterns.push_back(likes.front());
        of_bulks.push_back(likes.back());
    }
    ctx.tx.act_as({db::Role::system, ctx.who.tenant});
    const auto rows =
        co_await ctx.tx.all<ListenerRow>(list_sql, ctx.who.tenant, names, of_patterns, of_bulks);
    Json data = Json::array();
    for (const ListenerRow& row : rows) {
        data.push(listener_json(row, *declared.find(row.name)));
    }
    co_return reply(200, Json::object({{"data", std::move(data)}}));
}

struct StandingRow {
    std::string name, state;
};
FIELDS(StandingRow, name, state);

// One that stands still, locked until we are done with it; its name.
Task<std::string> lock_stopped(Ctx& ctx, const http::Request& request) {
    const Id id = path_id(request, "listener");
    ctx.tx.act_as({db::Role::system, ctx.who.tenant});
    const auto row = co_await ctx.tx.maybe<StandingRow>(
        "select name, state from listeners where tenant_id = $1 and id = $2 for update",
        ctx.who.tenant, id);
    if (!row) {
        throw not_found("listener");
    }
    if (row->state != "aside") {
        throw conflict("listener.not_stopped");
    }
    co_return row->name;
}

// The node that drives the listener learns by the log that it goes on.
http::Response go_on(Ctx& ctx, const std::string& name, const std::string& from) {
    ctx.tx.queue("update listeners set " + from +
                     "state = 'behind', tries = 0, error = null, failed_event = null, "
                     "stopped_at = null where tenant_id = $1 and name = $2",
                 {ctx.who.tenant, name});
    Json changes = Json::object({{"listener", name}, {"skips", !from.empty()}});
    ctx.emit("listener.resumed", Id{}, std::move(changes));
    return reply(202, Json::object({{"name", name}, {"state", "running"}}));
}

Task<http::Response> resume_listener(Ctx& ctx, const http::Request& request) {
    const std::string name = co_await lock_stopped(ctx, request);
    co_return go_on(ctx, name, {});
}

Task<http::Response> skip_event(Ctx& ctx, const http::Request& request) {
    const std::string name = co_await lock_stopped(ctx, request);
    co_return go_on(ctx, name,
                    "transaction = split_part(failed_event ->> 'position', '.', 1)::xid8, "
                    "sequence = split_part(failed_event ->> 'position', '.', 2)::bigint, ");
}

struct ForgetListeners {};
template <class Visit>
void visit_fields(const ForgetListeners&, Visit&&) {}

// Whatever a program declares is held by one of its nodes, which renews its lease. One that nobody
// has held for so long is of a module that is gone; until then it would go on where it was.
Task<> forget_listeners(Ctx& ctx, const ForgetListeners&) {
    ctx.tx.act_as({db::Role::system, {}});
    ctx.tx.queue(
        "with gone as (delete from listener_leases where lease_until < now() - interval '90 days' "
        "returning name) delete from listeners t using gone where t.name = gone.name");
    co_return;
}

}  // namespace

void declare_listener_routes(App& app) {
    app.route("GET", "/listeners", list_listeners)
        .needs("jobs.manage")
        .in("jobs")
        .gives(200, "ListenerList");
    app.route("POST", "/listeners/{id}/resume", resume_listener)
        .needs("jobs.manage")
        .in("jobs")
        .gives(202, "ListenerResumed");
    app.route("POST", "/listeners/{id}/skip", skip_event)
        .needs("jobs.manage")
        .in("jobs")
        .gives(202, "ListenerResumed");
    app.job<ForgetListeners>("listeners.forget", forget_listeners).at("03:50");
}

}  // namespace ponte
