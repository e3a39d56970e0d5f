#include "modules/webhooks/deliver.hpp"

#include <algorithm>
#include <typeindex>

#include "kernel/records.hpp"
#include "kernel/secrets.hpp"
#include "kernel/sweeping.hpp"
#include "modules/webhooks/due.hpp"
#include "modules/webhooks/signature.hpp"

namespace ponte::webhooks {
namespace {

struct Deliver {
    Id webhook;
};
FIELDS(Deliver, webhook);
struct Sweep {};
template <class Visit>
void visit_fields(const Sweep&, Visit&&) {}
struct Forget {};
template <class Visit>
void visit_fields(const Forget&, Visit&&) {}

constexpr std::size_t at_once = 4;  // to one address
// As long as it answers quickly, more of them are written down together.
constexpr int smallest_batch = 4, largest_batch = 64;
constexpr std::chrono::seconds one_turn{20}, quick{1};
constexpr Milliseconds while_another_sends{3'000};
using Clock = std::chrono::steady_clock;

// The same bytes at every attempt, but for the signature under a new secret.
std::string body_of(const Ctx& ctx, const Due& due, const std::string& secret) {
    std::string body = Json::object({{"id", due.id},
                                     {"type", due.event},
                                     {"event", due.event},
                                     {"timestamp", due.at},
                                     {"tenantId", ctx.who.tenant}})
                           .dump();
    body.pop_back();
    return body + ",\"data\":" + due.data + ",\"changes\":" + due.changes + ",\"signature\":\"" +
           data_signature(due.data, secret) + "\"}";
}

outbound::Call call_of(const Ctx& ctx, const Address& address, const Due& due,
                       const std::vector<std::string>& secrets) {
    outbound::Call call;
    call.vendor = "webhook";
    call.circuit = outbound::Call::Circuit::ignores;  // webhook_health has the patience
    call.method = address.method;
    call.url = address.url;
    call.body = body_of(ctx, due, secrets.front());
    const std::string id = due.id.text();
    const int version = address.signature_version == "0" ? 0 : 1;
    const Signed what{id, call.body, due.data, now(), version};
    call.headers = signature_headers(what, secrets);
    call.headers.push_back("Content-Type: application/json");
    call.headers.push_back("X-Webhook-Event: " + due.event);
    call.headers.push_back("X-Webhook-Attempt: " + std::to_string(due.tries + 1));
    return call;
}

Task<std::vector<std::string>> secrets_of(Ctx& ctx, Id webhook, const Address& address) {
    std::vector<std::string> secrets;
    const SecretPlace place{"webhook", webhook, "secret"},
        former{"webhook", webhook, "former_secret"};
    const auto secret = co_await reveal(ctx, place);
    secrets.push_back(secret.value_or(""));
    if (address.has_former_secret) {
        if (const auto old = co_await reveal(ctx, former)) {
            secrets.push_back(*old);
        }
    }
    co_return secrets;
}

// One process's turn with one address.
class Turn {
public:
    Turn(Ctx& ctx, Id webhook) : ctx_(ctx), webhook_(webhook) {}

    Task<> run() {
        const bool is_ours = co_await claim(ctx_, webhook_);
        if (!is_ours) {
            deliver_soon(ctx_, webhook_, while_another_sends);
            co_return;
        }
        const auto until = Clock::now() + one_turn;
        bool goes_on = true;
        while (goes_on && Clock::now() < until) {
            goes_on = co_await send_some();
        }
        co_await release();
    }

private:
    // False when nothing more can be sent now.
    Task<bool> send_some() {
        ctx_.now = now();
        const auto address = co_await address_of(ctx_, webhook_);
        if (!address || address->resting_ms > 0) {
            co_return false;
        }
        // What another one says to an address that has just failed is worth knowing first.
        const int most = address->failures > 0 ? 1 : batch_;
        const auto due = co_await due_of(ctx_, webhook_, !address->active, most);
        if (due.empty()) {
            co_return false;
        }
        const auto secrets = co_await secrets_of(ctx_, webhook_, *address);
        co_await ctx_.tx.commit();

        std::vector<outbound::Call> calls;
        for (const Due& one : due) {
            calls.push_back(call_of(ctx_, *address, one, secrets));
        }
        const auto begin = Clock::now();
        auto answers = co_await outbound::call_all(ctx_, std::move(calls), at_once);
        const bool was_quick = Clock::now() - begin < quick;
        batch_ = was_quick ? std::min(batch_ * 2, largest_batch) : smallest_batch;
        co_await write_down(*address, due, answers);
        co_return true;
    }

    Task<> write_down(const Address& address, const std::vector<Due>& due,
                      const std::vector<outbound::Answer>& answers) {
        ctx_.now = now();
        int failures = address.failures;
        bool is_gone_for_good = false;
        for (std::size_t i = 0; i < due.size(); ++i) {
            const Result result{due[i], answers[i],
                                attempted(answers[i], due[i].tries + 1, ctx_.now, chance(due[i]))};
            queue_result(ctx_, result);
            const bool is_delivered = result.attempted.state == Attempted::State::delivered;
            failures = is_delivered ? 0 : failures + 1;
            is_gone_for_good = is_gone_for_good || is_gone(answers[i]);
            rest_ = std::max(rest_, rest_asked(answers[i]));
        }
        queue_health(ctx_, webhook_, failures, std::max(rest_, rest_after(failures)));
        rest_ = Milliseconds{0};
        if (address.active) {
            co_await pause_if_hopeless(failures, is_gone_for_good);
        }
        co_await ctx_.tx.commit();
    }

    // 429 and 503 speak for the whole address, not for one delivery.
    Milliseconds rest_asked(const outbound::Answer& answer) const {
        const bool is_busy = answer.status == 429 || answer.status == 503;
        return is_busy ? outbound::retry_after(answer, ctx_.now).value_or(Milliseconds{0})
                       : Milliseconds{0};
    }

    Task<> pause_if_hopeless(int failures, bool is_gone_for_good) {
        bool is_hopeless = is_gone_for_good || failures >= failures_until_pause;
        if (!is_hopeless && failures > 0) {
            is_hopeless = co_await ctx_.tx.one<bool>(
                "select coalesce(failing_since < now() - $2::bigint * interval '1 hour', false) "
                "from webhook_health where tenant_id = current_tenant() and webhook_id = $1::uuid",
                webhook_, static_cast<std::int64_t>(failing_until_pause.count()));
        }
        if (is_hopeless) {
            Values values{{"active", false},
                          {"paused_for", is_gone_for_good ? "gone" : "failing"},
                          {"paused_at", format_time(ctx_.now)}};
            co_await ctx_.update("webhook", webhook_, std::move(values));
            Json told = Json::object({{"for", is_gone_for_good ? "gone" : "failing"}});
            ctx_.emit("webhook.paused", webhook_, std::move(told));
        }
    }

    // What came meanwhile, and what is due later, is looked for after others may send again: a job
    // that was turned away before that has come too early, one that comes later finds us gone.
    Task<> release() {
        queue_release(ctx_, webhook_);
        const auto address = co_await address_of(ctx_, webhook_);
        const auto wait = co_await next_due(ctx_, webhook_);
        if (address && address->active && wait) {
            deliver_soon(ctx_, webhook_, std::max(*wait, Milliseconds{address->resting_ms}));
        }
        co_await ctx_.tx.commit();
    }

    static double chance(const Due& due) {
        return static_cast<double>(std::hash<Id>{}(due.id) % 1000) / 1000;
    }

    Ctx& ctx_;
    const Id webhook_;
    int batch_ = smallest_batch;
    Milliseconds rest_{0};
};

Task<> deliver(Ctx& ctx, const Deliver& job) {
    Turn turn(ctx, job.webhook);
    co_await turn.run();
}

// A wake-up that was lost with its process is made up for here.
Task<> sweep(Ctx& ctx, const Sweep&) {
    const db::Rows rows = co_await ctx.tx.query(
        "select distinct tenant_id, webhook_id from webhook_deliveries "
        "where state = 'waiting' and due_at < now() - interval '1 minute' limit 1000");
    enqueue_for_each(ctx, rows, "webhooks.deliver", "webhook");
}

Task<> forget(Ctx& ctx, const Forget&) {
    co_await repeat_until_none(
        ctx,
        // bulk: what a month has passed over.
        "delete from webhook_deliveries where ctid = any (array(select ctid from "
        "webhook_deliveries "
        "where created_at < now() - interval '30 days' limit 5000)) returning 1");
}

}  // namespace

void deliver_soon(Ctx& ctx, const Id& webhook, Milliseconds delay) {
    EnqueueOptions options;
    options.unique_key = webhook.text();
    options.delay = delay;
    const Deliver job{webhook};
    ctx.enqueue_args(std::type_index(typeid(Deliver)), args_to(job), options);
}

void declare_delivering(App& app) {
    app.job<Deliver>("webhooks.deliver", deliver).calls_out().commits_itself();
    app.job<Sweep>("webhooks.sweep", sweep).repeat_every(std::chrono::minutes{1});
    app.job<Forget>("webhooks.forget", forget).at("03:40").commits_itself();
}

}  // namespace ponte::webhooks
