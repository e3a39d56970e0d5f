// Bytes from outside become rows of the journal.
#include "kernel/auth.hpp"
#include "kernel/inbound.hpp"
#include "kernel/inbound/journal.hpp"
#include "kernel/log.hpp"
#include "kernel/records/input.hpp"
#include "kernel/signature.hpp"

namespace ponte::inbound {
namespace {

constexpr std::size_t most_told = 1'000;
constexpr std::size_t longest_name = 200;  // of an external id, a key
constexpr std::uint64_t most_bytes = 4u << 20;

bool is_text(const std::string& body) {
    return is_valid_utf8(body) && body.find('\0') == std::string::npos;
}

// Names stand in indexes: what is longer is known by its digest.
std::string named(const std::string& name) {
    return name.size() <= longest_name && is_text(name) ? name : auth::digest(name);
}

Json row_of(const Told& told) {
    const bool is_plain = is_text(told.body);
    return Json::object({{"external_id", named(told.external_id)},
                         {"order_key", named(told.key)},
                         {"body", is_plain ? told.body : to_base64(told.body)},
                         {"is_base64", !is_plain}});
}

// Whatever it says stays to be looked at; the same bytes are kept once.
Told as_it_came(const http::Request& request) {
    return {auth::digest(request.body), {}, request.body};
}

Task<std::optional<Sender>> sender_of(Ctx& ctx, Id connection, const Inbound& of) {
    Ctx asking(ctx.services, ctx.loop);
    asking.now = ctx.now;
    asking.reads_only = true;
    auto sender = co_await of.sender(asking, connection);
    co_return sender;
}

void journal(Ctx& ctx, const Inbound& of, const Id& connection, const Reading& reading) {
    Json rows = Json::array();
    for (const Told& told : reading.told) {
        rows.push(row_of(told));
    }
    const bool is_understood = reading.verdict == Reading::Verdict::taken;
    ctx.tx.queue(
        "insert into inbound_entries (vendor, connection_id, external_id, order_key, body, "
        "is_base64, state, error) select $1, $2::uuid, r.external_id, r.order_key, r.body, "
        "r.is_base64, $3, $4 from rows from (jsonb_to_recordset($5::jsonb) as (external_id text, "
        "order_key text, body text, is_base64 boolean)) with ordinality as "
        "r(external_id, order_key, body, is_base64, place) order by r.place on conflict do nothing",
        {std::string(of.vendor), connection, is_understood ? "waiting" : "failed",
         is_understood ? db::Param() : db::Param(reading.reason), db::Param(rows)});
    if (is_understood) {
        process_soon(ctx, of.vendor, connection);
    }
}

}  // namespace

std::optional<Json> json_of(std::string_view body) {
    try {
        return Json::parse(body);
    } catch (const Error&) {
        return {};
    }
}

Task<http::Response> receive(Ctx& ctx, const http::Request& request, const Inbound& of) {
    const Id connection = path_id(request, "connection", "connection");
    const auto sender = co_await sender_of(ctx, connection, of);
    if (!sender) {
        throw not_found("connection");
    }
    Reading reading = of.read(*sender, request);
    if (reading.verdict == Reading::Verdict::forged) {
        log::warning("what came from outside is not signed as it should be",
                     {{"vendor", std::string(of.vendor)}, {"connection", connection}});
        throw unauthenticated("inbound.forged");
    }
    if (reading.told.size() > most_told) {
        throw Error(413, "payload_too_large");
    }
    if (reading.verdict == Reading::Verdict::not_understood) {
        reading.told = {as_it_came(request)};
    }
    ctx.enter_as_system(sender->tenant);
    if (!reading.told.empty()) {
        journal(ctx, of, connection, reading);
    }
    co_return reply(200, Json::object({{"received", reading.told.size()}}));
}

void declare_route(App& app, const Inbound& of, Handler receive) {
    const std::string vendor(of.vendor);
    Route& route = app.route("POST", "/webhooks/" + vendor + "/{connection}", receive);
    route.from_outside(most_bytes)
        .in("inbound")
        .called("receive" + pascal_case(vendor))
        .gives(200, "Received");
}

}  // namespace ponte::inbound
