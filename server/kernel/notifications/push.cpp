#include "kernel/notifications/push.hpp"

#include <algorithm>
#include <typeindex>

#include "kernel/app.hpp"
#include "kernel/log.hpp"
#include "kernel/notifications/person.hpp"
#include "kernel/notifications/said.hpp"
#include "kernel/outbound.hpp"
#include "kernel/people/standing.hpp"
#include "kernel/push/message.hpp"
#include "kernel/records/input.hpp"
#include "kernel/records/record.hpp"
#include "kernel/services.hpp"

namespace ponte::notifications {
namespace {

constexpr std::int64_t most_browsers = 10;  // of one person; the oldest gives way
constexpr std::size_t most_told = 5, at_once = 8;
constexpr Milliseconds gathering{2'000};

struct Push {
    Id user;
};
FIELDS(Push, user);

push::Sender sender_of(const Ctx& ctx) {
    const std::string& url = ctx.services.settings.public_url;
    return {ctx.services.keys.seal_key,
            url.starts_with("https://") ? url : "mailto:ponte@localhost"};
}

std::string sealed(const Ctx& ctx, const push::Subscription& browser) {
    const Json kept = Json::object(
        {{"endpoint", browser.endpoint}, {"p256dh", browser.p256dh}, {"auth", browser.auth}});
    return auth::seal("push\n" + kept.dump(), ctx.services.keys.seal_key);
}

std::optional<push::Subscription> unsealed(const Ctx& ctx, const std::string& text) {
    const auto plain = auth::unseal(text, ctx.services.keys.seal_key);
    if (!plain || !plain->starts_with("push\n")) {
        return {};
    }
    const Json kept = Json::parse(std::string_view(*plain).substr(plain->find('\n') + 1));
    return push::Subscription{kept["endpoint"].as_string(), kept["p256dh"].as_string(),
                              kept["auth"].as_string()};
}

struct Browser {
    Id id;
    Id session_id;
    std::string agent, created_at;
};
FIELDS(Browser, id, session_id, agent, created_at);

Task<http::Response> list_browsers(Ctx& ctx, const http::Request&) {
    const auto rows = co_await ctx.tx.all<Browser>(
        "select id, session_id, agent, created_at from push_subscriptions "
        "where tenant_id = $1 and user_id = $2 order by created_at desc, id",
        ctx.who.tenant, ctx.who.user);
    Json data = Json::array();
    for (const Browser& one : rows) {
        std::string at;
        records::append_time(at, one.created_at);
        data.push(Json::object({{"id", one.id},
                                {"agent", one.agent},
                                {"current", one.session_id == ctx.who.session},
                                {"createdAt", std::move(at)}}));
    }
    co_return reply(200, Json::object({{"publicKey", push::public_key_of(sender_of(ctx))},
                                       {"data", std::move(data)}}));
}

constexpr Field browser_fields[] = {
    text("endpoint").required().up_to(2'000),
    text("p256dh").required().up_to(200),
    text("auth").required().up_to(100),
};

push::Subscription browser_in(const Ctx& ctx) {
    push::Subscription browser{ctx.input.text("endpoint").value_or(""),
                               ctx.input.text("p256dh").value_or(""),
                               ctx.input.text("auth").value_or("")};
    const std::string_view problem =
        outbound::problem_of_url(ctx.services.settings, browser.endpoint);
    if (!problem.empty()) {
        throw invalid("endpoint", std::string(problem));
    }
    if (!push::is_valid(browser)) {
        throw invalid("p256dh", "format");
    }
    return browser;
}

// The same browser again is the same row, whoever is signed in there now.
Task<http::Response> add_browser(Ctx& ctx, const http::Request&) {
    const push::Subscription browser = browser_in(ctx);
    const auto id = co_await ctx.tx.one<Id>(
        "insert into push_subscriptions (user_id, session_id, digest, sealed, agent) "
        "values ($1, $2, $3, $4, left($5, 500)) on conflict (tenant_id, digest) do update "
        "set user_id = excluded.user_id, session_id = excluded.session_id, "
        "sealed = excluded.sealed, agent = excluded.agent, seen_at = now() returning id",
        ctx.who.user, ctx.who.session, auth::digest(browser.endpoint), sealed(ctx, browser),
        ctx.user_agent);
    ctx.tx.queue(
        "delete from push_subscriptions where tenant_id = $1 and user_id = $2 and id in ("
        "select id from push_subscriptions where tenant_id = $1 and user_id = $2 "
        "order by seen_at desc, id offset $3)",
        {ctx.who.tenant, ctx.who.user, most_browsers});
    ctx.wrote("");
    co_return reply(201, Json::object({{"id", id}}));
}

Task<http::Response> remove_browser(Ctx& ctx, const http::Request& request) {
    const Id id = path_id(request, "push_subscription");
    const auto removed = co_await ctx.tx.maybe<Id>(
        "delete from push_subscriptions where tenant_id = $1 and user_id = $2 and id = $3 "
        "returning id",
        ctx.who.tenant, ctx.who.user, id);
    if (!removed) {
        throw not_found("push_subscription");
    }
    ctx.wrote("");
    co_return no_content();
}

// Where somebody is signed out nothing of theirs is shown any more.
Task<> forget_session(Ctx& ctx, const Event& event) {
    ctx.tx.queue("delete from push_subscriptions where tenant_id = $1 and session_id = $2",
                 {event.tenant, db::Param(event.entity_id)});
    co_return;
}

// What is unread and was not pushed yet. Once, even when it is lost on its way: the bell has it.
Task<std::vector<Id>> take_due(Ctx& ctx, Id user) {
    auto due = co_await ctx.tx.all<Id>(
        "with due as (update notifications set pushed_at = now() where tenant_id = $1 "
        "and user_id = $2 and pushed_at is null and read_at is null returning id, kind, at) "
        "select d.id from due d left join notification_choices c on c.tenant_id = $1 "
        "and c.user_id = $2 and c.kind = d.kind "
        "where coalesce(c.pushed, true) and d.at > now() - interval '1 hour' "
        "order by d.at desc, d.id desc limit $3",
        ctx.who.tenant, user, static_cast<std::int64_t>(most_told));
    co_return due;
}

struct Told {
    Id id;
    std::string text;
};

// With what this person may read, in their language.
Task<std::vector<Told>> told_to(Ctx& ctx, Id user, std::vector<Id> due) {
    const Id tenant = ctx.who.tenant;
    std::vector<Told> told;
    const std::optional<std::vector<Id>> whom(std::vector<Id>{user});
    const auto people = co_await reachable(ctx, whom);
    const bool is_there = !people.empty() && co_await act_as_user(ctx, user);
    if (is_there) {
        ctx.language = people.front().language;
        const auto rows = co_await ctx.tx.all<Row>(
            "select " + row_columns(ctx) +
                " from notifications n where n.tenant_id = $1 and n.id = any ($2::uuid[]) "
                "order by n.at desc, n.id desc",
            tenant, std::move(due));
        const auto all = co_await said(ctx, rows);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            told.push_back({rows[i].id, all[i].text});
        }
    }
    ctx.enter_as_system(tenant);
    co_return told;
}

struct Kept {
    Id id;
    std::string sealed;
};
FIELDS(Kept, id, sealed);

struct Sending {
    std::vector<outbound::Call> calls;
    std::vector<Id> browsers;  // of each call
};

std::string payload(const Told& told) {
    constexpr std::size_t most_bytes = 1'500;
    std::size_t end = std::min(told.text.size(), most_bytes);
    while (end < told.text.size() && (static_cast<unsigned char>(told.text[end]) & 0xC0) == 0x80) {
        --end;  // never half a letter
    }
    return Json::object(
               {{"text", told.text.substr(0, end)}, {"tag", told.id}, {"url", "/notificacoes"}})
        .dump();
}

Sending sending_of(const Ctx& ctx, const std::vector<Kept>& browsers,
                   const std::vector<Told>& told) {
    Sending sending;
    const push::Sender sender = sender_of(ctx);
    for (const Kept& kept : browsers) {
        const auto browser = unsealed(ctx, kept.sealed);
        for (const Told& one : told) {
            auto message =
                browser ? push::message_for(*browser, sender, payload(one), ctx.now) : std::nullopt;
            if (!message) {
                continue;
            }
            outbound::Call call;
            call.vendor = "push";
            call.method = "POST";
            call.url = browser->endpoint;
            call.headers = std::move(message->headers);
            call.body = std::move(message->body);
            sending.calls.push_back(std::move(call));
            sending.browsers.push_back(kept.id);
        }
    }
    return sending;
}

// 404 and 410: the browser wants no more of it (RFC 8030 §7.3).
std::vector<Id> gone(const Sending& sending, const std::vector<outbound::Answer>& answers) {
    std::vector<Id> ids;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (answers[i].status == 404 || answers[i].status == 410) {
            ids.push_back(sending.browsers[i]);
        } else if (answers[i].status < 200 || answers[i].status >= 300) {
            log::warning("a message to a browser was not taken",
                         {{"status", std::int64_t{answers[i].status}},
                          {"trouble", std::string(outbound::name_of(answers[i].trouble))}});
        }
    }
    return ids;
}

Task<> push_to_browsers(Ctx& ctx, const Push& job) {
    const auto browsers = co_await ctx.tx.all<Kept>(
        "select id, sealed from push_subscriptions where tenant_id = $1 and user_id = $2",
        ctx.who.tenant, job.user);
    auto due = co_await take_due(ctx, job.user);
    if (browsers.empty() || due.empty()) {
        co_return;
    }
    const auto told = co_await told_to(ctx, job.user, std::move(due));
    const Sending sending = sending_of(ctx, browsers, told);
    co_await ctx.tx.commit();
    std::vector<outbound::Call> calls = sending.calls;
    const auto answers = co_await outbound::call_all(ctx, std::move(calls), at_once);
    std::vector<Id> ended = gone(sending, answers);
    if (!ended.empty()) {
        ctx.tx.queue(
            "delete from push_subscriptions where tenant_id = $1 and id = any ($2::uuid[])",
            {ctx.who.tenant, std::move(ended)});
    }
}

}  // namespace

void push_soon(Ctx& ctx, const Id& user) {
    EnqueueOptions options;
    options.unique_key = user.text();
    options.delay = gathering;
    const Push job{user};
    ctx.enqueue_args(std::type_index(typeid(Push)), args_to(job), options);
}

void declare_push(App& app) {
    app.route("GET", "/notifications/push", list_browsers)
        .in("notifications")
        .called("listPushSubscriptions")
        .for_people()
        .gives(200, "PushSubscriptionList");
    app.route("POST", "/notifications/push", add_browser)
        .in("notifications")
        .called("addPushSubscription")
        .takes(browser_fields)
        .for_people()
        .gives(201, "PushSubscriptionMade");
    app.route("DELETE", "/notifications/push/{id}", remove_browser)
        .in("notifications")
        .called("removePushSubscription")
        .for_people()
        .gives(204, "none");
    app.on("session.revoked", "notifications.forget_session", forget_session);
    app.job<Push>("notifications.push", push_to_browsers).calls_out();
}

}  // namespace ponte::notifications
