#include "kernel/entities/field_order.hpp"

#include <algorithm>

#include "kernel/app.hpp"
#include "kernel/entities/catalogue.hpp"
#include "kernel/entities/custom_field.hpp"
#include "kernel/records/input.hpp"
#include "kernel/records/write.hpp"
#include "kernel/services.hpp"

namespace ponte::records {
namespace {

constexpr Field order_fields[] = {json("ids").required()};

// More than a company can have.
constexpr std::size_t most_ids_in_order = 500;

struct Placed {
    Id id;
    std::string entity;
};
FIELDS(Placed, id, entity);

std::vector<Id> ids_in_order(const Json& given) {
    if (!given.is_array()) {
        throw invalid("ids", given.is_null() ? "required" : "type");
    }
    if (given.items().size() > most_ids_in_order) {
        const auto limit = static_cast<std::int64_t>(most_ids_in_order);
        throw invalid("ids", "too_many", Json::object({{"limit", limit}}));
    }
    std::vector<Id> ids;
    for (const Json& one : given.items()) {
        const auto id = Id::parse(one.as_string());
        if (!id) {
            throw invalid("ids", "format");
        }
        if (std::ranges::find(ids, *id) != ids.end()) {
            throw invalid("ids", "duplicate");
        }
        ids.push_back(*id);
    }
    if (ids.empty()) {
        throw invalid("ids", "required");
    }
    return ids;
}

// The fields that are named, then those that somebody else made meanwhile, as they stood.
std::vector<Id> whole_order(const std::vector<Placed>& fields, std::vector<Id> order) {
    const auto entity_of = [&](const Id& id) {
        const auto found = std::ranges::find(fields, id, &Placed::id);
        return found == fields.end() ? std::string{} : found->entity;
    };
    const std::string entity = entity_of(order.front());
    for (const Id& id : order) {
        if (entity.empty() || entity_of(id) != entity) {
            throw invalid("ids", "not_found");
        }
    }
    for (const Placed& field : fields) {
        if (field.entity == entity && std::ranges::find(order, field.id) == order.end()) {
            order.push_back(field.id);
        }
    }
    return order;
}

Task<http::Response> order_custom_fields(Ctx& ctx, const http::Request&) {
    const Json* given = ctx.input.find("ids");
    std::vector<Id> wanted = ids_in_order(given ? *given : Json{});
    stand_in_queue(ctx);
    const auto fields = co_await ctx.tx.all<Placed>(
        "select id, entity from custom_fields "
        "where tenant_id = current_tenant() and deleted_at is null order by position, id");
    const std::vector<Id> order = whole_order(fields, std::move(wanted));
    const Kind& kind = ctx.services.entities().get(facts_entity);
    auto locked = co_await lock_many(ctx, kind, order);
    Changes changes(ctx, kind, Verb::update);
    for (Locked& field : locked) {
        const auto place = std::ranges::find(order, field.id) - order.begin();
        const Values values{{"position", static_cast<std::int64_t>(place)}};
        changes.records.push_back(change_of(kind, std::move(field), values));
    }
    co_await write(ctx, changes);
    co_await ctx.tx.commit();
    co_return no_content();
}

}  // namespace

void declare_field_order(App& app) {
    app.route("PUT", "/custom-fields/order", order_custom_fields)
        .needs("custom_fields.update")
        .in("custom-fields")
        .called("orderCustomFields")
        .takes(order_fields)
        .gives(204, "none");
}

}  // namespace ponte::records
