#include "modules/accounts/identity.hpp"

#include <algorithm>

#include "kernel/services.hpp"
#include "modules/accounts/weak_password.hpp"

namespace ponte::accounts {
namespace {

constexpr std::int64_t shortest_password = 8, longest_password = 200;

// An identity with several users signs in where it was last.
constexpr std::string_view known_sql =
    "select i.id as identity_id, u.tenant_id, u.id as user_id, i.password_hash, u.active, "
    "t.status in ('active', 'trial') as is_open, i.is_operator, "
    "i.email_confirmed_at is not null as is_confirmed "
    "from identities i join users u on u.identity_id = i.id and u.deleted_at is null "
    "join tenants t on t.tenant_id = u.tenant_id ";

// A unit of its own: no transaction stays open while a password is hashed.
Task<std::optional<Known>> known(Ctx& ctx, std::string condition, db::Param value) {
    const db::Scope scope{db::Role::system, {}};
    db::Params params{std::move(value)};
    std::string sql = std::string(known_sql) + condition +
                      " order by u.active desc, u.last_login_at desc nulls last limit 1";
    const db::Rows rows =
        co_await ctx.services.database().query(ctx.loop, scope, std::move(sql), std::move(params));
    std::optional<Known> found;
    if (!rows.empty()) {
        found = db::read_row<Known>(rows, 0);
    }
    co_return found;
}

}  // namespace

Task<std::optional<Known>> find_identity(Ctx& ctx, std::string email) {
    auto found = co_await known(ctx, "where lower(i.email) = lower($1)", std::move(email));
    co_return found;
}

Task<std::optional<Known>> identity_of(Ctx& ctx, Id user) {
    auto found = co_await known(ctx, "where u.id = $1", user);
    co_return found;
}

Task<std::optional<Known>> identity_by_id(Ctx& ctx, Id identity) {
    auto found = co_await known(ctx, "where i.id = $1", identity);
    co_return found;
}

Task<bool> is_email_taken(Ctx& ctx, std::string email) {
    const db::Scope scope{db::Role::system, {}};
    db::Params params{std::move(email)};
    const db::Rows rows = co_await ctx.services.database().query(
        ctx.loop, scope, "select 1 from identities where lower(email) = lower($1)",
        std::move(params));
    co_return !rows.empty();
}

Task<Id> make_identity(Ctx& ctx, std::string email, std::string password_hash, bool is_operator) {
    const auto made = co_await ctx.tx.maybe<Id>(
        "insert into identities (email, password_hash, is_operator) values ($1, $2, $3) "
        "on conflict (lower(email)) do nothing returning id",
        std::move(email), std::move(password_hash), is_operator);
    if (!made) {
        throw invalid("email", "taken");
    }
    co_return *made;
}

void change_email(Ctx& ctx, Id user, std::string email) {
    ctx.tx.queue(
        "update identities set email = $2, updated_at = now() "
        "where id = (select identity_id from users where tenant_id = current_tenant() and id = $1)",
        {user, std::move(email)});
}

void confirm_email(Ctx& ctx, Id identity) {
    ctx.tx.queue(
        "update identities set email_confirmed_at = now() "
        "where id = $1 and email_confirmed_at is null",
        {identity});
}

void doubt_email(Ctx& ctx, Id user) {
    ctx.tx.queue(
        "update identities set email_confirmed_at = null "
        "where id = (select identity_id from users where tenant_id = current_tenant() and id = $1)",
        {user});
}

void change_password(Ctx& ctx, Id identity, std::string password_hash) {
    ctx.tx.queue(
        "update identities set password_hash = $2, password_changed_at = now(), updated_at = now() "
        "where id = $1",
        {identity, std::move(password_hash)});
    ctx.tx.queue("delete from password_resets where identity_id = $1", {identity});
}

void check_password(const std::string& password, const std::string& email, std::string field,
                    Problems& problems) {
    const auto length = static_cast<std::int64_t>(utf8_length(password));
    const auto add = [&](const char* code, Json params) {
        problems.push_back({std::move(field), code, std::move(params), {}});
    };
    if (password.empty()) {
        add("required", Json::object());
    } else if (!is_valid_utf8(password)) {
        add("encoding", Json::object());
    } else if (length < shortest_password) {
        add("too_short", Json::object({{"limit", shortest_password}}));
    } else if (length > longest_password) {
        add("too_long", Json::object({{"limit", longest_password}}));
    } else if (is_weak_password(lower_case(password), lower_case(email))) {
        add("weak", Json::object());
    }
}

std::string lower_case(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

}  // namespace ponte::accounts
