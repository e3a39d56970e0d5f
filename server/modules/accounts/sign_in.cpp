#include "modules/accounts/sign_in.hpp"

#include "kernel/app.hpp"
#include "kernel/people.hpp"
#include "kernel/records.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/accounts/identity.hpp"
#include "modules/accounts/input.hpp"
#include "modules/accounts/password_check.hpp"
#include "modules/accounts/second_factor.hpp"
#include "modules/accounts/session.hpp"

namespace ponte::accounts {
namespace {

constexpr Field register_fields[] = {
    text("company").required().length(2, 255),
    text("name").required().length(2, 255),
    email("email").required(),
    text("password").required().length(8, 200),
};

constexpr Field login_fields[] = {
    text("email").required(),
    text("password").required(),
    text("code").up_to(40),  // of a second factor, where somebody has set one up
    // As the last sign-in to this account from here answered it: then guesses of strangers do not
    // slow this one down.
    text("device_token").up_to(400),
};

// What this device shows when somebody signs in here again.
http::Response with_device(const Ctx& ctx, http::Response response, const std::string& email) {
    Json session = Json::parse(response.body);
    session.set("deviceToken", auth::device_token(lower_case(email), ctx.services.keys.seal_key));
    response.body = session.dump();
    return response;
}

Task<http::Response> register_company(Ctx& ctx, const http::Request& request) {
    const Json body = body_object(request);
    NewCompany input{body["company"].as_string(), body["name"].as_string(),
                     body["email"].as_string(), password_in(body, "password")};
    const Member member = co_await open_company(ctx, std::move(input));
    http::Response response = co_await open_session(ctx, member, 201);
    co_return response;
}

// To the company that would have been entered, though nobody of it need have been there. What was
// typed as an e-mail that nobody has is no company's matter.
Task<> tell_of_refusal(Ctx& ctx, const std::optional<Known>& known, const char* why) {
    if (!known) {
        co_return;
    }
    ctx.enter(known->tenant_id);
    ctx.tx.act_as({db::Role::system, known->tenant_id});
    ctx.audit("user.sign_in_refused", known->user_id, Json::object({{"why", why}}));
    co_await ctx.tx.commit();
}

// Asked for only when the password was right: nobody else learns who has a second factor.
Task<> require_code(Ctx& ctx, const Known& known, std::string code) {
    const CodeCheck check = co_await check_code(ctx, known.identity_id, std::move(code));
    if (check == CodeCheck::required) {
        throw unauthenticated("auth.code_required");
    }
    if (check == CodeCheck::wrong) {
        co_await tell_of_refusal(ctx, known, "code");
        throw unauthenticated("auth.code_wrong");
    }
}

// Whether the e-mail is unknown, the password wrong or both: the same answer after the same time.
Task<http::Response> login(Ctx& ctx, const http::Request& request) {
    const Json body = body_object(request);
    Problems problems;
    const Values values = collect(login_fields, body, ctx, problems);
    const std::string password = password_in(body, "password");
    if (password.empty()) {
        problems.push_back({"password", "required", Json::object(), {}});
    }
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
    const std::string email = text_of(values, "email");
    const auto known = co_await find_identity(ctx, email);
    const std::string hash = known ? known->password_hash : std::string{};
    const std::string device = text_of(values, "device_token");
    const bool is_right = co_await is_password_right(ctx, email, hash, password, device);
    if (!is_right || !known) {
        co_await tell_of_refusal(ctx, known, "password");
        throw unauthenticated("auth.wrong_credentials");
    }
    if (!known->active || !known->is_open) {
        co_await tell_of_refusal(ctx, known, "inactive");
        throw Error(403, known->is_open ? "auth.user_inactive" : "auth.company_closed");
    }
    co_await require_code(ctx, *known, text_of(values, "code"));
    const Member member{known->tenant_id, known->user_id};
    ctx.tx.act_as({db::Role::system, member.tenant});
    http::Response response = co_await open_session(ctx, member, 200);
    co_return with_device(ctx, std::move(response), email);
}

}  // namespace

void declare_sign_in_routes(App& app) {
    Route& registration = app.route("POST", "/auth/register", register_company);
    registration.open()
        .for_people()
        .in("auth")
        .called("register")
        .takes(register_fields)
        .reading_itself()
        .gives(201, "Session");
    registration.is_limited_as_guess = true;
    Route& signing_in = app.route("POST", "/auth/login", login);
    signing_in.open()
        .for_people()
        .in("auth")
        .called("login")
        .takes(login_fields)
        .reading_itself()
        .gives(200, "Session");
    signing_in.is_limited_as_guess = true;
}

}  // namespace ponte::accounts
