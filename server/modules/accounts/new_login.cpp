#include "modules/accounts/new_login.hpp"

#include "modules/accounts/identity.hpp"
#include "modules/accounts/input.hpp"

namespace ponte::accounts {

Task<NewLogin> check_new_login(Ctx& ctx, std::span<const Field> fields, Json body,
                               Problems problems) {
    const std::string password = password_in(body, "password");
    NewLogin login{collect(fields, body, ctx, problems), {}, {}};
    login.email = text_of(login.values, "email");
    check_password(password, login.email, "password", problems);
    if (!has_problem(problems, "email")) {
        const bool is_taken = co_await is_email_taken(ctx, login.email);
        if (is_taken) {
            problems.push_back({"email", "taken", Json::object(), {}});
        }
    }
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
    login.password_hash = co_await auth::hash_password(ctx.loop, password);
    co_return login;
}

}  // namespace ponte::accounts
