#include "kernel/records/routes.hpp"

#include <algorithm>

#include "kernel/app.hpp"
#include "kernel/entities/catalogue.hpp"
#include "kernel/lists/counts.hpp"
#include "kernel/lists/list.hpp"
#include "kernel/past/timeline.hpp"
#include "kernel/records/editable.hpp"
#include "kernel/records/part_routes.hpp"
#include "kernel/records/read.hpp"
#include "kernel/records/shown.hpp"
#include "kernel/records/write.hpp"
#include "kernel/services.hpp"

namespace ponte::records {
namespace {

Task<http::Response> list_records(Ctx& ctx, const http::Request& request) {
    const Kind& kind = kind_of_route(ctx);
    http::Response response = co_await list(ctx, kind, request);
    co_return response;
}

Task<http::Response> count_records(Ctx& ctx, const http::Request&) {
    const Kind& kind = kind_of_route(ctx);
    http::Response response = co_await counts(ctx, kind);
    co_return response;
}

Task<db::Rows> commit_and_show(Ctx& ctx, const Kind& kind, Id id) {
    db::Statement shown = shown_statement(ctx, kind, id);
    const db::Rows rows =
        co_await ctx.tx.commit_with(std::move(shown.sql), std::move(shown.params));
    co_return rows;
}

Task<http::Response> create_record(Ctx& ctx, const http::Request& request) {
    const Kind& kind = kind_of_route(ctx);
    const Json body = body_object(request);
    Values values = co_await accept(ctx, kind, body, Mode::create);
    const Id id = co_await insert(ctx, kind, std::move(values));
    const db::Rows rows = co_await commit_and_show(ctx, kind, id);
    http::Response response = record_reply(kind, rows, 201);
    response.with("Location", "/api/v1/" + kind.route + "/" + id.text());
    co_return response;
}

Task<http::Response> save_record(Ctx& ctx, const http::Request& request, Mode mode) {
    const Kind& kind = kind_of_route(ctx);
    const Id id = path_id(request, kind.entity->name);
    const auto expected = expected_version(request);
    const Json body = body_object(request);
    if (kind.entity->is_written_by_system) {
        ctx.tx.act_as({db::Role::system, ctx.who.tenant});
    }
    Locked before = co_await records::lock(ctx, kind, id, "update", expected);
    Values values = co_await accept(ctx, kind, body, mode, &before.record);
    co_await change(ctx, kind, std::move(before), std::move(values));
    const db::Rows rows = co_await commit_and_show(ctx, kind, id);
    co_return record_reply(kind, rows, 200);
}

Task<http::Response> replace_record(Ctx& ctx, const http::Request& request) {
    http::Response response = co_await save_record(ctx, request, Mode::replace);
    co_return response;
}

Task<http::Response> update_record(Ctx& ctx, const http::Request& request) {
    http::Response response = co_await save_record(ctx, request, Mode::merge);
    co_return response;
}

Task<http::Response> delete_record(Ctx& ctx, const http::Request& request) {
    const Kind& kind = kind_of_route(ctx);
    const Id id = path_id(request, kind.entity->name);
    const auto expected = expected_version(request);
    Locked before = co_await records::lock(ctx, kind, id, "delete", expected);
    co_await move_to_bin(ctx, kind, std::move(before));
    co_await ctx.tx.commit();
    co_return no_content();
}

Task<http::Response> restore_record(Ctx& ctx, const http::Request& request) {
    const Kind& kind = kind_of_route(ctx);
    const Id id = path_id(request, kind.entity->name);
    const auto expected = expected_version(request);
    Locked before = co_await records::lock(ctx, kind, id, "restore", expected);
    if (before.is_deleted) {
        co_await take_from_bin(ctx, kind, std::move(before));
    }
    const db::Rows rows = co_await commit_and_show(ctx, kind, id);
    co_return record_reply(kind, rows, 200);
}

const Action& action_of(const Entity& entity, std::string_view name) {
    return *std::ranges::find(entity.actions, name, &Action::name);
}

Task<http::Response> run_action(Ctx& ctx, const http::Request& request) {
    const Kind& kind = kind_of_route(ctx);
    const Action& action = action_of(*kind.entity, ctx.route->action);
    const Id id = path_id(request, kind.entity->name);
    const auto expected = expected_version(request);
    const Locked before = co_await records::lock(ctx, kind, id, right_of(action), expected);
    if (!is_in(action.state, before.record)) {
        throw conflict("not_in_this_state");
    }
    if (action.answer) {
        const Json answer = co_await action.answer(ctx, before, ctx.input);
        co_return reply(200, answer);
    }
    co_await action.run(ctx, before, ctx.input);
    const db::Rows rows = co_await commit_and_show(ctx, kind, id);
    co_return record_reply(kind, rows, 200);
}

constexpr Field get_query[] = {datetime("as_of"), choice("expand", "tags")};
constexpr Field history_query[] = {integer("limit").between(1, 100), text("cursor")};

// An entity in addresses, with everything that can be done there.
class Collection {
public:
    Collection(App& app, const Kind& kind)
        : app_(app),
          kind_(kind),
          path_("/" + kind.route),
          component_(pascal_case(kind.entity->name)) {}

