#include "modules/accounts/linked_account.hpp"

namespace ponte::accounts {

Task<std::optional<Known>> find_linked(Ctx& ctx, std::string provider, std::string subject) {
    const auto identity = co_await ctx.tx.maybe<Id>(
        "select identity_id from linked_accounts where provider = $1 and subject = $2",
        std::move(provider), std::move(subject));
    std::optional<Known> found;
    if (identity) {
        found = co_await identity_by_id(ctx, *identity);
    }
    co_return found;
}

void link_account(Ctx& ctx, const Id& identity, const std::string& provider,
                  const std::string& subject, const std::string& email) {
    ctx.tx.queue(
        "insert into linked_accounts (identity_id, provider, subject, email) "
        "values ($1, $2, $3, $4) on conflict (identity_id, provider) "
        "do update set subject = excluded.subject, email = excluded.email, linked_at = now()",
        {identity, provider, subject, email});
}

Task<std::vector<LinkedAccount>> linked_accounts(Ctx& ctx, Id user) {
    auto rows = co_await ctx.tx.all<LinkedAccount>(
        "select l.provider, l.email, l.linked_at from linked_accounts l join users u "
        "on u.identity_id = l.identity_id where u.tenant_id = $1 and u.id = $2 "
        "order by l.provider",
        ctx.who.tenant, user);
    co_return rows;
}

Task<bool> unlink_account(Ctx& ctx, Id user, std::string provider) {
    const auto identity = co_await ctx.tx.maybe<Id>(
        "delete from linked_accounts l using users u where u.identity_id = l.identity_id "
        "and u.tenant_id = $1 and u.id = $2 and l.provider = $3 returning l.identity_id",
        ctx.who.tenant, user, std::move(provider));
    co_return identity.has_value();
}

}  // namespace ponte::accounts
