#include "kernel/notifications/note.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "kernel/events/announcer.hpp"
#include "kernel/notifications/person.hpp"
#include "kernel/notifications/push.hpp"
#include "kernel/notifications/registry.hpp"
#include "kernel/services.hpp"

namespace ponte::notifications {
namespace {

// What one person is told of, as it is gathered from the events of a turn.
struct Place {
    Id user;
    const Notification* of = nullptr;
    std::string group;
    friend auto operator<=>(const Place&, const Place&) = default;
};
struct Told {
    const Event* last = nullptr;
    std::int64_t count = 0;
};
using AllTold = std::map<Place, Told>;

std::string group_of(const Notification& notification, const Event& event) {
    if (notification.is_gathered) {
        return event.entity + "/" + (event.actor ? event.actor->text() : "");
    }
    return event.entity + "/" + (event.entity_id ? event.entity_id->text() : "");
}

void tell(AllTold& told, const Notification& notification, const Event& event, const Id& user) {
    if (user.is_nil() || (event.actor == user && !notification.is_for_doer)) {
        return;
    }
    Told& one = told[{user, &notification, group_of(notification, event)}];
    one.last = &event;
    ++one.count;
}

bool holds(const Person& person, const std::string& right) {
    const std::size_t dot = right.find('.');
    return person.may.reach(right.substr(0, dot), right.substr(dot + 1)) == Reach::all;
}

Task<> tell_holders(Ctx& ctx, AllTold& told, const Notification& notification, const Event& event) {
    const std::optional<std::vector<Id>> everybody;
    const auto people = co_await reachable(ctx, everybody);
    for (const Person& person : people) {
        if (holds(person, notification.right)) {
            tell(told, notification, event, person.id);
        }
    }
}

Task<AllTold> gather(Ctx& ctx, std::span<const Event> events) {
    const Registry& declared = ctx.services.notifications();
    AllTold told;
    for (const Event& event : events) {
        for (const Notification* one : declared.of(event)) {
            if (!one->whom) {
                co_await tell_holders(ctx, told, *one, event);
                continue;
            }
            for (const Id& user : one->whom(ctx.services, event)) {
                tell(told, *one, event, user);
            }
        }
    }
    co_return told;
}

Json row_of(const Place& place, const Told& told) {
    const Event& event = *told.last;
    const Notification& of = *place.of;
    return Json::object({{"user_id", place.user},
                         {"kind", of.kind},
                         {"group_key", place.group},
                         {"entity", event.entity},
                         {"record_id", event.entity_id ? Json(*event.entity_id) : Json{}},
                         {"actor_id", event.actor ? Json(*event.actor) : Json{}},
                         {"facts", of.facts ? of.facts(event) : Json::object()},
                         {"count", told.count},
                         {"at", format_time(event.at)},
                         {"mailed", of.is_mailed}});
}

// Whoever may no longer sign in is told nothing; nor anybody what they chose not to be told.
constexpr const char* insert_sql =
    "insert into notifications as n "
    "(user_id, kind, group_key, entity, record_id, actor_id, facts, count, at, is_mailed) "
    "select r.user_id, r.kind, r.group_key, r.entity, r.record_id, r.actor_id, r.facts, r.count, "
    "r.at, coalesce(c.mailed, r.mailed) from jsonb_to_recordset($1::jsonb) as r(user_id uuid, "
    "kind text, group_key text, entity text, record_id uuid, actor_id uuid, facts jsonb, "
    "count integer, at timestamptz, mailed boolean) "
    "left join notification_choices c on c.tenant_id = current_tenant() "
    "and c.user_id = r.user_id and c.kind = r.kind "
    "where r.user_id = any ($2::uuid[]) and coalesce(c.shown, true) "
    "on conflict (tenant_id, user_id, kind, group_key) where read_at is null do update "
    "set count = n.count + excluded.count, at = excluded.at, record_id = excluded.record_id, "
    "actor_id = excluded.actor_id, facts = excluded.facts, pushed_at = null "
    "returning n.user_id, exists (select from push_subscriptions p "
    "where p.tenant_id = n.tenant_id and p.user_id = n.user_id)";

void ring(Ctx& ctx, const db::Rows& rows) {
    std::set<Id> users, with_browsers;
    for (int row = 0; row < rows.size(); ++row) {
        Id user;
        db::read_cell(rows.text(row, 0), user);
        users.insert(user);
        if (rows.text(row, 1) == "t") {
            with_browsers.insert(user);
        }
    }
    for (const Id& user : with_browsers) {
        push_soon(ctx, user);
    }
    for (const Id& user : users) {
        ctx.after_commit([&announcer = ctx.services.announcer(), tenant = ctx.who.tenant, user] {
            announcer.tell_author(tenant, user, {}, "notification.created", Json::object());
        });
    }
}

}  // namespace

Task<> note(Ctx& ctx, std::span<const Event> events) {
    const AllTold told = co_await gather(ctx, events);
    if (told.empty()) {
        co_return;
    }
    std::vector<Id> users;
    for (const auto& [place, one] : told) {
        users.push_back(place.user);
    }
    const auto people = co_await reachable(ctx, std::move(users));
    std::vector<Id> present;
    for (const Person& person : people) {
        present.push_back(person.id);
    }
    Json rows = Json::array();
    for (const auto& [place, one] : told) {
        rows.push(row_of(place, one));
    }
    db::Params params{db::Param(rows), db::Param(std::move(present))};
    const db::Rows written = co_await ctx.tx.query(insert_sql, std::move(params));
    ring(ctx, written);
}

}  // namespace ponte::notifications
