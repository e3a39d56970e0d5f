#include "modules/sales/in_use.hpp"

namespace ponte::sales {

Task<> refuse_in_use(Ctx& ctx, const Changes& changes, std::string_view column) {
    if (changes.verb != Verb::remove) {
        co_return;
    }
    std::vector<Id> ids;
    for (const Change& change : changes.records) {
        ids.push_back(change.id);
    }
    const bool is_used = co_await ctx.tx.one<bool>(
        "select exists (select from opportunities where tenant_id = current_tenant() and " +
            std::string(column) + " = any ($1::uuid[]) and deleted_at is null)",
        std::move(ids));
    if (is_used) {
        throw conflict(std::string(changes.kind->entity->name) + ".in_use");
    }
}

}  // namespace ponte::sales
