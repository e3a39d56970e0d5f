#include "modules/connections/calls.hpp"

#include "kernel/app.hpp"
#include "kernel/records.hpp"

namespace ponte::connections {
namespace {

constexpr std::int64_t most_counted = 10'000;

struct CallRow {
    Id id;
    std::string at, vendor, request_id, method, host, path;
    std::optional<Id> connection_id;
    std::optional<int> status;
    std::optional<std::string> trouble;
    std::int64_t ms = 0, bytes = 0;
};
FIELDS(CallRow, id, at, vendor, request_id, method, host, path, connection_id, status, trouble, ms,
       bytes);

Json call_json(const CallRow& row) {
    return Json::object({{"id", row.id},
                         {"at", row.at},
                         {"vendor", row.vendor},
                         {"connectionId", row.connection_id ? Json(*row.connection_id) : Json{}},
                         {"requestId", row.request_id},
                         {"method", row.method},
                         {"host", row.host},
                         {"path", row.path},
                         {"status", row.status ? Json(*row.status) : Json{}},
                         {"trouble", row.trouble ? Json(*row.trouble) : Json{}},
                         {"ms", row.ms},
                         {"bytes", row.bytes}});
}

// `which` has as many parameters as there are in `params`; by an index that leads with them.
Task<http::Response> page_of_calls(Ctx& ctx, std::string which, db::Params params) {
    const records::Page page = records::page_of(ctx);
    const std::string from = "from outgoing_calls where tenant_id = current_tenant() " + which;
    const std::size_t next = params.size() + 1;
    db::Params counted = params, shown = params;
    counted.emplace_back(most_counted + 1);
    shown.emplace_back(page.limit);
    shown.emplace_back(page.offset());
    const auto rows = co_await ctx.tx.query(
        "select id, to_json(at at time zone 'UTC') #>> '{}' || 'Z' as at, vendor, request_id, "
        "method, host, path, connection_id, status, trouble, ms, bytes " +
            from + " order by outgoing_calls.at desc, id desc limit $" + std::to_string(next) +
            " offset $" + std::to_string(next + 1),
        std::move(shown));
    const auto totals = co_await ctx.tx.query(
        "select count(*) from (select " + from + " limit $" + std::to_string(next) + ") c",
        std::move(counted));
    Json data = Json::array();
    for (int i = 0; i < rows.size(); ++i) {
        data.push(call_json(db::read_row<CallRow>(rows, i)));
    }
    const auto total = db::read_row<std::int64_t>(totals, 0);
    co_return reply(200, records::page_json(std::move(data), page, std::min(total, most_counted),
                                            total <= most_counted));
}

Task<http::Response> list_calls(Ctx& ctx, const http::Request&) {
    db::Params none;
    http::Response response = co_await page_of_calls(ctx, "", std::move(none));
    co_return response;
}

Task<http::Response> list_calls_of_connection(Ctx& ctx, const http::Request& request) {
    const Id id = path_id(request, "connection");
    const auto found = co_await ctx.tx.maybe<Id>(
        "select id from connections where tenant_id = current_tenant() and id = $1::uuid", id);
    if (!found) {
        throw not_found("connection");
    }
    db::Params params{id};
    http::Response response =
        co_await page_of_calls(ctx, "and connection_id = $1::uuid", std::move(params));
    co_return response;
}

constexpr Field list_query[] = {records::page_parameter, records::limit_parameter};

}  // namespace

void declare_calls(App& app) {
    app.route("GET", "/outgoing-calls", list_calls)
        .needs("connections.read")
        .in("connections")
        .asks(list_query)
        .called("listOutgoingCalls")
        .gives(200, "OutgoingCallPage");
    app.route("GET", "/connections/{id}/calls", list_calls_of_connection)
        .needs("connections.read")
        .in("connections")
        .asks(list_query)
        .called("listConnectionCalls")
        .gives(200, "OutgoingCallPage");
}

}  // namespace ponte::connections
