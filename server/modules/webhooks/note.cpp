#include "modules/webhooks/note.hpp"

#include <algorithm>
#include <map>

#include "modules/webhooks/deliver.hpp"
#include "modules/webhooks/events.hpp"

namespace ponte::webhooks {
namespace {

// A receiver that wants more of a larger one asks for it by its id.
constexpr std::size_t longest_data = 64 * 1024;
// Read at once; a record may be a megabyte.
constexpr std::size_t records_at_once = 20;

struct Subscription {
    Id id;
    Json events;
};
FIELDS(Subscription, id, events);

bool wants(const Subscription& one, const Event& event) {
    return std::ranges::any_of(one.events.items(), [&](const Json& pattern) {
        return matches(pattern.as_string(), event.name);
    });
}

using Told = std::map<std::string, std::unordered_map<Id, std::string>, std::less<>>;

Task<> tell(Ctx& ctx, const records::Kind& kind, std::vector<Id> ids, Told& told) {
    auto& of_kind = told[std::string(kind.entity->name)];
    for (std::size_t begin = 0; begin < ids.size(); begin += records_at_once) {
        const std::size_t end = std::min(ids.size(), begin + records_at_once);
        std::vector<Id> some(ids.begin() + static_cast<std::ptrdiff_t>(begin),
                             ids.begin() + static_cast<std::ptrdiff_t>(end));
        auto found = co_await records::told_records(ctx, kind, std::move(some));
        for (auto& [id, record] : found) {
            if (record.size() <= longest_data) {
                of_kind[id] = std::move(record);
            }
        }
    }
}

Task<Told> tell_all(Ctx& ctx, const std::vector<const Event*>& events) {
    std::map<const records::Kind*, std::vector<Id>> wanted;
    for (const Event* event : events) {
        const records::Kind* kind = ctx.services.entities().find(event->entity);
        wanted[kind].push_back(*event->entity_id);
    }
    Told told;
    for (auto& [kind, ids] : wanted) {
        std::ranges::sort(ids);
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
        co_await tell(ctx, *kind, std::move(ids), told);
    }
    co_return told;
}

std::string data_of(const Told& told, const Event& event) {
    const auto kind = told.find(event.entity);
    const auto record = kind->second.find(*event.entity_id);
    return record == kind->second.end() ? Json::object({{"id", *event.entity_id}}).dump()
                                        : record->second;
}

std::string changes_of(const Event& event) {
    std::string text = event.changes.dump();
    return text.size() <= longest_data ? text : "{}";
}

// In the order of the log: what stands later in the table was later.
void queue_deliveries(Ctx& ctx, const Subscription& to, const std::vector<const Event*>& events,
                      const Told& told) {
    Json rows = Json::array();
    for (const Event* event : events) {
        if (wants(to, *event)) {
            rows.push(Json::object({{"event_id", event->id},
                                    {"event", event->name},
                                    {"entity", event->entity},
                                    {"entity_id", *event->entity_id},
                                    {"at", format_time(event->at)},
                                    {"data", data_of(told, *event)},
                                    {"changes", changes_of(*event)}}));
        }
    }
    if (rows.items().empty()) {
        return;
    }
    ctx.tx.queue(
        "insert into webhook_deliveries "
        "(webhook_id, event_id, event, entity, entity_id, at, data, changes) "
        "select $1::uuid, r.event_id, r.event, r.entity, r.entity_id, r.at, r.data, r.changes "
        "from rows from (jsonb_to_recordset($2::jsonb) as (event_id uuid, event text, entity text, "
        "entity_id uuid, at timestamptz, data text, changes text)) with ordinality as "
        "r(event_id, event, entity, entity_id, at, data, changes, place) order by r.place",
        {to.id, db::Param(rows)});
    deliver_soon(ctx, to.id);
}

bool concerns_outside(const Services& services, const Event& event) {
    const records::Kind* kind = event.entity_id ? services.entities().find(event.entity) : nullptr;
    return kind && is_told(*kind->entity);
}

}  // namespace

Task<bool> has_subscriptions(Ctx& ctx) {
    const auto has_some = co_await ctx.tx.one<bool>(
        "select exists (select from webhooks where tenant_id = current_tenant() "
        "and (active or paused_for = 'failing') and deleted_at is null)");
    co_return has_some;
}

Task<> note_deliveries(Ctx& ctx, std::span<const Event> events) {
    const auto subscriptions = co_await ctx.tx.all<Subscription>(
        "select id, events from webhooks where tenant_id = current_tenant() "
        "and (active or paused_for = 'failing') and deleted_at is null order by id");
    std::vector<const Event*> wanted;
    for (const Event& event : events) {
        const bool is_wanted = concerns_outside(ctx.services, event) &&
                               std::ranges::any_of(subscriptions, [&](const Subscription& one) {
                                   return wants(one, event);
                               });
        if (is_wanted) {
            wanted.push_back(&event);
        }
    }
    if (wanted.empty()) {
        co_return;
    }
    const Told told = co_await tell_all(ctx, wanted);
    for (const Subscription& one : subscriptions) {
        queue_deliveries(ctx, one, wanted, told);
    }
}

}  // namespace ponte::webhooks
