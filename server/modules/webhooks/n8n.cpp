#include "modules/webhooks/n8n.hpp"

#include "kernel/ctx.hpp"

namespace ponte::webhooks {
namespace {

struct Count {
    std::int64_t active = 0, paused = 0;
};
FIELDS(Count, active, paused);

Task<IntegrationHealth> health(Ctx& ctx) {
    const auto count = co_await ctx.tx.one<Count>(
        "select count(*) filter (where active) as active, "
        "count(*) filter (where not active and paused_for is not null) as paused from webhooks "
        "where tenant_id = current_tenant() and deleted_at is null");
    using State = IntegrationHealth::State;
    if (count.paused > 0) {
        co_return IntegrationHealth{State::needs_attention, "webhook_paused"};
    }
    co_return IntegrationHealth{count.active > 0 ? State::well : State::unused};
}

}  // namespace

constexpr Integration n8n{
    .name = "n8n",
    .type = Integration::Type::automation,
    .set_up = Integration::SetUp::manual,
    .health = health,
    .place = "webhooks",
};

}  // namespace ponte::webhooks
