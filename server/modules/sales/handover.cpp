#include "modules/sales/handover.hpp"

namespace ponte::sales {
namespace {

// Those of `entity` that `open_sql` finds of the contact $1 and its former owner $2.
Task<> hand_over(Ctx& ctx, const Event& event, std::string_view entity, std::string open_sql) {
    const Json& owner = event.changes["assignedTo"];
    const auto from = Id::parse(owner["from"].as_string()), to = Id::parse(owner["to"].as_string());
    if (!event.entity_id || !from || !to) {
        co_return;
    }
    const auto open = co_await ctx.tx.all<Id>(std::move(open_sql), *event.entity_id, *from);
    std::vector<std::pair<Id, Values>> changes;
    for (const Id& id : open) {
        changes.emplace_back(id, Values{{"assigned_to", *to}});
    }
    co_await ctx.update_many(entity, std::move(changes));
}

}  // namespace

Task<> hand_over_proposals(Ctx& ctx, const Event& event) {
    co_await hand_over(
        ctx, event, "proposal",
        "select id from proposals where tenant_id = current_tenant() and contact_id = $1::uuid "
        "and assigned_to = $2::uuid and status in ('draft', 'sent') and deleted_at is null");
}

Task<> hand_over_opportunities(Ctx& ctx, const Event& event) {
    co_await hand_over(ctx, event, "opportunity",
                       "select id from opportunities where tenant_id = current_tenant() "
                       "and contact_id = $1::uuid and assigned_to = $2::uuid and status = 'open' "
                       "and deleted_at is null");
}

}  // namespace ponte::sales
