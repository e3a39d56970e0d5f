#include "kernel/listeners/turn.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>

#include "kernel/events/read.hpp"
#include "kernel/jobs/backoff.hpp"
#include "kernel/listeners/failure.hpp"
#include "kernel/listeners/pattern.hpp"
#include "kernel/loop_watch.hpp"
#include "kernel/people/standing.hpp"

namespace ponte::listeners {
namespace {

using Clock = std::chrono::steady_clock;
// Readers of the log wait for the oldest transaction that writes: ours is short.
constexpr std::chrono::milliseconds longest_turn{50};
constexpr Milliseconds while_busy{100};

struct TurnRow {
    std::string state, transaction;
    int tries = 0;
    std::int64_t sequence = 0;
};
FIELDS(TurnRow, state, transaction, tries, sequence);

Position position_in(const TurnRow& row) {
    return Position::parse(row.transaction + "." + std::to_string(row.sequence))
        .value_or(Position{});
}

void prepare(Ctx& ctx, Id tenant) {
    ctx.who.is_system = true;
    ctx.who.tenant = tenant;
    // What a handler commits is committed with its position, and not before.
    ctx.tx.defer_commit();
    ctx.writes_by_hand = false;
}

Task<> hear(Ctx& ctx, const Listener& listener, const Event& event) {
    ctx.now = now();
    ctx.request_id = "listener-" + event.id.text();
    if (is_told(listener, event)) {
        co_await listener.run(ctx, event);
    }
}

Task<> hear_each(Ctx& ctx, const Listener& listener, const std::vector<Event>& events,
                 Attempt& attempt) {
    const auto until = Clock::now() + longest_turn;
    for (const Event& event : events) {
        attempt.event = event;
        ++attempt.events;
        co_await hear(ctx, listener, event);
        if (Clock::now() > until) {
            break;
        }
    }
}

Task<> hear_all(Ctx& ctx, const Listener& listener, const std::vector<Event>& events,
                Attempt& attempt) {
    std::vector<Event> told;
    std::ranges::copy_if(events, std::back_inserter(told),
                         [&](const Event& event) { return is_told(listener, event); });
    attempt.event = events.back();
    attempt.events = static_cast<int>(events.size());
    ctx.now = now();
    ctx.request_id = "listener-" + events.front().id.text();
    if (!told.empty()) {
        co_await listener.run_all(ctx, told);
    }
}

void queue_end(Ctx& ctx, const Listener& listener, const Position& heard, bool has_more) {
    ctx.tx.queue("select end_turn($1, $2::xid8, $3::bigint, $4::boolean)",
                 {listener.name, heard.transaction, heard.sequence, has_more});
}

// To where nothing can be added any more. Our own transaction has its number since the turn was
// taken, before it was asked whether anybody needs this: what is written since then lies behind.
Task<TurnEnd> pass_over(Ctx& ctx, const Listener& listener, Position from) {
    const auto settled =
        co_await ctx.tx.one<std::string>("select pg_snapshot_xmin(pg_current_snapshot())::text");
    const Position until = Position::parse(settled + ".0").value_or(from);
    queue_end(ctx, listener, std::max(from, until), false);
    co_await ctx.tx.commit_deferred();
    co_return TurnEnd{TurnEnd::Kind::caught_up, false};
}

Task<TurnEnd> hear_some(Ctx& ctx, const Listener& listener, int most, Attempt& attempt) {
    const auto row = co_await ctx.tx.maybe<TurnRow>(
        "select state, tries, transaction::text, sequence from take_turn($1)", listener.name);
    if (!row) {
        co_return TurnEnd{TurnEnd::Kind::busy, false, while_busy};
    }
    if (row->state == "aside") {
        co_return TurnEnd{TurnEnd::Kind::aside, true};
    }
    attempt.tries = row->tries;
    attempt.is_behind = row->state == "behind";
    co_await act_as_company(ctx);
    const bool is_needed = !listener.is_needed || co_await listener.is_needed(ctx);
    if (!is_needed) {
        const TurnEnd end = co_await pass_over(ctx, listener, position_in(*row));
        co_return end;
    }
    const events::Unheard wanted{position_in(*row), likes_of(listener), listener.is_of_each, most};
    const events::Batch batch = co_await events::read_unheard(ctx, wanted);
    if (batch.events.empty()) {
        co_return TurnEnd{TurnEnd::Kind::caught_up, attempt.is_behind};
    }
    if (listener.run_all) {
        co_await hear_all(ctx, listener, batch.events, attempt);
    } else {
        co_await hear_each(ctx, listener, batch.events, attempt);
    }
    const bool has_more =
        batch.is_full || static_cast<std::size_t>(attempt.events) < batch.events.size();
    queue_end(ctx, listener, attempt.event.position, has_more);
    co_await ctx.tx.commit_deferred();
    const bool is_behind = has_more || attempt.is_behind;
    co_return TurnEnd{has_more ? TurnEnd::Kind::more : TurnEnd::Kind::caught_up, is_behind};
}

Task<TurnEnd> end_of_failed(Services& services, Loop& loop, const Listener& listener, Id tenant,
                            Attempt attempt, Failure failure, int delays) {
    const bool has_begun = attempt.events > 0;  // else no event is to blame
    const bool may_wait = failure.kind == Failure::Kind::not_ours && delays < most_delays;
    if (!has_begun || may_wait) {
        const Milliseconds delay =
            failure.is_race ? Milliseconds{0} : jobs::backoff(delays + 1, jobs::random_chance());
        co_return TurnEnd{TurnEnd::Kind::put_off, false, delay};
    }
    if (attempt.events > 1) {
        co_return TurnEnd{TurnEnd::Kind::too_many, attempt.is_behind};
    }
    const TurnEnd end = co_await note_failure(services, loop, listener, tenant, attempt, failure);
    co_return end;
}

}  // namespace

Task<TurnEnd> run_turn(Services& services, Loop& loop, const Listener& listener, Id tenant,
                       int most, int delays) {
    TurnEnd end;
    Attempt attempt;
    std::exception_ptr failure;
    try {
        loop_begins(listener.name);
        Ctx ctx(services, loop);
        prepare(ctx, tenant);
        end = co_await hear_some(ctx, listener, most, attempt);
    } catch (...) {
        failure = std::current_exception();
    }
    if (!failure) {
        co_return end;
    }
    const Failure known = failure_of(failure);
    try {
        end = co_await end_of_failed(services, loop, listener, tenant, attempt, known, delays);
    } catch (...) {
        // It could not even be written down: the database is away.
        end = {TurnEnd::Kind::put_off, false, jobs::backoff(delays + 1, jobs::random_chance())};
    }
    co_return end;
}

}  // namespace ponte::listeners
