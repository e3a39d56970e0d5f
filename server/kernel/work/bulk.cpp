#include "kernel/work/bulk.hpp"

#include <algorithm>

#include "kernel/app.hpp"
#include "kernel/entities/catalogue.hpp"
#include "kernel/entities/standing.hpp"
#include "kernel/lists/list.hpp"
#include "kernel/records/check_links.hpp"
#include "kernel/records/field_rights.hpp"
#include "kernel/records/routes.hpp"
#include "kernel/records/title_ids.hpp"
#include "kernel/records/write.hpp"
#include "kernel/route.hpp"
#include "kernel/services.hpp"
#include "kernel/values/field_type.hpp"
#include "kernel/work/bulk_work.hpp"

namespace ponte::records {
namespace {

constexpr Field bulk_fields[] = {
    choice("action", "update | delete | restore").required(),
    json("ids"),
    json("filter"),
    text("search").up_to(200),
    boolean("deleted"),
    json("values"),
};

std::string action_in(Ctx& ctx, const Kind& kind, const Json& body) {
    const std::string& action = body["action"].as_string();
    if (action != "update" && action != "delete" && action != "restore") {
        const bool is_missing = !body.find("action");
        throw invalid("action", is_missing ? "required" : "not_an_option",
                      Json::object({{"allowed", Json::array({"update", "delete", "restore"})}}));
    }
    ctx.require(kind.resource + (action == "update" ? ".update" : ".delete"));
    return action;
}

Json ids_in(const Json& given, Problems& problems) {
    Json out = Json::array();
    for (const Id& id : work::ids_given(given, problems)) {
        out.push(id);
    }
    return out;
}

// Which records: {"ids": […]} or {"filter": …, "search": "…", "deleted": …}.
Json selection_in(const Json& body, const std::string& action, Problems& problems) {
    if (const Json* ids = body.find("ids"); ids && !ids->is_null()) {
        return Json::object({{"ids", ids_in(*ids, problems)}});
    }
    const Json& filter = body["filter"];
    const Json& search = body["search"];
    if (filter.is_null() && folded(search.as_string()).empty()) {
        // Nobody means "all of them" by saying nothing: that is {"filter": {"and": []}}.
        problems.push_back({"ids", "required", Json::object(), {}});
    }
    if (!search.is_null() && !search.is_string()) {
        problems.push_back({"search", "type", Json::object(), {}});
    }
    const bool wants_deleted = action == "restore" || body["deleted"].as_bool();
    return Json::object({{"filter", filter}, {"search", search}, {"deleted", wants_deleted}});
}

Json without_nulls(const Json& given) {
    Json out = Json::object();
    for (const auto& [name, value] : given.members()) {
        if (!value.is_null()) {
            out.set(name, value);
        }
    }
    return out;
}

// Labels for a set, with problems told under the name by which they were given.
Json labels_in(const Field& field, const Json& given, const std::string& name, const Locale& locale,
               Problems& problems) {
    Problems found;
    Json labels = checked(field, given, locale, found);
    for (FieldProblem& problem : found) {
        problem.field = name;
        problems.push_back(std::move(problem));
    }
    return labels.is_null() ? Json::array() : labels;
}

std::string pascal(std::string_view snake) {
    std::string name = camel_case(snake);
    name[0] = static_cast<char>(name[0] - 'a' + 'A');
    return name;
}

SetChange set_change_in(const Field& field, Json& rest, const Locale& locale, Problems& problems) {
    SetChange change{&field};
    const std::string name = camel_case(field.name);
    const auto take = [&](const Json* given, const std::string& called, Json& into) {
        if (given) {
            into = labels_in(field, *given, called, locale, problems);
        }
    };
    if (const Json both = rest[name]; both.is_object()) {
        take(both.find("add"), name, change.add);
        take(both.find("remove"), name, change.remove);
        rest.erase(name);
    }
    for (const auto& [word, into] :
         {std::pair<std::string, Json*>{"add", &change.add}, {"remove", &change.remove}}) {
        const std::string called = word + pascal(field.name);
        take(rest.find(called), called, *into);
        rest.erase(called);
    }
    return change;
}

std::vector<std::string> texts_of(const Json& labels) {
    std::vector<std::string> texts;
    for (const Json& label : labels.items()) {
        texts.push_back(label.as_string());
    }
    return texts;
}

bool has(const Json& labels, const Json& label) {
    return std::any_of(labels.items().begin(), labels.items().end(), [&](const Json& other) {
        return folded(other.as_string()) == folded(label.as_string());
    });
}

Task<Json> values_in(Ctx& ctx, const Kind& kind, const Json& body, Problems& problems) {
    const Json& given = body["values"];
    if (!given.is_object()) {
        problems.push_back({"values", given.is_null() ? "required" : "type", Json::object(), {}});
        co_return Json{};
    }
    const auto facts = co_await ctx.services.entities().facts(ctx);
    refuse_guarded(kind, given, nullptr, problems);
    const BulkValues values = read_bulk_values(kind, *facts, given, locale_of(ctx), problems);
    co_await check_people(ctx, kind, *facts, values.values, nullptr, problems);
    co_await check_links(ctx, kind, values.values, nullptr, problems);
    for (const SetChange& set : values.sets) {
        const Kind& target = ctx.services.entities().get(set.field->target);
        if (!may_make_titles(ctx, target)) {
            const auto unknown = co_await unknown_title(ctx, target, texts_of(set.add));
            if (unknown) {
                problems.push_back({camel_case(set.field->name),
                                    "new_label",
                                    Json::object({{"value", *unknown}}),
                                    {}});
            }
        }
    }
    if (values.values.list.empty() && values.sets.empty() && problems.empty()) {
        problems.push_back({"values", "required", Json::object(), {}});
    }
    co_return stored(values);
}

const work::WorkKind& kind_of_bulk(const std::string& action) {
    return *std::ranges::find(work::bulk_kinds, "bulk_" + action, &work::WorkKind::name);
}

}  // namespace

const std::span<const Field> bulk_body = bulk_fields;

BulkValues read_bulk_values(const Kind& kind, const TenantFacts& facts, const Json& given,
                            const Locale& locale, Problems& problems) {
    BulkValues out;
    Json rest = given;
    for (const Field& field : kind.entity->fields) {
        if (field_type(field.type).points != Points::to_titles || field.is_read_only) {
            continue;
        }
        SetChange change = set_change_in(field, rest, locale, problems);
        if (!change.add.items().empty() || !change.remove.items().empty()) {
            out.sets.push_back(std::move(change));
        }
    }
    out.values = values_from_body(kind, facts, rest, Mode::merge, problems);
    canonicalise(kind, facts, out.values, Mode::merge, true, locale, problems);
    for (const Field& field : kind.entity->fields) {
        const Json* value = out.values.find(field.name);
        // What waits for its turn is kept as it was given: no place for a secret.
        const FieldType& type = field_type(field.type);
        const bool is_of_one = field.is_unique || type.points == Points::to_parts ||
                               type.points == Points::to_file || type.is_sealed;
        if (is_of_one && value && !value->is_null()) {
            problems.push_back({camel_case(field.name), "not_allowed", Json::object(), {}});
        }
    }
    return out;
}

Json stored(const BulkValues& values) {
    Json sets = Json::object();
    for (const SetChange& set : values.sets) {
        sets.set(set.field->name, Json::object({{"add", set.add}, {"remove", set.remove}}));
    }
    return Json::object({{"values", Json(values.values.list)}, {"sets", std::move(sets)}});
}

BulkValues bulk_values_from(const Kind& kind, const Json& json) {
    BulkValues out;
    out.values.list = json["values"].members();
    for (const auto& [name, set] : json["sets"].members()) {
        if (const Field* field = kind.field(name)) {
            out.sets.push_back({field, set["add"], set["remove"]});
        }
    }
    return out;
}

Values values_for(const BulkValues& values, const Json& record) {
    Values out = values.values;
    for (const SetChange& set : values.sets) {
        const Json* replaced = out.find(set.field->name);
        const Json& current = replaced ? *replaced : record[camel_case(set.field->name)];
        Json next = Json::array();
        for (const Json& label : current.items()) {
            if (!has(set.remove, label)) {
                next.push(label);
            }
        }
        for (const Json& label : set.add.items()) {
            if (!has(next, label) && !has(set.remove, label)) {
                next.push(label);
            }
        }
        out.set(set.field->name, std::move(next));
    }
    return out;
}

Task<http::Response> start_bulk(Ctx& ctx, const http::Request& request) {
    const Kind& kind = kind_of_route(ctx);
    const Json body = body_object(request);
    const std::string action = action_in(ctx, kind, body);
    Problems problems;
    Json args = selection_in(body, action, problems);
    if (action == "update") {
        Json values = co_await values_in(ctx, kind, body, problems);
        args.set("values", std::move(values));
    }
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
    args = without_nulls(args);
    if (!args.find("ids")) {
        co_await read_selection(ctx, kind, args);  // a wrong filter is told now
    }
    const work::WorkKind& bulk = kind_of_bulk(action);
    const Id id = work::start(ctx, bulk, kind.entity->name, std::move(args));
    db::Params params{id};
    const db::Rows rows = co_await ctx.tx.commit_with(
        work::select_of<work::Operation>() + " and id = $1", std::move(params));
    co_return reply(202, db::read_row<work::Operation>(rows, 0).shown(ctx));
}

// Without a recycle bin there are no bulks either: what cannot be deleted is a handful of records
// whose every change means more than its fields (who may sign in, what a role allows).
void declare_bulk_route(App& app, const Kind& kind) {
    if (!kind.entity->can_be_deleted) {
        return;
    }
    Route& route = app.route("POST", "/" + kind.route + "/bulk", start_bulk);
    route.tag = kind.route;
    route.entity = kind.entity;
    route.action = "bulk";
    route.within_rights().reading_itself().takes(bulk_body).gives(202, "Operation");
}

}  // namespace ponte::records
