#include "kernel/imports/titles.hpp"

#include <algorithm>

#include "kernel/entities/catalogue.hpp"
#include "kernel/services.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte::imports {
namespace {

constexpr std::size_t most_remembered = 50'000;

const Json* given_value(const Row& row, const Plan::Column& column) {
    if (!column.target.custom) {
        return row.values.find(column.name);
    }
    const Json* custom = row.values.find("custom");
    return custom ? custom->find(column.name) : nullptr;
}

// Everything that rows call by name in one column.
std::vector<std::string> names_in(const Plan& plan, std::size_t position,
                                  std::span<const Row> rows) {
    const Plan::Column& column = plan.columns()[position];
    std::vector<std::string> names;
    for (const Row& row : rows) {
        if (field_type(column.target.type).points == Points::to_titles) {
            const Json* value = row.problems.empty() ? given_value(row, column) : nullptr;
            for (const Json& title : value ? value->items() : Json::Array{}) {
                names.push_back(title.as_string());
            }
        } else {
            for (const Title& title : row.titles) {
                if (title.column == position) {
                    names.push_back(title.text);
                }
            }
        }
    }
    return names;
}

std::vector<std::string> ids_in(const Plan::Column& column, std::span<const Row> rows) {
    std::vector<std::string> ids;
    for (const Row& row : rows) {
        const Json* value = given_value(row, column);
        if (value && value->is_string()) {
            ids.push_back(value->as_string());
        }
    }
    return ids;
}

void put(Row& row, const Plan::Column& column, const Json& value) {
    if (!column.target.custom) {
        row.values.set(column.name, value);
        return;
    }
    Json custom = *row.values.find("custom");
    custom.set(column.name, value);
    row.values.set("custom", std::move(custom));
}

}  // namespace

Task<> Titles::look_up(Ctx& ctx, const records::Kind& target, std::vector<std::string> names) {
    Names& known = known_[std::string(target.entity->name)];
    if (known.size() > most_remembered) {
        known.clear();
    }
    std::erase_if(names, [&](const std::string& name) { return known.contains(name); });
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    if (names.empty()) {
        co_return;
    }
    const std::string table(target.entity->table), title(target.entity->title);
    std::string condition = "sort_key(g." + title + ") = sort_key(x.name)";
    if (target.field("email")) {
        condition = "(" + condition + " or lower(g.email) = lower(x.name))";
    }
    const std::string alive = target.entity->can_be_deleted ? " and g.deleted_at is null" : "";
    db::Params params{names};
    const db::Rows rows = co_await ctx.tx.query(
        "select x.name, count(*), min(g.id::text) from unnest($1::text[]) x(name) join " + table +
            " g on g.tenant_id = current_tenant() and " + condition + alive + " group by x.name",
        std::move(params));
    for (std::string& name : names) {
        known[std::move(name)] = {};
    }
    for (int i = 0; i < rows.size(); ++i) {
        Found found;
        db::read_cell(rows.text(i, 1), found.count);
        found.id = Id::parse(rows.text(i, 2)).value_or(Id{});
        known[std::string(rows.text(i, 0))] = found;
    }
}

Task<> Titles::look_up_ids(Ctx& ctx, const records::Kind& target, std::vector<std::string> ids) {
    Names& known = known_[std::string(target.entity->name)];
    std::erase_if(ids, [&](const std::string& id) { return known.contains(id); });
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    if (ids.empty()) {
        co_return;
    }
    db::Params params{ids};
    const db::Rows rows =
        co_await ctx.tx.query("select id from " + std::string(target.entity->table) +
                                  " where tenant_id = current_tenant() and id = any ($1::uuid[])",
                              std::move(params));
    for (std::string& id : ids) {
        known[std::move(id)] = {};
    }
    for (int i = 0; i < rows.size(); ++i) {
        const std::string id(rows.text(i, 0));
        known[id] = {Id::parse(id).value_or(Id{}), 1};
    }
}

