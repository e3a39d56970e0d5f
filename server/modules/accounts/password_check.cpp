#include "modules/accounts/password_check.hpp"

#include "kernel/people.hpp"
#include "kernel/services.hpp"
#include "modules/accounts/identity.hpp"

namespace ponte::accounts {
namespace {

constexpr std::size_t longest_password = 1'000;  // longer ones are no password of ours

}  // namespace

Task<bool> is_password_right(Ctx& ctx, std::string account, std::string hash, std::string password,
                             std::string device_token) {
    using auth::GuessLimits;
    GuessLimits& limits = ctx.services.sessions().guesses();
    account = lower_case(std::move(account));
    const std::string device =
        auth::known_device(device_token, account, ctx.services.keys.seal_key);
    const GuessLimits::Attempt attempt{std::move(account), ctx.remote_address, device};
    const auto wait = limits.wait_before(attempt, now());
    if (!wait || password.size() > longest_password) {
        throw too_many_requests(GuessLimits::retry_after_s);
    }
    if (wait->count() > 0) {
        co_await ctx.loop.sleep(*wait);
    }
    const bool is_right = co_await auth::password_matches(ctx.loop, hash, password);
    if (is_right) {
        limits.succeeded(attempt);
    } else if (limits.failed(attempt, now())) {
        throw too_many_requests(GuessLimits::retry_after_s);
    }
    co_return is_right;
}

}  // namespace ponte::accounts
