#include "modules/webhooks/webhook.hpp"

#include <algorithm>

#include "kernel/outbound.hpp"
#include "kernel/records.hpp"
#include "kernel/secrets.hpp"
#include "modules/webhooks/deliver.hpp"
#include "modules/webhooks/events.hpp"
#include "modules/webhooks/signature.hpp"

namespace ponte::webhooks {
namespace {

using records::Locked;

// Within it a receiver may go over to the new secret.
constexpr std::chrono::hours both_sign_for{24};

constexpr Field webhook_fields[] = {
    text("name").length(1, 100).not_sortable(),
    url("url").required(),
    json("events").required(),
    choice("method", "POST | PUT | PATCH").starts_as("POST").not_sortable(),
    boolean("active").starts_as("true").not_sortable(),
    secret("secret").up_to(200),
    choice("signature_version", "0 | 1").starts_as("1").not_sortable(),
    choice("paused_for", "failing | gone").read_only().colored("amber | red").not_sortable(),
    datetime("paused_at").read_only().not_sortable(),
    secret("former_secret").up_to(200).hidden(),
    datetime("former_secret_until").read_only().hidden().not_sortable(),
};

void check_events(const Services& services, const Json& events, Problems& problems) {
    if (!events.is_array() || events.items().empty()) {
        problems.push_back({"events", "required"});
        return;
    }
    if (events.items().size() > most_patterns) {
        problems.push_back({"events", "too_many", Json::object({{"max", most_patterns}})});
        return;
    }
    const std::vector<std::string> known = known_events(services);
    for (std::size_t i = 0; i < events.items().size(); ++i) {
        const Json& one = events.items()[i];
        if (!one.is_string() || !is_pattern(known, one.as_string())) {
            problems.push_back({"events." + std::to_string(i), "webhook.unknown_event"});
        }
    }
}

void check_values(const Services& services, const Values& values, Problems& problems) {
    if (const auto url = values.text("url")) {
        const std::string_view problem = outbound::problem_of_url(services.settings, *url);
        if (!problem.empty()) {
            problems.push_back({"url", std::string(problem)});
        }
    }
    if (const Json* events = values.find("events")) {
        check_events(services, *events, problems);
    }
    if (const auto secret = values.text("secret")) {
        const std::string_view problem = problem_of_secret(*secret);
        if (!problem.empty()) {
            problems.push_back({"secret", std::string(problem)});
        }
    }
}

Task<> check_webhooks(Ctx& ctx, Changes& changes) {
    Problems problems;
    for (Change& change : changes.records) {
        check_values(ctx.services, change.values, problems);
        const Json* active = change.values.find("active");
        if (active && active->is_bool() && active->as_bool()) {
            change.values.set("paused_for", nullptr);
            change.values.set("paused_at", nullptr);
        }
    }
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
    co_return;
}

// Whoever switches it on again, or mends its address, wants what waits to go out now.
Task<> go_on(Ctx& ctx, const Changes& changes) {
    for (const Change& change : changes.records) {
        const Json& active = change.difference["active"]["to"];
        const bool is_new_address = !change.difference["url"].is_null();
        if (changes.verb == Verb::update &&
            (is_new_address || (active.is_bool() && active.as_bool()))) {
            ctx.tx.queue("delete from webhook_health where webhook_id = $1::uuid", {change.id});
            deliver_soon(ctx, change.id);
        }
    }
    co_return;
}

// The one moment in which the secret is told: to whoever made it.
Json secret_json(const Id& webhook, const std::string& secret) {
    return Json::object({{"id", webhook}, {"secret", secret}});
}

Task<http::Response> create_webhook(Ctx& ctx, const http::Request& request) {
    const records::Kind& kind = ctx.services.entities().get("webhook");
    Values values =
        co_await records::accept(ctx, kind, body_object(request), records::Mode::create);
    const std::string secret = values.text("secret").value_or(new_secret());
    values.set("secret", secret);
    const Id id = co_await records::insert(ctx, kind, std::move(values));
    http::Response response = reply(201, secret_json(id, secret));
    response.with("Location", "/api/v1/webhooks/" + id.text());
    co_return response;
}

// Both sign for a day, so that no delivery is refused while the receiver learns the new one.
Task<Json> rotate_secret(Ctx& ctx, const Locked& webhook, const Values&) {
    const SecretPlace place{"webhook", webhook.id, "secret"};
    const auto former = co_await reveal(ctx, place);
    const std::string secret = new_secret();
    Values values{{"secret", secret},
                  {"former_secret", former ? Json(*former) : Json{}},
                  {"former_secret_until", format_time(ctx.now + both_sign_for)}};
    co_await ctx.update("webhook", webhook.id, std::move(values));
    ctx.emit("webhook.secret_rotated", webhook.id);
    co_return secret_json(webhook.id, secret);
}

// A delivery like any other, so that what is seen of it is what will happen.
Task<Json> test(Ctx& ctx, const Locked& webhook, const Values&) {
    const Json data = Json::object({{"id", webhook.id}, {"message", "Ponte"}});
    const auto delivery = co_await ctx.tx.one<Id>(
        "insert into webhook_deliveries (webhook_id, event_id, event, entity, entity_id, at, data) "
        "values ($1::uuid, new_id(), $2, 'webhook', $1::uuid, $3::timestamptz, $4) returning id",
        webhook.id, test_event, format_time(ctx.now), data.dump());
    deliver_soon(ctx, webhook.id);
    co_return Json::object({{"id", delivery}});
}

constexpr Action webhook_actions[] = {
    action("rotate", rotate_secret).needs("update").gives("WebhookSecret").quiet(),
    action("test", test).needs("update").gives("WebhookTest").quiet(),
};

Task<http::Response> list_events(Ctx& ctx, const http::Request&) {
    Json data = Json::array();
    for (const std::string& event : known_events(ctx.services)) {
        data.push(Json::object({{"name", event}, {"entity", event.substr(0, event.find('.'))}}));
    }
    co_return reply(200, Json::object({{"data", std::move(data)}}));
}

}  // namespace

constexpr Entity webhook_entity{
    .name = "webhook",
    .table = "webhooks",
    .title = "url",
    .fields = webhook_fields,
    .actions = webhook_actions,
    .can_be_created = false,  // by a route of its own, which tells the secret
    .is_in_menu = false,
    .tells = "paused | secret_rotated",
    .before_write = check_webhooks,
    .after_write = go_on,
};
static_assert(valid(webhook_entity));

void declare_webhook_routes(App& app) {
    app.route("POST", "/webhooks", create_webhook)
        .needs("webhooks.create")
        .in("webhooks")
        .takes(webhook_fields)
        .reading_itself()
        .gives(201, "WebhookSecret");
    app.route("GET", "/webhooks/events", list_events)
        .needs("webhooks.read")
        .in("webhooks")
        .called("listWebhookEvents")
        .gives(200, "WebhookEventList");
}

}  // namespace ponte::webhooks
