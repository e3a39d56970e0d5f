#include "modules/webhooks/due.hpp"

#include "modules/webhooks/deliver.hpp"

namespace ponte::webhooks {

FIELDS(Address, url, method, signature_version, active, has_former_secret, failures, resting_ms);
FIELDS(Due, id, event, data, changes, at, tries);

namespace {

constexpr std::size_t longest_shown_answer = 4 * 1024;

// What is stored of somebody else's answer is text, whatever it was.
std::string storable(std::string_view body) {
    std::string text(body.substr(0, longest_shown_answer));
    while (!text.empty() && !is_valid_utf8(text) && text.size() + 4 > longest_shown_answer) {
        text.pop_back();  // a character that the cut went through
    }
    const bool is_text = is_valid_utf8(text) && text.find('\0') == text.npos;
    return is_text ? text : "";
}

std::string_view state_name(Attempted::State state) {
    switch (state) {
        case Attempted::State::delivered:
            return "delivered";
        case Attempted::State::dead:
            return "dead";
        default:
            return "waiting";
    }
}

Json try_json(const Ctx& ctx, const outbound::Answer& answer) {
    return Json::object({{"at", format_time(ctx.now)},
                         {"status", answer.status == 0 ? Json{} : Json(answer.status)},
                         {"trouble", answer.trouble == outbound::Trouble::none
                                         ? Json{}
                                         : Json(outbound::name_of(answer.trouble))},
                         {"ms", static_cast<std::int64_t>(answer.took.count())}});
}

}  // namespace

// Whose job no longer runs sends no more, however it ended: no lease of its own is needed.
Task<bool> claim(Ctx& ctx, Id webhook) {
    const auto mine = co_await ctx.tx.maybe<Id>(
        "insert into webhook_health as h (webhook_id, sender) values ($1::uuid, $2::uuid) "
        "on conflict (tenant_id, webhook_id) do update set sender = excluded.sender "
        "where h.sender is null or h.sender = excluded.sender or not exists "
        "(select from jobs j where j.id = h.sender and j.state = 'running') returning sender",
        webhook, *ctx.job);
    co_return mine.has_value();
}

Task<std::optional<Address>> address_of(Ctx& ctx, Id webhook) {
    auto found = co_await ctx.tx.maybe<Address>(
        "select w.url, w.method, w.signature_version, w.active, "
        "coalesce(w.former_secret_until > now(), false) as has_former_secret, "
        "coalesce(h.failures, 0) as failures, coalesce(greatest(0, "
        "(extract(epoch from h.resting_until - now()) * 1000)::bigint), 0) as resting_ms "
        "from webhooks w left join webhook_health h "
        "on h.tenant_id = w.tenant_id and h.webhook_id = w.id "
        "where w.tenant_id = current_tenant() and w.id = $1::uuid and w.deleted_at is null",
        webhook);
    co_return found;
}

Task<std::vector<Due>> due_of(Ctx& ctx, Id webhook, bool only_tests, int most) {
    auto due = co_await ctx.tx.all<Due>(
        "select d.id, d.event, d.data, d.changes, "
        "to_char(d.at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') as at, d.tries "
        "from webhook_deliveries d where d.tenant_id = current_tenant() "
        "and d.webhook_id = $1::uuid and d.state = 'waiting' and d.due_at <= now() "
        "and (not $2::boolean or d.event = $3) "
        "and not exists (select from webhook_deliveries e where e.tenant_id = d.tenant_id "
        "and e.webhook_id = d.webhook_id and e.entity_id = d.entity_id and e.state = 'waiting' "
        "and e.place < d.place and e.event <> $3) "
        "order by d.place limit $4",
        webhook, only_tests, test_event, most);
    co_return due;
}

Task<std::optional<Milliseconds>> next_due(Ctx& ctx, Id webhook) {
    const auto ms = co_await ctx.tx.maybe<std::int64_t>(
        "select greatest(0, (extract(epoch from min(due_at) - now()) * 1000)::bigint) "
        "from webhook_deliveries where tenant_id = current_tenant() and webhook_id = $1::uuid "
        "and state = 'waiting' having count(*) > 0",
        webhook);
    std::optional<Milliseconds> wait;
    if (ms) {
        wait = Milliseconds{*ms};
    }
    co_return wait;
}

void queue_result(Ctx& ctx, const Result& result) {
    const outbound::Answer& answer = result.answer;
    ctx.tx.queue(
        "update webhook_deliveries set state = $2, tries = tries + 1, "
        "due_at = now() + $3::bigint * interval '1 millisecond', status = $4, trouble = $5, "
        "answer = $6, log = log || $7::jsonb, "
        "done_at = case when $2 <> 'waiting' then now() end "
        "where tenant_id = current_tenant() and id = $1::uuid",
        {result.delivery.id, state_name(result.attempted.state),
         static_cast<std::int64_t>(result.attempted.wait.count()),
         answer.status == 0 ? db::Param() : db::Param(answer.status),
         answer.trouble == outbound::Trouble::none ? db::Param()
                                                   : db::Param(outbound::name_of(answer.trouble)),
         storable(answer.body), db::Param(try_json(ctx, answer))});
}

void queue_health(Ctx& ctx, Id webhook, int failures, Milliseconds rest) {
    ctx.tx.queue(
        "update webhook_health set failures = $3::integer, "
        "failing_since = case when $3::integer > 0 then coalesce(failing_since, now()) end, "
        "resting_until = now() + $4::bigint * interval '1 millisecond' "
        "where tenant_id = current_tenant() and webhook_id = $1::uuid and sender = $2::uuid",
        {webhook, *ctx.job, failures, static_cast<std::int64_t>(rest.count())});
}

void queue_release(Ctx& ctx, Id webhook) {
    ctx.tx.queue(
        "update webhook_health set sender = null "
        "where tenant_id = current_tenant() and webhook_id = $1::uuid and sender = $2::uuid",
        {webhook, *ctx.job});
}

}  // namespace ponte::webhooks