void Titles::put_links(const Plan& plan, std::size_t position, std::span<Row> rows) const {
    const Plan::Column& column = plan.columns()[position];
    const Names& known = known_.at(std::string(linked_entity(column.target)));
    const auto count_of = [&](const std::string& name) {
        const auto found = known.find(name);
        return found == known.end() ? Found{} : found->second;
    };
    for (Row& row : rows) {
        const auto title = std::find_if(row.titles.begin(), row.titles.end(),
                                        [&](const Title& one) { return one.column == position; });
        const Json* value = given_value(row, column);
        const bool is_refused =
            std::any_of(row.problems.begin(), row.problems.end(),
                        [&](const FieldProblem& one) { return one.field == column.target.name; });
        const bool is_gone =
            std::any_of(row.dropped.begin(), row.dropped.end(),
                        [&](const FieldProblem& one) { return one.field == column.target.name; });
        if (is_refused || is_gone ||
            (title == row.titles.end() && !(value && value->is_string()))) {
            continue;
        }
        const Found found = count_of(title == row.titles.end() ? value->as_string() : title->text);
        if (found.count == 1) {
            put(row, column, Json(found.id));
        } else {
            const char* code = found.count == 0 ? "not_found" : "ambiguous";
            plan.refuse(row, position, {column.target.name, code, Json::object(), {}});
            if (column.may_be_left_out()) {
                put(row, column, Json{});
                std::erase(row.given, position);
            }
        }
    }
}

void Titles::refuse_new_labels(const Plan& plan, std::size_t position, std::span<Row> rows) const {
    const Plan::Column& column = plan.columns()[position];
    const auto is_new = [&](const Json& title) {
        return !labels_.is_known(column.target.field->target, title.as_string());
    };
    for (Row& row : rows) {
        const Json* value = row.problems.empty() ? given_value(row, column) : nullptr;
        const auto titles = value ? value->items() : Json::Array{};
        const auto first = std::find_if(titles.begin(), titles.end(), is_new);
        if (first == titles.end()) {
            continue;
        }
        const Json params = Json::object({{"value", *first}});
        plan.refuse(row, position, {column.target.name, "new_label", params, {}});
        if (column.may_be_left_out()) {
            put(row, column, Json{});
            std::erase(row.given, position);
        }
    }
}

Task<> Titles::resolve_labels(Ctx& ctx, const Plan& plan, std::size_t position,
                              std::span<Row> rows) {
    const Field& field = *plan.columns()[position].target.field;
    const records::Kind& target = ctx.services.entities().get(field.target);
    std::vector<std::string> names = names_in(plan, position, rows);
    co_await labels_.find(ctx, target, std::move(names));
    if (!records::may_make_titles(ctx, target)) {
        refuse_new_labels(plan, position, rows);
    }
}

Task<> Titles::resolve_links(Ctx& ctx, const Plan& plan, std::size_t position,
                             std::span<Row> rows) {
    const Plan::Column& column = plan.columns()[position];
    const records::Kind* target = ctx.services.entities().find(linked_entity(column.target));
    if (!target) {
        co_return;
    }
    std::vector<std::string> names = names_in(plan, position, rows);
    co_await look_up(ctx, *target, std::move(names));
    std::vector<std::string> ids = ids_in(column, rows);
    const std::string placeholder = Id{}.text();
    std::erase(ids, placeholder);
    co_await look_up_ids(ctx, *target, std::move(ids));
    put_links(plan, position, rows);
}

Task<> Titles::resolve(Ctx& ctx, const Plan& plan, std::span<Row> rows) {
    for (std::size_t i = 0; i < plan.columns().size(); ++i) {
        const Target& target = plan.columns()[i].target;
        if (field_type(target.type).points == Points::to_titles && target.field) {
            co_await resolve_labels(ctx, plan, i, rows);
        } else {
            co_await resolve_links(ctx, plan, i, rows);
        }
    }
}

}  // namespace ponte::imports
