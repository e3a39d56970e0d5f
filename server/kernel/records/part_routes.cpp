#include "kernel/records/part_routes.hpp"

#include <algorithm>

#include "kernel/app.hpp"
#include "kernel/records/input.hpp"
#include "kernel/records/read.hpp"
#include "kernel/records/record.hpp"
#include "kernel/records/routes.hpp"
#include "kernel/records/shown.hpp"
#include "kernel/records/write.hpp"

namespace ponte::records {
namespace {

// Of the record as its reader sees it: there may be a field of parts that is not for them.
const Parts& parts_of_route(const Ctx& ctx, const Kind& seen) {
    const Entity* piece = ctx.route->piece;
    const auto found = std::ranges::find_if(
        seen.parts, [&](const Parts& parts) { return parts.kind->entity == piece; });
    if (found == seen.parts.end()) {
        throw not_found(seen.entity->name);
    }
    return *found;
}

Json record_of(const Kind& kind, const db::Rows& rows) {
    std::string text;
    write_record(text, kind, rows, 0);
    return Json::parse(text);
}

// The record locked for a change of its parts.
struct Opened {
    const Kind& kind;
    const Parts& parts;
    Locked before;
    Json list;  // its parts as they are, known by their ids alone
};

Task<Opened> open(Ctx& ctx, const http::Request& request) {
    const Kind& kind = kind_of_route(ctx);
    const Parts& parts = parts_of_route(ctx, kind);
    const Id id = path_id(request, kind.entity->name);
    const auto expected = expected_version(request);
    Locked before = co_await records::lock(ctx, kind, id, "update", expected);
    Json list = Json::array();
    for (const Json& part : before.record[parts.json_name].items()) {
        list.push(Json::object({{"id", part["id"]}}));
    }
    co_return Opened{kind, parts, std::move(before), std::move(list)};
}

// The place in the path; throws 404.
std::size_t place_of(const Opened& opened, const http::Request& request) {
    const Json* found = part_with(opened.list, request.param("part"));
    if (!found) {
        throw not_found(opened.parts.kind->entity->name);
    }
    return static_cast<std::size_t>(found - opened.list.items().data());
}

// Problems of the one part that was sent are named as it was sent.
Error of_one(Error error, const std::string& prefix) {
    for (FieldProblem& problem : error.fields) {
        if (problem.field.starts_with(prefix)) {
            problem.field.erase(0, prefix.size());
        }
    }
    return error;
}

Task<Values> accept_list(Ctx& ctx, const Opened& opened, std::size_t sent) {
    const Json body = Json::object({{opened.parts.json_name, opened.list}});
    try {
        Values values = co_await accept(ctx, opened.kind, body, Mode::merge, &opened.before.record);
        co_return values;
    } catch (const Error& error) {
        throw of_one(error, opened.parts.json_name + "." + std::to_string(sent) + ".");
    }
}

// Commits; the record afterwards, as its reader sees it.
struct Written {
    Json record;
    std::int64_t version = 0;
};

Task<Written> write_list(Ctx& ctx, Opened opened, Values values) {
    const Id id = opened.before.id;
    co_await change(ctx, opened.kind, std::move(opened.before), std::move(values));
    db::Statement shown = shown_statement(ctx, opened.kind, id);
    const db::Rows rows =
        co_await ctx.tx.commit_with(std::move(shown.sql), std::move(shown.params));
    Written written{record_of(opened.kind, rows), 0};
    db::read_cell(rows.text(0, opened.kind.version_column), written.version);
    co_return written;
}

Task<http::Response> list_parts(Ctx& ctx, const http::Request& request) {
    const Kind& kind = kind_of_route(ctx);
    const Parts& parts = parts_of_route(ctx, kind);
    const ReadOne one{path_id(request, kind.entity->name)};
    db::Statement statement = read_statement(ctx, kind, one);
    const db::Rows rows =
        co_await ctx.tx.query(std::move(statement.sql), std::move(statement.params));
    if (rows.empty()) {
        throw not_found(kind.entity->name);
    }
    const Json record = record_of(kind, rows);
    co_return versioned_reply(200, Json::object({{"data", record[parts.json_name]}}),
                              record["version"].as_integer());
}

Task<http::Response> add_part(Ctx& ctx, const http::Request& request) {
    Json part = body_object(request);
    part.erase("id");
    Opened opened = co_await open(ctx, request);
    opened.list.push(std::move(part));
    const std::string name = opened.parts.json_name,
                      path = "/api/v1/" + opened.kind.route + "/" + opened.before.id.text() + "/";
    Values values = co_await accept_list(ctx, opened, opened.list.items().size() - 1);
    const Written written = co_await write_list(ctx, std::move(opened), std::move(values));
    const Json& added = written.record[name].items().back();
    http::Response response = versioned_reply(201, added, written.version);
    response.with("Location", path + name + "/" + added["id"].as_string());
    co_return response;
}

Task<http::Response> change_part(Ctx& ctx, const http::Request& request) {
    Json part = body_object(request);
    Opened opened = co_await open(ctx, request);
    const std::size_t place = place_of(opened, request);
    const std::string name = opened.parts.json_name, id(request.param("part"));
    part.set("id", id);
    opened.list.items()[place] = std::move(part);
    Values values = co_await accept_list(ctx, opened, place);
    const Written written = co_await write_list(ctx, std::move(opened), std::move(values));
    co_return versioned_reply(200, *part_with(written.record[name], id), written.version);
}

Task<http::Response> remove_part(Ctx& ctx, const http::Request& request) {
    Opened opened = co_await open(ctx, request);
    const std::size_t place = place_of(opened, request);
    Json::Array& items = opened.list.items();
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(place));
    Values values = co_await accept_list(ctx, opened, items.size());
    const Written written = co_await write_list(ctx, std::move(opened), std::move(values));
    http::Response response = no_content();
    response.with("ETag", "\"" + std::to_string(written.version) + "\"");
    co_return response;
}

}  // namespace

void declare_part_routes(App& app, const Kind& kind) {
    for (const Parts& parts : kind.parts) {
        const std::string path = "/" + kind.route + "/{id}/" + parts.json_name,
                          component = pascal_case(parts.kind->entity->name);
        const auto add = [&](const char* method, const std::string& rest, Handler run,
                             const char* right) -> Route& {
            Route& route = app.route(method, path + rest, run);
            route.tag = kind.route;
            route.permission = kind.resource + "." + right;
            route.entity = kind.entity;
            route.action = "parts";
            route.piece = parts.kind->entity;
            route.reads_itself = true;
            return route;
        };
        add("GET", "", list_parts, "read").gives(200, component + "List");
        add("POST", "", add_part, "update").takes(parts.kind->own_fields).gives(201, component);
        add("PATCH", "/{part}", change_part, "update")
            .takes(parts.kind->own_fields)
            .gives(200, component);
        add("DELETE", "/{part}", remove_part, "update").gives(204, "none");
    }
}

}  // namespace ponte::records
