#include "modules/accounts/second_factor.hpp"

#include <algorithm>

#include "kernel/records.hpp"
#include "kernel/signature.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/accounts/input.hpp"
#include "modules/accounts/password_check.hpp"
#include "modules/accounts/role.hpp"
#include "modules/accounts/totp.hpp"

namespace ponte::accounts {
namespace {

constexpr std::size_t secret_bytes = 20;
constexpr int recovery_codes = 10;
constexpr std::size_t recovery_bytes = 10;  // 80 bits: 16 letters
constexpr int most_failures = 10;
constexpr int rest_s = 15 * 60;

const db::Scope as_system{db::Role::system, {}};

struct Factor {
    std::string secret;
    bool is_on = false, is_resting = false;
    std::string since;
};
FIELDS(Factor, secret, is_on, is_resting, since);

// Units of their own: no transaction stays open while a password is hashed.
Task<db::Rows> ask(Ctx& ctx, std::string sql, db::Params params) {
    auto rows = co_await ctx.services.database().query(ctx.loop, as_system, std::move(sql),
                                                       std::move(params));
    co_return rows;
}

Task<std::optional<Factor>> factor_of(Ctx& ctx, Id identity) {
    db::Params params{identity};
    const db::Rows rows = co_await ask(
        ctx,
        "select secret, confirmed_at is not null as is_on, "
        "coalesce(resting_until > now(), false) as is_resting, "
        "coalesce(to_json(confirmed_at at time zone 'UTC') #>> '{}' || 'Z', '') as since "
        "from second_factors where identity_id = $1",
        std::move(params));
    std::optional<Factor> found;
    if (!rows.empty()) {
        found = db::read_row<Factor>(rows, 0);
    }
    co_return found;
}

// Bound to its login: a secret that is copied to another opens nothing there.
std::string sealed(const Ctx& ctx, const Id& identity, const std::string& secret) {
    return auth::seal(identity.text() + secret, ctx.services.keys.seal_key);
}
std::string opened(const Ctx& ctx, const Id& identity, const std::string& sealed_secret) {
    const auto plain = auth::unseal(sealed_secret, ctx.services.keys.seal_key);
    const std::string whose = identity.text();
    if (!plain || !plain->starts_with(whose)) {
        throw conflict("secret.unreadable");
    }
    return plain->substr(whose.size());
}

// People type blanks and dashes where there are none, and small letters.
std::string as_compared(std::string_view typed) {
    std::string code;
    for (const char c : typed) {
        if (c != ' ' && c != '-') {
            code += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
        }
    }
    return code;
}

bool is_of_app(const std::string& code) {
    constexpr std::size_t digits = 6;
    return code.size() == digits &&
           std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
}

std::string digest_of(const Ctx& ctx, const Id& identity, const std::string& code) {
    return to_hex(hmac_sha256(ctx.services.keys.seal_key, identity.text() + code));
}

Task<bool> use_recovery_code(Ctx& ctx, Id identity, const std::string& code) {
    db::Params params{identity, digest_of(ctx, identity, code)};
    const db::Rows rows = co_await ask(ctx,
                                       "update recovery_codes set used_at = now() "
                                       "where identity_id = $1 and digest = $2 "
                                       "and used_at is null returning 1",
                                       std::move(params));
    co_return !rows.empty();
}

// Whoever moves the step forward has used the code: nobody else does, at whatever moment they try.
Task<bool> use_step(Ctx& ctx, Id identity, std::int64_t step) {
    db::Params params{identity, step};
    const db::Rows rows = co_await ask(ctx,
                                       "update second_factors set last_step = $2, failures = 0 "
                                       "where identity_id = $1 and last_step < $2 returning 1",
                                       std::move(params));
    co_return !rows.empty();
}

Task<> count_failure(Ctx& ctx, Id identity) {
    db::Params params{identity, most_failures, rest_s};
    co_await ask(ctx,
                 "update second_factors set failures = (failures + 1) % $2::int, "
                 "resting_until = case when failures + 1 >= $2::int "
                 "then now() + make_interval(secs => $3::int) else resting_until end "
                 "where identity_id = $1",
                 std::move(params));
}

Task<bool> is_code_right(Ctx& ctx, Id identity, const Factor& factor, std::string typed) {
    const std::string code = as_compared(typed);
    if (!is_of_app(code)) {
        const bool is_known = co_await use_recovery_code(ctx, identity, code);
        co_return is_known;
    }
    if (factor.is_resting) {
        throw too_many_requests(rest_s);
    }
    const std::int64_t now_s =
        std::chrono::duration_cast<std::chrono::seconds>(now().time_since_epoch()).count();
    const auto step = step_of_code(opened(ctx, identity, factor.secret), code, now_s);
    if (!step) {
        co_return false;
    }
    const bool is_first = co_await use_step(ctx, identity, *step);
    co_return is_first;
}

// Kept nowhere, not even as the answer to an Idempotency-Key.
http::Response shown_once(int status, const Json& body) {
    http::Response response = reply(status, body);
    response.with("Cache-Control", "no-store");
    return response;
}

// Shown once; afterwards only their digests are known.
Json make_recovery_codes(Ctx& ctx, const Id& identity) {
    Json shown = Json::array();
    std::vector<std::string> digests;
    for (int i = 0; i < recovery_codes; ++i) {
        const std::string code = base32(random_bytes(recovery_bytes));
        digests.push_back(digest_of(ctx, identity, code));
        constexpr std::size_t group = 4;
        std::string text;
        for (std::size_t at = 0; at < code.size(); at += group) {
            text += (at == 0 ? "" : "-") + code.substr(at, group);
        }
        shown.push(text);
    }
    ctx.tx.queue("delete from recovery_codes where identity_id = $1", {identity});
    ctx.tx.queue("insert into recovery_codes (identity_id, digest) select $1, unnest($2::text[])",
                 {identity, std::move(digests)});
    return shown;
}

// The one whose session it is, who has typed the password once more.
Task<Known> confirmed_owner(Ctx& ctx, const http::Request& request) {
    const std::string password = password_in(body_object(request), "password");
    if (password.empty()) {
        throw invalid("password", "required");
    }
    const auto known = co_await identity_of(ctx, ctx.who.user);
    const std::string hash = known ? known->password_hash : std::string{};
    const bool is_right = co_await is_password_right(ctx, ctx.who.email, hash, password);
    if (!is_right || !known) {
        throw invalid("password", "wrong");
    }
    ctx.tx.act_as({db::Role::system, ctx.who.tenant});
    co_return *known;
}

Task<Known> owner(Ctx& ctx) {
    const auto known = co_await identity_of(ctx, ctx.who.user);
    if (!known) {
        throw not_found("user");
    }
    co_return *known;
}

Task<http::Response> show(Ctx& ctx, const http::Request&) {
    const Known known = co_await owner(ctx);
    const auto factor = co_await factor_of(ctx, known.identity_id);
    db::Params params{known.identity_id};
    const db::Rows left = co_await ask(
        ctx, "select count(*) from recovery_codes where identity_id = $1 and used_at is null",
        std::move(params));
    std::int64_t codes = 0;
    db::read_cell(left.text(0, 0), codes);
    const bool is_on = factor && factor->is_on;
    co_return reply(200, Json::object({{"enabled", is_on},
                                       {"since", is_on ? Json(factor->since) : Json{}},
                                       {"recoveryCodesLeft", is_on ? codes : 0}}));
}

// Until it is confirmed, it may be begun anew.
Task<http::Response> begin(Ctx& ctx, const http::Request& request) {
    const Known known = co_await confirmed_owner(ctx, request);
    const std::string secret = random_bytes(secret_bytes);
    const auto made = co_await ctx.tx.maybe<Id>(
        "insert into second_factors as f (identity_id, secret) values ($1, $2) "
        "on conflict (identity_id) do update set secret = excluded.secret, last_step = 0, "
        "created_at = now() where f.confirmed_at is null returning identity_id",
        known.identity_id, sealed(ctx, known.identity_id, secret));
    if (!made) {
        throw conflict("second_factor.already_on");
    }
    ctx.wrote("");
    co_return reply(
        201, Json::object({{"secret", base32(secret)}, {"uri", totp_uri(ctx.who.email, secret)}}));
}

Task<http::Response> confirm(Ctx& ctx, const http::Request&) {
    const Known known = co_await owner(ctx);
    const auto factor = co_await factor_of(ctx, known.identity_id);
    if (!factor) {
        throw conflict("second_factor.not_begun");
    }
    if (factor->is_on) {
        throw conflict("second_factor.already_on");
    }
    const std::string code = as_compared(text_of(ctx.input, "code"));
    const bool is_right =
        is_of_app(code) && co_await is_code_right(ctx, known.identity_id, *factor, code);
    if (!is_right) {
        co_await count_failure(ctx, known.identity_id);
        throw invalid("code", "wrong_code");
    }
    ctx.tx.act_as({db::Role::system, ctx.who.tenant});
    ctx.tx.queue("update second_factors set confirmed_at = now() where identity_id = $1",
                 {known.identity_id});
    Json codes = make_recovery_codes(ctx, known.identity_id);
    ctx.audit("user.second_factor_enabled", ctx.who.user);
    ctx.wrote("");
    co_return shown_once(200, Json::object({{"recoveryCodes", std::move(codes)}}));
}

Task<http::Response> renew_codes(Ctx& ctx, const http::Request& request) {
    const Known known = co_await confirmed_owner(ctx, request);
    const auto factor = co_await factor_of(ctx, known.identity_id);
    if (!factor || !factor->is_on) {
        throw conflict("second_factor.not_on");
    }
    Json codes = make_recovery_codes(ctx, known.identity_id);
    ctx.audit("user.recovery_codes_made", ctx.who.user);
    ctx.wrote("");
    co_return shown_once(200, Json::object({{"recoveryCodes", std::move(codes)}}));
}

Task<http::Response> disable(Ctx& ctx, const http::Request& request) {
    const Known known = co_await confirmed_owner(ctx, request);
    const bool was_on = co_await remove_second_factor(ctx, known.identity_id);
    if (!was_on) {
        throw conflict("second_factor.not_on");
    }
    ctx.audit("user.second_factor_disabled", ctx.who.user);
    ctx.wrote("");
    co_return no_content();
}

// For somebody who lost telephone and codes, by whoever could give them another password.
Task<http::Response> remove_of_another(Ctx& ctx, const http::Request& request) {
    const Id user = path_id(request, "user");
    ctx.tx.act_as({db::Role::system, ctx.who.tenant});
    const auto role = co_await ctx.tx.maybe<std::string>(
        "select role from users where tenant_id = current_tenant() and id = $1 "
        "and deleted_at is null",
        user);
    if (!role) {
        throw not_found("user");
    }
    std::vector<std::string> roles{*role};
    co_await require_covering(ctx, std::move(roles));
    const auto known = co_await identity_of(ctx, user);
    const bool was_on = known && co_await remove_second_factor(ctx, known->identity_id);
    if (!was_on) {
        throw conflict("second_factor.not_on");
    }
    ctx.audit("user.second_factor_disabled", user);
    ctx.wrote("");
    co_return no_content();
}

constexpr Field password_fields[] = {text("password").required().up_to(200)};
constexpr Field code_fields[] = {text("code").required().up_to(20)};

}  // namespace

Task<CodeCheck> check_code(Ctx& ctx, Id identity, std::string code) {
    const auto factor = co_await factor_of(ctx, identity);
    if (!factor || !factor->is_on) {
        co_return CodeCheck::passed;
    }
    if (as_compared(code).empty()) {
        co_return CodeCheck::required;
    }
    const bool is_right = co_await is_code_right(ctx, identity, *factor, std::move(code));
    if (!is_right) {
        co_await count_failure(ctx, identity);
    }
    co_return is_right ? CodeCheck::passed : CodeCheck::wrong;
}

Task<bool> remove_second_factor(Ctx& ctx, Id identity) {
    const auto removed = co_await ctx.tx.maybe<bool>(
        "delete from second_factors where identity_id = $1 "
        "returning confirmed_at is not null",
        identity);
    co_return removed.value_or(false);
}

Task<bool> forget_second_factor(Services& services, Loop& loop, std::string email) {
    Ctx ctx(services, loop);
    ctx.now = now();
    const auto known = co_await find_identity(ctx, std::move(email));
    if (!known) {
        throw not_found("user");
    }
    ctx.enter(known->tenant_id);
    ctx.tx.act_as({db::Role::system, known->tenant_id});
    const bool was_on = co_await remove_second_factor(ctx, known->identity_id);
    if (was_on) {
        ctx.audit("user.second_factor_disabled", known->user_id);
    }
    co_await ctx.tx.commit();
    co_return was_on;
}

void declare_second_factor_routes(App& app) {
    app.route("GET", "/auth/second-factor", show)
        .for_people()
        .in("auth")
        .called("getSecondFactor")
        .gives(200, "SecondFactor");
    app.route("POST", "/auth/second-factor", begin)
        .for_people()
        .in("auth")
        .called("beginSecondFactor")
        .takes(password_fields)
        .reading_itself()
        .gives(201, "SecondFactorSecret");
    app.route("POST", "/auth/second-factor/confirm", confirm)
        .for_people()
        .in("auth")
        .called("confirmSecondFactor")
        .takes(code_fields)
        .gives(200, "RecoveryCodes");
    app.route("POST", "/auth/second-factor/recovery-codes", renew_codes)
        .for_people()
        .in("auth")
        .called("makeRecoveryCodes")
        .takes(password_fields)
        .reading_itself()
        .gives(200, "RecoveryCodes");
    app.route("POST", "/auth/second-factor/disable", disable)
        .for_people()
        .in("auth")
        .called("disableSecondFactor")
        .takes(password_fields)
        .reading_itself()
        .gives(204, "none");
    app.route("DELETE", "/users/{id}/second-factor", remove_of_another)
        .needs("users.update")
        .for_people()
        .in("users")
        .called("removeSecondFactor")
        .gives(204, "none");
}

}  // namespace ponte::accounts
