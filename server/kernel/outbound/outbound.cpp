#include "kernel/outbound.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <stdexcept>

#include "kernel/ctx.hpp"
#include "kernel/log.hpp"
#include "kernel/outbound/circuits.hpp"
#include "kernel/outbound/client.hpp"
#include "kernel/outbound/ledger.hpp"
#include "kernel/outbound/to_store.hpp"
#include "kernel/outbound/whom.hpp"
#include "kernel/services.hpp"

namespace ponte::outbound {
namespace {

bool has_control(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

// Nothing that a user typed may end a line of what is sent.
void require_clean(const Call& call) {
    const bool is_clean = !has_control(call.method) && !has_control(call.url) &&
                          !has_control(call.mail_from) && !has_control(call.mail_to) &&
                          std::ranges::none_of(call.headers, has_control);
    if (!is_clean) {
        throw std::invalid_argument("a control character in the head of a call");
    }
}

// Hosts are told, paths are not: they may hold somebody's token.
void tell(const std::string& asker, const Call& call, const Answer& answer) {
    log::info("called out", {{"vendor", call.vendor},
                             {"host", whom_of(call.url).host},
                             {"request_id", asker},
                             {"status", answer.status},
                             {"trouble", name_of(answer.trouble)},
                             {"ms", static_cast<std::int64_t>(answer.took.count())},
                             {"bytes", static_cast<std::int64_t>(answer.body.size())}});
}

Task<Answer> answer_of_resting(Ctx& ctx, const Call& call) {
    Answer answer;
    if (call.circuit == Call::Circuit::heeds) {
        answer.again_at =
            co_await ctx.services.outbound().circuits().resting(ctx, Circuits::key_of(call));
        answer.trouble = answer.again_at ? Trouble::resting : Trouble::none;
    }
    co_return answer;
}

// What is known of a call beside its body, which goes out with it.
Call without_body(const Call& call) {
    Call facts;
    facts.vendor = call.vendor;
    facts.method = call.method;
    facts.url = call.url;
    facts.connection = call.connection;
    facts.circuit = call.circuit;
    facts.shows_path = call.shows_path;
    return facts;
}

Task<> note(Ctx& ctx, const Call& call, const Answer& answer) {
    tell(ctx.request_id, call, answer);
    Outbound& outbound = ctx.services.outbound();
    outbound.ledger().note(ctx, call, answer);
    if (call.circuit != Call::Circuit::ignores) {
        const Health health = health_of(call, answer, now());
        co_await outbound.circuits().ended(ctx, Circuits::key_of(call), health);
    }
}

// Networks that somebody runs, this machine among them. What machines of clouds ask about
// themselves (169.254.0.0/16) is none.
constexpr std::string_view networks =
    "10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, ::1/128, fc00::/7";

}  // namespace

struct Outbound::Parts {
    struct Clients {
        Ways ways;
        std::map<const Loop*, std::unique_ptr<Client>> of;
    };
    explicit Parts(Services& services) : Parts(services.settings) {
        ledger = std::make_shared<Ledger>(services);
    }
    explicit Parts(const Settings& settings)
        : usual{{Guard(parse_blocks(settings.allow_private)), settings.authorities_file}, {}},
          operators{{Guard(parse_blocks(networks)), settings.authorities_file}, {}},
          endpoint(settings.objects.endpoint) {
        curl_global_init(CURL_GLOBAL_DEFAULT);
    }
    Client& of(Clients& clients, Loop& loop) {
        const std::scoped_lock lock(mutex);
        auto& client = clients.of[&loop];
        if (!client) {
            client = std::make_unique<Client>(loop, clients.ways);
        }
        return *client;
    }
    Clients usual, operators;
    const std::string endpoint;  // of the store of objects, as the operator typed it
    std::mutex mutex;
    Circuits circuits;
    std::shared_ptr<Ledger> ledger;  // shared with what is still to be written
};

Outbound::Outbound(Services& services) : parts_(std::make_unique<Parts>(services)) {}
Outbound::Outbound(const Settings& settings) : parts_(std::make_unique<Parts>(settings)) {}
Outbound::~Outbound() = default;
Circuits& Outbound::circuits() { return parts_->circuits; }
Ledger& Outbound::ledger() { return *parts_->ledger; }
void Outbound::stop() {
    if (parts_->ledger) {
        parts_->ledger->stop();
    }
}

Client& Outbound::client_of(Loop& loop) { return parts_->of(parts_->usual, loop); }

Client& Outbound::operators_client_of(Loop& loop) { return parts_->of(parts_->operators, loop); }

const std::string& Outbound::operators_endpoint() const { return parts_->endpoint; }

std::string_view name_of(Trouble trouble) {
    constexpr std::string_view names[] = {"none",         "address",     "private_place",
                                          "unknown_host", "unreachable", "certificate",
                                          "timeout",      "broken",      "resting"};
    return names[static_cast<std::size_t>(trouble)];
}

Task<std::vector<Answer>> call_all(Ctx& ctx, std::vector<Call> calls, std::size_t at_once) {
    if (ctx.tx.has_work()) {
        throw std::logic_error("a call goes out while a transaction is open");
    }
    std::vector<Answer> answers(calls.size());
    std::vector<Call> facts, going;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        require_clean(calls[i]);
        answers[i] = co_await answer_of_resting(ctx, calls[i]);
        if (answers[i].trouble == Trouble::none) {
            places.push_back(i);
            facts.push_back(without_body(calls[i]));
            going.push_back(std::move(calls[i]));
        }
    }
    if (going.empty()) {
        co_return answers;
    }
    Client& client = ctx.services.outbound().client_of(ctx.loop);
    std::vector<Answer> came = co_await client.run(std::move(going), at_once);
    for (std::size_t i = 0; i < came.size(); ++i) {
        co_await note(ctx, facts[i], came[i]);
        answers[places[i]] = std::move(came[i]);
    }
    co_return answers;
}

namespace {

// The host itself, or a bucket's name in front of it; the same scheme and port.
bool is_of(std::string_view endpoint, std::string_view url) {
    const std::size_t begin = std::min(endpoint.find("//"), endpoint.size() - 2) + 2;
    if (!url.starts_with(endpoint.substr(0, begin))) {
        return false;
    }
    const std::string own = whom_of(endpoint).host, called = whom_of(url).host;
    return called == own || called.ends_with("." + own);
}

}  // namespace

Task<std::vector<Answer>> call_store(Outbound& outbound, Loop& loop, std::vector<Call> calls,
                                     std::size_t at_once) {
    const std::string& endpoint = outbound.operators_endpoint();
    std::vector<Call> facts;
    for (const Call& call : calls) {
        require_clean(call);
        if (!endpoint.empty() && !is_of(endpoint, call.url)) {
            throw std::logic_error("not the address that the operator typed");
        }
        facts.push_back(without_body(call));
    }
    Client& client =
        endpoint.empty() ? outbound.client_of(loop) : outbound.operators_client_of(loop);
    std::vector<Answer> answers = co_await client.run(std::move(calls), at_once);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        tell({}, facts[i], answers[i]);  // of nobody whom requests and jobs are for
    }
    co_return answers;
}

Task<Answer> call(Ctx& ctx, Call call) {
    std::vector<Call> calls;
    calls.push_back(std::move(call));
    std::vector<Answer> answers = co_await call_all(ctx, std::move(calls), 1);
    co_return std::move(answers.front());
}

}  // namespace ponte::outbound
