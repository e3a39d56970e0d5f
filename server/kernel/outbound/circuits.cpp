#include "kernel/outbound/circuits.hpp"

#include "kernel/log.hpp"
#include "kernel/outbound/whom.hpp"
#include "kernel/services.hpp"

namespace ponte::outbound {
namespace {

const db::Scope everything{db::Role::system, {}};
constexpr std::chrono::seconds known_for{1};
constexpr Milliseconds while_somebody_tries{5'000};

struct Row {
    Id queue;
    std::string key;
    std::optional<std::int64_t> open_ms;
};
FIELDS(Row, queue, key, open_ms);

std::optional<Time> time_of(const std::optional<std::int64_t>& ms) {
    return ms ? std::optional(Time{Milliseconds{*ms}}) : std::nullopt;
}

}  // namespace

Health health_of(const Call& call, const Answer& answer, Time now) {
    using State = Health::State;
    constexpr int too_many = 429, unavailable = 503, closing = 421;
    switch (answer.trouble) {
        case Trouble::none:
            break;
        case Trouble::address:
        case Trouble::private_place:
        case Trouble::resting:
            return {State::unknown};
        default:
            return {State::troubled};
    }
    if (is_mail(call.url)) {  // 550 is said of a recipient
        return {answer.status == closing ? State::troubled : State::well};
    }
    if (answer.status == too_many || answer.status == unavailable) {
        const auto rest = retry_after(answer, now);
        if (rest && rest->count() > 0) {
            return {State::asks_for_rest, *rest};
        }
        return {answer.status == too_many ? State::unknown : State::troubled};
    }
    return {answer.status >= 500 ? State::troubled : State::well};
}

std::string Circuits::key_of(const Call& call) {
    return call.connection ? "connection " + call.connection->text()
                           : "host " + whom_of(call.url).host;
}

// One of those who come at the same time looks, the others go by what was known.
bool Circuits::must_look() {
    const std::scoped_lock lock(mutex_);
    const auto at = Clock::now();
    const bool is_old = !looked_at_ || at - *looked_at_ > known_for;
    if (is_old) {
        looked_at_ = at;
    }
    return is_old;
}

Task<> Circuits::look(Ctx& ctx) {
    const auto rows = co_await ctx.services.database().query(
        ctx.loop, everything,
        "select queue, key, ceil(extract(epoch from open_until) * 1000)::bigint as open_ms "
        "from call_circuits order by failed_at desc limit 10000");
    std::map<Place, Circuit> troubled;
    for (int i = 0; i < rows.size(); ++i) {
        const auto row = db::read_row<Row>(rows, i);
        troubled[{row.queue, row.key}] = {time_of(row.open_ms)};
    }
    const std::scoped_lock lock(mutex_);
    troubled_ = std::move(troubled);
}

std::optional<Circuits::Circuit> Circuits::find(const Place& place) {
    const std::scoped_lock lock(mutex_);
    const auto found = troubled_.find(place);
    return found == troubled_.end() ? std::nullopt : std::optional(found->second);
}

void Circuits::remember(const Place& place, std::optional<Circuit> circuit) {
    const std::scoped_lock lock(mutex_);
    if (circuit) {
        troubled_[place] = *circuit;
    } else {
        troubled_.erase(place);
    }
}

Task<std::optional<Time>> Circuits::resting(Ctx& ctx, std::string key) {
    if (must_look()) {
        co_await look(ctx);
    }
    const auto circuit = find({ctx.who.tenant, key});
    if (!circuit || !circuit->open_until) {
        co_return std::nullopt;
    }
    const Time at = now();
    if (*circuit->open_until > at) {
        co_return circuit->open_until;
    }
    db::Params params{ctx.who.tenant, key};
    const auto rows = co_await ctx.services.database().query(
        ctx.loop, everything, "select claim_probe($1, $2)", std::move(params));
    std::optional<Time> until;
    if (rows.text(0, 0) != "t") {
        until = at + while_somebody_tries;
    }
    co_return until;
}

Task<> Circuits::ended(Ctx& ctx, std::string key, Health health) {
    using State = Health::State;
    const Place place{ctx.who.tenant, key};
    if (health.state == State::unknown || (health.state == State::well && !find(place))) {
        co_return;
    }
    if (health.state == State::well) {
        db::Params params{ctx.who.tenant, key};
        co_await ctx.services.database().query(
            ctx.loop, everything, "delete from call_circuits where queue = $1 and key = $2",
            std::move(params));
        remember(place, {});
        co_return;
    }
    db::Params params{ctx.who.tenant,
                      key,
                      failures_until_open,
                      static_cast<std::int64_t>(first_rest.count()),
                      static_cast<std::int64_t>(longest_rest.count()),
                      static_cast<std::int64_t>(health.rest.count())};
    const auto rows = co_await ctx.services.database().query(
        ctx.loop, everything,
        "select ceil(extract(epoch from open_until) * 1000)::bigint "
        "from note_trouble($1, $2, $3, $4, $5, $6)",
        std::move(params));
    Circuit circuit;
    if (!rows.is_null(0, 0)) {
        std::int64_t ms = 0;
        db::read_cell(rows.text(0, 0), ms);
        circuit.open_until = Time{Milliseconds{ms}};
    }
    remember(place, circuit);
}

}  // namespace ponte::outbound
