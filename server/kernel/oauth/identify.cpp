#include <algorithm>
#include <charconv>
#include <map>
#include <mutex>

#include "kernel/ctx.hpp"
#include "kernel/oauth/address.hpp"
#include "kernel/oauth/id_token.hpp"
#include "kernel/services.hpp"

namespace ponte::oauth {
namespace {

using Clock = std::chrono::steady_clock;

struct KeySet {
    Json keys;
    Clock::time_point good_until;
};

// By where they are published; a provider has a handful.
class KeptKeys {
public:
    std::optional<KeySet> find(const std::string& url) {
        const std::scoped_lock lock(mutex_);
        const auto found = all_.find(url);
        return found == all_.end() ? std::nullopt : std::optional(found->second);
    }
    void keep(const std::string& url, KeySet kept) {
        const std::scoped_lock lock(mutex_);
        all_.insert_or_assign(url, std::move(kept));
    }

private:
    std::mutex mutex_;
    std::map<std::string, KeySet> all_;
};

KeptKeys& kept_keys() {
    static KeptKeys of_this_program;
    return of_this_program;
}

// "public, max-age=19800" (RFC 9111 §5.2.2.1)
std::chrono::seconds lifetime(std::string_view cache_control) {
    constexpr std::string_view word = "max-age=";
    constexpr std::int64_t most = 24 * 3600;
    const std::size_t at = cache_control.find(word);
    std::int64_t seconds = 0;
    if (at != cache_control.npos) {
        const char* begin = cache_control.data() + at + word.size();
        std::from_chars(begin, cache_control.data() + cache_control.size(), seconds);
    }
    return std::chrono::seconds{std::clamp<std::int64_t>(seconds, 0, most)};
}

Task<std::optional<KeySet>> fetch(Ctx& ctx, const OAuthProvider& provider, std::string url) {
    outbound::Call call;
    call.vendor = provider.callback;
    call.url = url;
    const outbound::Answer answer = co_await outbound::call(ctx, std::move(call));
    std::optional<KeySet> kept;
    if (answer.status == 200 && !answer.is_cut) {
        try {
            kept = KeySet{Json::parse(answer.body, 2'000),
                          Clock::now() + lifetime(answer.header("cache-control"))};
            kept_keys().keep(url, *kept);
        } catch (const Error&) {
            kept.reset();
        }
    }
    co_return kept;
}

}  // namespace

Task<Identified> identify(Ctx& ctx, const OAuthProvider& provider, const Client& client,
                          std::string_view id_token, std::string_view nonce) {
    using std::chrono::duration_cast, std::chrono::seconds;
    const Settings& settings = ctx.services.settings;
    const std::string url = address(settings, provider, provider.keys_url),
                      base = integrations_of(settings).preset_of(provider.base_variable);
    const Expected expected{base.empty() ? std::string(provider.issuer) : base, client.id,
                            std::string(nonce),
                            duration_cast<seconds>(now().time_since_epoch()).count()};
    auto kept = kept_keys().find(url);
    if (kept && Clock::now() < kept->good_until) {
        Identified found = read_id_token(id_token, kept->keys, expected);
        if (found.problem != "unknown_key") {
            co_return found;
        }
    }
    // There may be a newer key than those that we remember.
    kept = co_await fetch(ctx, provider, url);
    co_return kept ? read_id_token(id_token, kept->keys, expected) : Identified{{}, "unreachable"};
}

}  // namespace ponte::oauth
