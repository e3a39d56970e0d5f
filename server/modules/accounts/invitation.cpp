#include "modules/accounts/invitation.hpp"

#include <typeindex>

#include "kernel/records.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/accounts/identity.hpp"
#include "modules/accounts/input.hpp"
#include "modules/accounts/letter.hpp"
#include "modules/accounts/password_reset.hpp"
#include "modules/accounts/user.hpp"

namespace ponte::accounts {
namespace {

constexpr Field invitation_fields[] = {
    email("email").required(),
    text("role").required().up_to(40).starts_as("agent"),
    text("name").length(2, 255),
    link("team_id", "team"),
};

// Until somebody says otherwise, they are called as their address begins.
std::string name_of(const Values& values, const std::string& address) {
    const std::string given = text_of(values, "name");
    return given.empty() ? address.substr(0, address.find('@')) : given;
}

// A user who cannot sign in before they have chosen a password: no password matches none.
Task<Known> make_invited(Ctx& ctx, const Values& values) {
    const std::string address = text_of(values, "email");
    const UserDraft draft{name_of(values, address), address, text_of(values, "role"),
                          Id::parse(text_of(values, "team_id")), true};
    Known known;
    known.tenant_id = ctx.who.tenant;
    known.user_id = co_await insert_user(ctx, draft, "", false);
    known.identity_id =
        co_await ctx.tx.one<Id>("select identity_id from users where tenant_id = $1 and id = $2",
                                known.tenant_id, known.user_id);
    co_return known;
}

Task<http::Response> invite(Ctx& ctx, const http::Request& request) {
    const Json body = body_object(request);
    Problems problems;
    const Values values = collect(invitation_fields, body, ctx, problems);
    if (body["role"].is_string()) {
        co_await check_role_name(ctx, body["role"].as_string(), problems);
    }
    if (!has_problem(problems, "email")) {
        const bool is_known = co_await is_email_taken(ctx, text_of(values, "email"));
        if (is_known) {
            problems.push_back({"email", "taken", Json::object(), {}});
        }
    }
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
    ctx.tx.act_as({db::Role::system, ctx.who.tenant});
    const Known known = co_await make_invited(ctx, values);
    const ResetLink link = queue_link(ctx, known, invitation_lifetime);
    const Letter letter{"accounts.invitation", known.user_id, link.path};
    co_await send_letter(ctx, letter);
    co_await ctx.tx.commit();
    http::Response response =
        reply(201, Json::object({{"id", known.user_id},
                                 {"email", text_of(values, "email")},
                                 {"path", link.path},
                                 {"expiresAt", format_time(link.expires_at)}}));
    response.with("Cache-Control", "no-store");
    co_return response;
}

struct Forgotten {
    std::string email;
};
FIELDS(Forgotten, email);

// Not more than one in a while, whoever asks however often, and twice at once.
Task<bool> was_just_sent(Ctx& ctx, Id identity) {
    ctx.tx.queue("select from identities where id = $1 for update", {identity});
    const auto sent = co_await ctx.tx.one<bool>(
        "select exists (select from password_resets where identity_id = $1 "
        "and created_at > now() - interval '2 minutes')",
        identity);
    co_return sent;
}

Task<> send_reset_link(Ctx& ctx, const Forgotten& forgotten) {
    const auto known = co_await find_identity(ctx, forgotten.email);
    if (!known || !known->active || !known->is_open) {
        co_return;
    }
    ctx.enter_as_system(known->tenant_id);
    ctx.tx.act_as({db::Role::system, known->tenant_id});
    const bool is_enough = co_await was_just_sent(ctx, known->identity_id);
    if (is_enough) {
        co_return;
    }
    const ResetLink link = queue_link(ctx, *known, reset_link_lifetime, Goes::by_mail);
    const Letter letter{"accounts.password_link", known->user_id, link.path};
    co_await send_letter(ctx, letter);
}

// Says the same and takes the same time whether or not anybody signs in with it: the rest is a job.
Task<http::Response> forgot(Ctx& ctx, const http::Request&) {
    ctx.tx.act_as({db::Role::system, {}});
    const Forgotten forgotten{lower_case(*ctx.input.text("email"))};
    ctx.enqueue_args(std::type_index(typeid(Forgotten)), args_to(forgotten));
    co_return reply(202, Json::object({{"accepted", true}}));
}

constexpr Field forgot_fields[] = {email("email").required()};

}  // namespace

void declare_invitation_routes(App& app) {
    app.route("POST", "/users/invitations", invite)
        .needs("users.create")
        .in("users")
        .called("inviteUser")
        .takes(invitation_fields)
        .reading_itself()
        .for_people()  // what it answers lets somebody in
        .gives(201, "Invitation");
    Route& ask = app.route("POST", "/auth/forgot", forgot);
    ask.open()
        .in("auth")
        .called("forgotPassword")
        .takes(forgot_fields)
        .for_people()
        .gives(202, "Accepted");
    ask.is_limited_as_guess = true;
    app.job<Forgotten>("accounts.send_reset_link", send_reset_link);
}

}  // namespace ponte::accounts
