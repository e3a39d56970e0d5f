#include "kernel/mail/suppression.hpp"

namespace ponte::mail {

void suppress(Ctx& ctx, const std::string& address, std::string_view reason) {
    ctx.tx.queue(
        "insert into mail_suppressions (address, reason, at) values (lower($1), $2, now()) "
        "on conflict (tenant_id, address) do update set reason = excluded.reason, "
        "at = excluded.at",
        {address, std::string(reason)});
}

void allow_again(Ctx& ctx, const std::string& address) {
    ctx.tx.queue(
        "delete from mail_suppressions where tenant_id = current_tenant() "
        "and address = lower($1)",
        {address});
}

Task<bool> is_suppressed(Ctx& ctx, std::string address) {
    const auto found = co_await ctx.tx.one<bool>(
        "select exists (select from mail_suppressions where tenant_id = current_tenant() "
        "and address = lower($1))",
        std::move(address));
    co_return found;
}

Task<std::optional<std::string>> find_mail(Ctx& ctx, Id mail) {
    auto state = co_await ctx.tx.maybe<std::string>(
        "select state from mails where tenant_id = current_tenant() and id = $1", mail);
    co_return state;
}

}  // namespace ponte::mail
