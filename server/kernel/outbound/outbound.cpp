#include "kernel/outbound.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <stdexcept>

#include "kernel/ctx.hpp"
#include "kernel/log.hpp"
#include "kernel/outbound/client.hpp"
#include "kernel/outbound/to_store.hpp"
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
void tell(const std::string& asker, const std::string& vendor, const std::string& host,
          const Answer& answer) {
    log::info("called out", {{"vendor", vendor},
                             {"host", host},
                             {"request_id", asker},
                             {"status", answer.status},
                             {"trouble", name_of(answer.trouble)},
                             {"ms", static_cast<std::int64_t>(answer.took.count())},
                             {"bytes", static_cast<std::int64_t>(answer.body.size())}});
}

std::string host_of(std::string_view url) {
    const std::size_t begin = std::min(url.find("//"), url.size());
    url.remove_prefix(std::min(begin + 2, url.size()));
    return std::string(url.substr(0, url.find_first_of("/?#")));
}

}  // namespace

namespace {

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
};

Outbound::Outbound(const Settings& settings) : parts_(std::make_unique<Parts>(settings)) {}
Outbound::~Outbound() = default;

Client& Outbound::client_of(Loop& loop) { return parts_->of(parts_->usual, loop); }

Client& Outbound::operators_client_of(Loop& loop) { return parts_->of(parts_->operators, loop); }

const std::string& Outbound::operators_endpoint() const { return parts_->endpoint; }

std::string_view name_of(Trouble trouble) {
    constexpr std::string_view names[] = {"none",         "address",     "private_place",
                                          "unknown_host", "unreachable", "certificate",
                                          "timeout",      "broken"};
    return names[static_cast<std::size_t>(trouble)];
}

namespace {

Task<std::vector<Answer>> run(Client& client, std::vector<Call> calls, std::size_t at_once,
                              std::string asker) {
    std::vector<std::pair<std::string, std::string>> whom;
    for (const Call& call : calls) {
        require_clean(call);
        whom.emplace_back(call.vendor, host_of(call.url));
    }
    std::vector<Answer> answers = co_await client.run(std::move(calls), at_once);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        tell(asker, whom[i].first, whom[i].second, answers[i]);
    }
    co_return answers;
}

// The host itself, or a bucket's name in front of it; the same scheme and port.
bool is_of(std::string_view endpoint, std::string_view url) {
    const std::size_t begin = std::min(endpoint.find("//"), endpoint.size() - 2) + 2;
    if (!url.starts_with(endpoint.substr(0, begin))) {
        return false;
    }
    const std::string own = host_of(endpoint), called = host_of(url);
    return called == own || called.ends_with("." + own);
}

}  // namespace

Task<std::vector<Answer>> call_all(Ctx& ctx, std::vector<Call> calls, std::size_t at_once) {
    if (ctx.tx.has_work()) {
        throw std::logic_error("a call goes out while a transaction is open");
    }
    Client& client = ctx.services.outbound().client_of(ctx.loop);
    std::vector<Answer> answers = co_await run(client, std::move(calls), at_once, ctx.request_id);
    co_return answers;
}

Task<std::vector<Answer>> call_store(Outbound& outbound, Loop& loop, std::vector<Call> calls,
                                     std::size_t at_once) {
    const std::string& endpoint = outbound.operators_endpoint();
    for (const Call& call : calls) {
        if (!endpoint.empty() && !is_of(endpoint, call.url)) {
            throw std::logic_error("not the address that the operator typed");
        }
    }
    Client& client =
        endpoint.empty() ? outbound.client_of(loop) : outbound.operators_client_of(loop);
    const std::string nobody;  // of those whom requests and jobs are for
    std::vector<Answer> answers = co_await run(client, std::move(calls), at_once, nobody);
    co_return answers;
}

Task<Answer> call(Ctx& ctx, Call call) {
    std::vector<Call> calls;
    calls.push_back(std::move(call));
    std::vector<Answer> answers = co_await call_all(ctx, std::move(calls), 1);
    co_return std::move(answers.front());
}

}  // namespace ponte::outbound