    void declare() {
        declare_reading();
        declare_writing();
        declare_bin();
        for (const Action& action : kind_.entity->actions) {
            Route& route =
                add("POST", "/{id}/" + std::string(action.name), run_action, action.name);
            route.permission = kind_.resource + "." + std::string(right_of(action));
            route.reads_itself = false;
            route.takes(action.input)
                .gives(200, action.component.empty() ? component_ : std::string(action.component));
        }
    }

private:
    Route& add(std::string method, const std::string& rest, Handler run, std::string_view action) {
        Route& route = app_.route(std::move(method), path_ + rest, run);
        route.tag = kind_.route;
        route.entity = kind_.entity;
        route.action = action;
        route.reads_itself = true;  // by the declaration of the entity, with its own fields' rules
        return route;
    }
    Route& allow(Route& route, const char* right) {
        route.permission = kind_.resource + "." + right;
        return route;
    }
    void declare_reading() {
        allow(add("GET", "", list_records, "list"), "read").gives(200, component_ + "Page");
        if (has_counts(*kind_.entity)) {
            Route& route = allow(add("GET", "/counts", count_records, "counts"), "read");
            route.reads_itself = false;
            route.asks(counts_query).gives(200, "ValueCounts");
        }
        allow(add("GET", "/{id}", get_record, "get"), "read")
            .asks(get_query)
            .gives(200, component_);
        allow(add("GET", "/{id}/history", get_history, "history"), "read")
            .asks(history_query)
            .gives(200, "HistoryEntryPage");
        allow(add("GET", "/{id}/timeline", get_timeline, "timeline"), "read")
            .asks(timeline_query)
            .gives(200, "TimelineEntryPage");
    }
    void declare_writing() {
        const auto fields = kind_.entity->fields;
        if (kind_.entity->can_be_created) {
            allow(add("POST", "", create_record, "create"), "create")
                .takes(fields)
                .gives(201, component_);
        }
        allow(add("PUT", "/{id}", replace_record, "replace"), "update")
            .takes(fields)
            .gives(200, component_);
        allow(add("PATCH", "/{id}", update_record, "update"), "update")
            .takes(fields)
            .gives(200, component_);
    }
    void declare_bin() {
        if (!kind_.entity->can_be_deleted) {
            return;
        }
        allow(add("DELETE", "/{id}", delete_record, "delete"), "delete").gives(204, "none");
        allow(add("POST", "/{id}/restore", restore_record, "restore"), "delete")
            .gives(200, component_);
    }

    App& app_;
    const Kind& kind_;
    const std::string path_;
    const std::string component_;
};

}  // namespace

const Kind& kind_of_route(Ctx& ctx) {
    const Catalogue& entities = ctx.services.entities();
    return entities.seen(entities.get(ctx.route->entity->name), ctx.who);
}

void declare_entity_routes(App& app, const Kind& kind) {
    Collection(app, kind).declare();
    declare_part_routes(app, kind);
}

}  // namespace ponte::records
