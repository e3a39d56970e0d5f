#include "modules/sales/handover.hpp"

namespace ponte::sales {

Task<> hand_over_proposals(Ctx& ctx, const Event& event) {
    const Json& owner = event.changes["assignedTo"];
    const auto from = Id::parse(owner["from"].as_string()), to = Id::parse(owner["to"].as_string());
    if (!event.entity_id || !from || !to) {
        co_return;
    }
    const auto open = co_await ctx.tx.all<Id>(
        "select id from proposals where tenant_id = current_tenant() and contact_id = $1::uuid "
        "and assigned_to = $2::uuid and status in ('draft', 'sent') and deleted_at is null",
        *event.entity_id, *from);
    std::vector<std::pair<Id, Values>> changes;
    for (const Id& id : open) {
        changes.emplace_back(id, Values{{"assigned_to", *to}});
    }
    co_await ctx.update_many("proposal", std::move(changes));
}

}  // namespace ponte::sales
