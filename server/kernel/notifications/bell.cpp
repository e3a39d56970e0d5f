#include "kernel/notifications/bell.hpp"

#include "kernel/app.hpp"
#include "kernel/events/announcer.hpp"
#include "kernel/lists/paging.hpp"
#include "kernel/notifications/said.hpp"
#include "kernel/records/input.hpp"
#include "kernel/services.hpp"

namespace ponte::notifications {
namespace {

// Nobody reads a thousand: the count of unread ones ends there.
constexpr std::int64_t most_counted = 1'000;

Json id_or_null(const std::optional<Id>& id) { return id ? Json(*id) : Json{}; }

Json actor_json(const Row& row) {
    return row.actor_id ? Json::object({{"id", *row.actor_id}, {"name", row.actor.value_or("")}})
                        : Json{};
}

Json notification_json(const Row& row, const Said& said) {
    return Json::object({{"id", row.id},
                         {"kind", row.kind},
                         {"text", said.text},
                         {"count", row.count},
                         {"entity", row.entity},
                         {"entityId", id_or_null(row.record_id)},
                         {"record", said.record},
                         {"actor", actor_json(row)},
                         {"at", row.at},
                         {"readAt", row.read_at ? Json(*row.read_at) : Json{}}});
}

constexpr const char* of_reader = "from notifications n where n.tenant_id = $1 and n.user_id = $2 ";

Task<std::int64_t> unread_of(Ctx& ctx) {
    const auto count = co_await ctx.tx.one<std::int64_t>(
        "select count(*) from (select 1 " + std::string(of_reader) +
            "and n.read_at is null limit $3) c",
        ctx.who.tenant, ctx.who.user, most_counted);
    co_return count;
}

Task<http::Response> list_notifications(Ctx& ctx, const http::Request&) {
    const records::Page page = records::page_of(ctx);
    const bool is_unread = ctx.asked.boolean("unread").value_or(false);
    const std::string which = std::string(of_reader) + (is_unread ? "and n.read_at is null " : "");
    const auto rows =
        co_await ctx.tx.all<Row>("select " + row_columns(ctx) + " " + which +
                                     "order by n.at desc, n.id desc limit $3 "
                                     "offset $4",
                                 ctx.who.tenant, ctx.who.user, page.limit, page.offset());
    const auto total =
        co_await ctx.tx.one<std::int64_t>("select count(*) from (select 1 " + which + "limit $3) c",
                                          ctx.who.tenant, ctx.who.user, most_counted);
    const auto all = co_await said(ctx, rows);
    Json data = Json::array();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        data.push(notification_json(rows[i], all[i]));
    }
    Json answer = records::page_json(std::move(data), page, total, total < most_counted);
    const std::int64_t unread = co_await unread_of(ctx);
    answer.set("unread", unread);
    co_return reply(200, answer);
}

Task<http::Response> count_unread(Ctx& ctx, const http::Request&) {
    const std::int64_t unread = co_await unread_of(ctx);
    co_return reply(200, Json::object({{"unread", unread}}));
}

// Other windows of the same person follow.
http::Response marked(Ctx& ctx) {
    ctx.after_commit(
        [&announcer = ctx.services.announcer(), who = ctx.who.user, tenant = ctx.who.tenant] {
            announcer.tell_author(tenant, who, {}, "notification.read", Json::object());
        });
    ctx.wrote("");
    return no_content();
}

// What came after the reader looked stays unread.
Task<http::Response> mark_all(Ctx& ctx, const http::Request&) {
    const auto until = ctx.input.text("until");
    ctx.tx.queue(
        "update notifications set read_at = now() where tenant_id = $1 and user_id = $2 "
        "and read_at is null and at <= coalesce($3::timestamptz, now())",
        {ctx.who.tenant, ctx.who.user, db::Param(until)});
    co_return marked(ctx);
}

Task<http::Response> mark_one(Ctx& ctx, const http::Request& request) {
    const Id id = path_id(request, "notification");
    const auto found = co_await ctx.tx.maybe<Id>(
        "update notifications set read_at = coalesce(read_at, now()) where tenant_id = $1 "
        "and user_id = $2 and id = $3 returning id",
        ctx.who.tenant, ctx.who.user, id);
    if (!found) {
        throw not_found("notification");
    }
    co_return marked(ctx);
}

constexpr Field list_query[] = {
    boolean("unread"),
    records::page_parameter,
    records::limit_parameter,
};
constexpr Field read_fields[] = {datetime("until")};

}  // namespace

void declare_bell(App& app) {
    app.route("GET", "/notifications", list_notifications)
        .in("notifications")
        .asks(list_query)
        .for_people()
        .gives(200, "NotificationPage");
    app.route("GET", "/notifications/unread", count_unread)
        .in("notifications")
        .called("countUnreadNotifications")
        .for_people()
        .gives(200, "NotificationCount");
    app.route("POST", "/notifications/read", mark_all)
        .in("notifications")
        .called("readNotifications")
        .takes(read_fields)
        .for_people()
        .gives(204, "none");
    app.route("POST", "/notifications/{id}/read", mark_one)
        .in("notifications")
        .called("readNotification")
        .for_people()
        .gives(204, "none");
}

}  // namespace ponte::notifications
