#include "kernel/events/origins.hpp"

#include "kernel/services.hpp"

namespace ponte::events {

std::int64_t origin_of(std::string_view address, std::string_view agent) {
    const std::string sum = auth::digest(std::string(address) + "\n" + std::string(agent));
    return std::stoll(sum.substr(0, 15), nullptr, 16);
}

void Origins::note(Ctx& ctx) {
    const std::string name = ctx.who.tenant.text() + std::to_string(*ctx.origin);
    {
        const std::scoped_lock lock(mutex_);
        if (known_.find(name)) {
            return;
        }
    }
    ctx.tx.queue(
        "insert into origins (tenant_id, id, address, agent) values ($1, $2, $3, $4) "
        "on conflict do nothing",
        {ctx.who.tenant, *ctx.origin, ctx.remote_address, ctx.user_agent});
    ctx.after_commit([this, name] {
        const std::scoped_lock lock(mutex_);
        known_.at(name) = true;
    });
}

}  // namespace ponte::events
