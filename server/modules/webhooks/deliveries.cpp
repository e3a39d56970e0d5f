#include "modules/webhooks/deliveries.hpp"

#include "kernel/records.hpp"
#include "modules/webhooks/deliver.hpp"

namespace ponte::webhooks {
namespace {

constexpr std::int64_t most_counted = 10'000;
constexpr std::int64_t most_replayed = 100'000;

struct DeliveryRow {
    Id id, webhook_id, event_id, entity_id;
    std::string event, entity, state, at, created_at, due_at;
    int tries = 0;
    std::optional<int> status;
    std::optional<std::string> trouble, done_at;
};
FIELDS(DeliveryRow, id, webhook_id, event_id, entity_id, event, entity, state, at, created_at,
       due_at, tries, status, trouble, done_at);

constexpr const char* row_columns =
    "id, webhook_id, event_id, entity_id, event, entity, state, "
    "to_json(at at time zone 'UTC') #>> '{}' || 'Z' as at, "
    "to_json(created_at at time zone 'UTC') #>> '{}' || 'Z' as created_at, "
    "to_json(due_at at time zone 'UTC') #>> '{}' || 'Z' as due_at, tries, status, trouble, "
    "to_json(done_at at time zone 'UTC') #>> '{}' || 'Z' as done_at";

Json delivery_json(const DeliveryRow& row) {
    const bool waits = row.state == "waiting";
    return Json::object({{"id", row.id},
                         {"webhookId", row.webhook_id},
                         {"event", row.event},
                         {"eventId", row.event_id},
                         {"entity", row.entity},
                         {"entityId", row.entity_id},
                         {"state", row.state},
                         {"at", row.at},
                         {"createdAt", row.created_at},
                         {"nextTryAt", waits ? Json(row.due_at) : Json{}},
                         {"doneAt", row.done_at ? Json(*row.done_at) : Json{}},
                         {"tries", row.tries},
                         {"status", row.status ? Json(*row.status) : Json{}},
                         {"trouble", row.trouble ? Json(*row.trouble) : Json{}}});
}

Task<Id> require_webhook(Ctx& ctx, const http::Request& request) {
    const Id id = path_id(request, "webhook");
    const auto found = co_await ctx.tx.maybe<Id>(
        "select id from webhooks where tenant_id = current_tenant() and id = $1::uuid", id);
    if (!found) {
        throw not_found("webhook");
    }
    co_return id;
}

Task<http::Response> list_deliveries(Ctx& ctx, const http::Request& request) {
    const Id webhook = co_await require_webhook(ctx, request);
    const records::Page page = records::page_of(ctx);
    const auto state = ctx.asked.text("state");
    const std::string which =
        "from webhook_deliveries where tenant_id = current_tenant() and webhook_id = $1::uuid "
        "and ($2::text is null or state = $2::text) ";
    const auto rows =
        co_await ctx.tx.all<DeliveryRow>("select " + std::string(row_columns) + " " + which +
                                             "order by place desc limit $3 offset $4",
                                         webhook, state, page.limit, page.offset());
    const auto total = co_await ctx.tx.one<std::int64_t>(
        "select count(*) from (select " + which + "limit $3) c", webhook, state, most_counted + 1);
    Json data = Json::array();
    for (const DeliveryRow& row : rows) {
        data.push(delivery_json(row));
    }
    co_return reply(200, records::page_json(std::move(data), page, std::min(total, most_counted),
                                            total <= most_counted));
}

struct SentRow {
    std::string data, changes;
    std::optional<std::string> answer;
    Json log;
};
FIELDS(SentRow, data, changes, answer, log);

Task<DeliveryRow> require_delivery(Ctx& ctx, Id id, std::string lock = "") {
    auto row = co_await ctx.tx.maybe<DeliveryRow>(
        "select " + std::string(row_columns) +
            " from webhook_deliveries where tenant_id = current_tenant() and id = $1::uuid" + lock,
        id);
    if (!row) {
        throw not_found("webhook_delivery");
    }
    co_return std::move(*row);
}

Task<http::Response> get_delivery(Ctx& ctx, const http::Request& request) {
    const Id id = path_id(request, "webhook_delivery");
    const DeliveryRow row = co_await require_delivery(ctx, id);
    const auto sent = co_await ctx.tx.one<SentRow>(
        "select data, changes, answer, log from webhook_deliveries "
        "where tenant_id = current_tenant() and id = $1::uuid",
        id);
    Json told = delivery_json(row);
    told.set("payload", Json::object({{"id", row.id},
                                      {"type", row.event},
                                      {"event", row.event},
                                      {"timestamp", row.at},
                                      {"data", Json::parse(sent.data)},
                                      {"changes", Json::parse(sent.changes)}}));
    told.set("answer", sent.answer ? Json(*sent.answer) : Json{});
    told.set("log", sent.log);
    co_return reply(200, told);
}

constexpr const char* again_sql =
    "set state = 'waiting', tries = 0, due_at = now(), done_at = null, status = null, "
    "trouble = null ";

Task<http::Response> replay_one(Ctx& ctx, const http::Request& request) {
    const Id id = path_id(request, "webhook_delivery");
    const DeliveryRow row = co_await require_delivery(ctx, id, " for update");
    ctx.tx.queue("update webhook_deliveries " + std::string(again_sql) +
                     "where tenant_id = current_tenant() and id = $1::uuid",
                 {id});
    deliver_soon(ctx, row.webhook_id);
    co_return reply(202, Json::object({{"id", id}, {"state", "waiting"}}));
}

Task<http::Response> replay_span(Ctx& ctx, const http::Request& request) {
    const Id webhook = co_await require_webhook(ctx, request);
    const auto from = ctx.input.text("from"), to = ctx.input.text("to");
    const auto state = ctx.input.text("state");
    const auto count = co_await ctx.tx.one<std::int64_t>(
        "with again as (update webhook_deliveries " + std::string(again_sql) +
            "where tenant_id = current_tenant() and id in (select id from webhook_deliveries "
            "where tenant_id = current_tenant() and webhook_id = $1::uuid and state <> 'waiting' "
            "and ($2::text is null or state = $2::text) and at >= $3::timestamptz "
            "and at <= coalesce($4::timestamptz, now()) order by place limit $5 for update) "
            "returning 1) select count(*) from again",
        webhook, state, from, to, most_replayed);
    deliver_soon(ctx, webhook);
    co_return reply(202, Json::object({{"count", count}}));
}

constexpr Field list_query[] = {
    choice("state", "waiting | delivered | dead"),
    records::page_parameter,
    records::limit_parameter,
};
constexpr Field span_fields[] = {
    datetime("from").required(),
    datetime("to"),
    choice("state", "delivered | dead"),
};

}  // namespace

void declare_delivery_routes(App& app) {
    app.route("GET", "/webhooks/{id}/deliveries", list_deliveries)
        .needs("webhooks.read")
        .in("webhooks")
        .asks(list_query)
        .gives(200, "WebhookDeliveryPage");
    app.route("POST", "/webhooks/{id}/replay", replay_span)
        .needs("webhooks.update")
        .in("webhooks")
        .takes(span_fields)
        .called("replayWebhook")
        .gives(202, "WebhookReplay");
    // What was sent is records as an administrator sees them.
    app.route("GET", "/webhooks/deliveries/{id}", get_delivery)
        .needs("webhooks.update")
        .in("webhooks")
        .called("getWebhookDelivery")
        .gives(200, "WebhookDeliveryDetail");
    app.route("POST", "/webhooks/deliveries/{id}/replay", replay_one)
        .needs("webhooks.update")
        .in("webhooks")
        .called("replayWebhookDelivery")
        .gives(202, "WebhookDeliveryAgain");
}

}  // namespace ponte::webhooks
