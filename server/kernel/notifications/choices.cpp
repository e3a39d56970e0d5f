#include "kernel/notifications/choices.hpp"

#include <map>

#include "kernel/app.hpp"
#include "kernel/notifications/registry.hpp"
#include "kernel/records/input.hpp"
#include "kernel/services.hpp"

namespace ponte::notifications {
namespace {

struct Choice {
    std::string kind;
    bool shown = true, mailed = false, pushed = true;
};
FIELDS(Choice, kind, shown, mailed, pushed);

Json choice_json(const Ctx& ctx, const Choice& choice) {
    return Json::object({{"kind", choice.kind},
                         {"label", ctx.word("notification." + choice.kind + ".choice")},
                         {"shown", choice.shown},
                         {"mailed", choice.mailed},
                         {"pushed", choice.pushed}});
}

// Nobody chooses about what they are never told.
bool may_be_told(const Ctx& ctx, const Notification& notification) {
    return notification.whom || ctx.who.permissions.allows(notification.right);
}

Task<std::map<std::string, Choice, std::less<>>> chosen(Ctx& ctx) {
    const auto rows = co_await ctx.tx.all<Choice>(
        "select kind, shown, mailed, pushed from notification_choices "
        "where tenant_id = $1 and user_id = $2",
        ctx.who.tenant, ctx.who.user);
    std::map<std::string, Choice, std::less<>> by_kind;
    for (const Choice& one : rows) {
        by_kind.emplace(one.kind, one);
    }
    co_return by_kind;
}

Task<http::Response> list_choices(Ctx& ctx, const http::Request&) {
    const auto mine = co_await chosen(ctx);
    Json data = Json::array();
    for (const auto& one : ctx.services.notifications().all()) {
        if (may_be_told(ctx, *one)) {
            const auto found = mine.find(one->kind);
            data.push(choice_json(ctx, found == mine.end() ? Choice{one->kind, true, one->is_mailed}
                                                           : found->second));
        }
    }
    co_return reply(200, Json::object({{"data", std::move(data)}}));
}

Task<http::Response> choose(Ctx& ctx, const http::Request&) {
    const Notification* one =
        ctx.services.notifications().find(ctx.input.text("kind").value_or(""));
    if (!one || !may_be_told(ctx, *one)) {
        throw invalid("kind", "not_an_option");
    }
    const auto mine = co_await chosen(ctx);
    const auto found = mine.find(one->kind);
    Choice choice = found == mine.end() ? Choice{one->kind, true, one->is_mailed} : found->second;
    choice.shown = ctx.input.boolean("shown").value_or(choice.shown);
    choice.mailed = ctx.input.boolean("mailed").value_or(choice.mailed);
    choice.pushed = ctx.input.boolean("pushed").value_or(choice.pushed);
    ctx.tx.queue(
        "insert into notification_choices (tenant_id, user_id, kind, shown, mailed, pushed) "
        "values ($1, $2, $3, $4, $5, $6) on conflict (tenant_id, user_id, kind) do update "
        "set shown = excluded.shown, mailed = excluded.mailed, pushed = excluded.pushed",
        {ctx.who.tenant, ctx.who.user, choice.kind, choice.shown, choice.mailed, choice.pushed});
    ctx.wrote("");
    co_return reply(200, choice_json(ctx, choice));
}

constexpr Field choice_fields[] = {
    text("kind").required(),
    boolean("shown"),
    boolean("mailed"),
    boolean("pushed"),
};

}  // namespace

void declare_choices(App& app) {
    app.route("GET", "/notifications/choices", list_choices)
        .in("notifications")
        .called("listNotificationChoices")
        .for_people()
        .gives(200, "NotificationChoiceList");
    app.route("PATCH", "/notifications/choices", choose)
        .in("notifications")
        .called("chooseNotification")
        .takes(choice_fields)
        .for_people()
        .gives(200, "NotificationChoice");
}

}  // namespace ponte::notifications
