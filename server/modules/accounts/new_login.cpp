#include "modules/accounts/new_login.hpp"

#include "kernel/people.hpp"
#include "kernel/route.hpp"
#include "kernel/services.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/accounts/identity.hpp"
#include "modules/accounts/input.hpp"

namespace ponte::accounts {
namespace {

// Whether an address is known is a question that strangers may ask as seldom as they may try
// passwords: each that turns out to be known counts as a wrong guess from where it was asked.
Task<bool> is_taken_as_told_to_strangers(Ctx& ctx, std::string email) {
    using auth::GuessLimits;
    GuessLimits& limits = ctx.services.sessions().guesses();
    const GuessLimits::Attempt attempt{"register " + lower_case(email), ctx.remote_address};
    const auto wait = limits.wait_before(attempt, now());
    if (!wait) {
        throw too_many_requests(GuessLimits::retry_after_s);
    }
    if (wait->count() > 0) {
        co_await ctx.loop.sleep(*wait);
    }
    const bool is_taken = co_await is_email_taken(ctx, std::move(email));
    if (is_taken && limits.failed(attempt, now())) {
        throw too_many_requests(GuessLimits::retry_after_s);
    }
    co_return is_taken;
}

// A stranger is only told when all else is right: an attempt that leaves nothing behind tells
// nothing.
Task<bool> is_taken(Ctx& ctx, std::string email, const Problems& problems) {
    bool is_taken = false;
    if (is_stranger(ctx) && problems.empty()) {
        is_taken = co_await is_taken_as_told_to_strangers(ctx, email);
    } else if (!is_stranger(ctx) && !has_problem(problems, "email")) {
        is_taken = co_await is_email_taken(ctx, email);
    }
    co_return is_taken;
}

}  // namespace

bool is_stranger(const Ctx& ctx) { return ctx.route && ctx.route->is_open; }

Task<NewLogin> check_new_login(Ctx& ctx, std::span<const Field> fields, Json body,
                               Problems problems) {
    const std::string password = password_in(body, "password");
    NewLogin login{collect(fields, body, ctx, problems), {}, {}};
    login.email = text_of(login.values, "email");
    check_password(password, login.email, "password", problems);
    const bool is_known = co_await is_taken(ctx, login.email, problems);
    if (is_known) {
        problems.push_back({"email", "taken", Json::object(), {}});
    }
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
    login.password_hash = co_await auth::hash_password(ctx.loop, password);
    co_return login;
}

}  // namespace ponte::accounts
