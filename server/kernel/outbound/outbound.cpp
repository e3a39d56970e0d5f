#include "kernel/outbound.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <stdexcept>

#include "kernel/ctx.hpp"
#include "kernel/log.hpp"
#include "kernel/outbound/client.hpp"
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
void tell(const Ctx& ctx, const std::string& vendor, const std::string& host,
          const Answer& answer) {
    log::info("called out", {{"vendor", vendor},
                             {"host", host},
                             {"request_id", ctx.request_id},
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

struct Outbound::Parts {
    explicit Parts(const Settings& settings)
        : ways{Guard(parse_blocks(settings.allow_private)), settings.authorities_file} {
        curl_global_init(CURL_GLOBAL_DEFAULT);
    }
    const Ways ways;
    std::mutex mutex;
    std::map<const Loop*, std::unique_ptr<Client>> clients;
};

Outbound::Outbound(const Settings& settings) : parts_(std::make_unique<Parts>(settings)) {}
Outbound::~Outbound() = default;

Client& Outbound::client_of(Loop& loop) {
    const std::scoped_lock lock(parts_->mutex);
    auto& client = parts_->clients[&loop];
    if (!client) {
        client = std::make_unique<Client>(loop, parts_->ways);
    }
    return *client;
}

std::string_view name_of(Trouble trouble) {
    constexpr std::string_view names[] = {"none",         "address",     "private_place",
                                          "unknown_host", "unreachable", "certificate",
                                          "timeout",      "broken"};
    return names[static_cast<std::size_t>(trouble)];
}

Task<std::vector<Answer>> call_all(Ctx& ctx, std::vector<Call> calls, std::size_t at_once) {
    if (ctx.tx.has_work()) {
        throw std::logic_error("a call goes out while a transaction is open");
    }
    std::vector<std::pair<std::string, std::string>> whom;
    for (const Call& call : calls) {
        require_clean(call);
        whom.emplace_back(call.vendor, host_of(call.url));
    }
    Client& client = ctx.services.outbound().client_of(ctx.loop);
    std::vector<Answer> answers = co_await client.run(std::move(calls), at_once);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        tell(ctx, whom[i].first, whom[i].second, answers[i]);
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
