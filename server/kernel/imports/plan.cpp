#include "kernel/imports/plan.hpp"

#include <algorithm>

#include "kernel/imports/safe_cell.hpp"
#include "kernel/resources/record.hpp"
#include "kernel/words.hpp"

namespace ponte::imports {

using resources::shown;
using resources::split_options;

namespace {

// A choice may be written as its value or as its label in either language.
std::unordered_map<std::string, std::string> options_of(const Entity& entity,
                                                        const Target& target) {
    std::unordered_map<std::string, std::string> options;
    if (target.custom) {
        for (const std::string& option : target.custom->options) {
            options.emplace(folded(option), option);
        }
    } else if (target.field) {
        for (const auto option : split_options(target.field->options)) {
            const std::string key = std::string(entity.name) + "." +
                                    std::string(target.field->name) + "." + std::string(option);
            options.emplace(folded(option), option);
            options.emplace(folded(Words::all().find(Language::pt, key)), option);
            options.emplace(folded(Words::all().find(Language::en, key)), option);
        }
        options.erase("");
    }
    return options;
}

constexpr auto most_cell_bytes = static_cast<std::int64_t>(CsvLimits{}.cell_bytes);

bool has_problem(const std::vector<FieldProblem>& problems, std::string_view field) {
    return std::any_of(problems.begin(), problems.end(),
                       [&](const FieldProblem& one) { return one.field == field; });
}

}  // namespace

std::optional<Mode> parse_mode(std::string_view name) {
    if (name == "create") {
        return Mode::create;
    }
    if (name == "update") {
        return Mode::update;
    }
    return name == "upsert" ? std::optional(Mode::upsert) : std::nullopt;
}

void Row::fail(std::string field, std::string_view code) {
    problems.push_back({std::move(field), std::string(code), Json::object(), {}});
}

std::string_view linked_entity(const Target& target) {
    if (target.type == Type::user) {
        return "user";
    }
    return target.type == Type::link && target.field ? target.field->target : std::string_view{};
}

std::string match_key(Type type, std::string_view canonical) {
    if (type == Type::phone) {
        return phone_match_key(canonical);
    }
    return type == Type::email ? email_match_key(canonical) : std::string(canonical);
}

Plan::Plan(const resources::Kind& kind, std::shared_ptr<const resources::TenantFacts> facts,
           const Mapping& mapping, Mode mode, std::size_t width, Locale locale)
    : kind_(kind),
      facts_(std::move(facts)),
      mode_(mode),
      width_(width),
      locale_(std::move(locale)) {
    const std::vector<Target> targets = targets_of(kind, *facts_);
    for (const MappedColumn& mapped : mapping) {
        const auto found = std::find_if(targets.begin(), targets.end(), [&](const Target& one) {
            return one.name == mapped.target;
        });
        if (found == targets.end()) {
            continue;  // a custom field that was removed since
        }
        const std::string name = found->custom  ? found->custom->key
                                 : found->field ? std::string(found->field->name)
                                                : "id";
        columns_.push_back({mapped.index, *found, name, options_of(*kind.entity, *found)});
    }
}

Json Plan::with_options(const Column& column, Json value) const {
    const auto known = [&](const Json& one) {
        const auto found = column.options.find(folded(one.as_string()));
        return found == column.options.end() ? one : Json(found->second);
    };
    if (value.is_string()) {
        return known(value);
    }
    Json out = Json::array();
    for (const Json& one : value.items()) {
        out.push(known(one));
    }
    return out;
}

void Plan::take_cell(Row& row, std::size_t position, Values& given, Json& custom) const {
    const Column& column = columns_[position];
    const Type type = column.target.type;
    const auto cell = unguarded_cell(row.record.cell(column.index));
    if (cell.find_first_not_of(" \t\r\n") == cell.npos) {
        return;
    }
    if (column.target.is_id()) {
        const Canonical id = canonical_from_text(Type::link, cell, locale_);
        row.id = id.ok() ? Id::parse(id.value.as_string()) : std::nullopt;
        if (!row.id) {
            row.fail("id", "format");
        }
        return;
    }
    Canonical result = canonical_from_text(type, cell, locale_);
    if (!result.ok() && !linked_entity(column.target).empty()) {
        const Canonical title = canonical_from_text(Type::text, cell, locale_);
        if (title.ok()) {
            row.titles.push_back({position, title.value.as_string()});
            result = {Json(Id{}), {}};  // its place is kept until the title is looked up
        }
    }
    if (!result.ok()) {
        row.fail(column.target.name, result.problem);
        row.given.push_back(position);
        return;
    }
    if (result.value.is_null()) {
        return;
    }
    Json value = type == Type::choice || type == Type::choices
                     ? with_options(column, std::move(result.value))
                     : shown(type, result.value);
    row.given.push_back(position);
    if (column.target.custom) {
        custom.set(column.name, std::move(value));
    } else {
        given.set(column.name, std::move(value));
    }
}

void Plan::collect_keys(Row& row) const {
    for (const auto name : split_options(kind_.entity->match_fields)) {
        const Field* field = kind_.field(name);
        const Json* value = row.values.find(name);
        if (field && value && value->is_string()) {
            std::string key = match_key(field->type, value->as_string());
            if (!key.empty()) {
                row.keys.push_back({std::string(name), std::move(key)});
            }
        }
    }
}

void Plan::check(Row& row) const {
    if (!row.record.problem.empty()) {
        const bool is_too_long = row.record.problem == "too_long";
        const Json params =
            is_too_long ? Json::object({{"limit", most_cell_bytes}}) : Json::object();
        const std::string code(is_too_long ? "cell_too_long" : row.record.problem);
        row.problems.push_back({"row", code, params, {}});
        return;
    }
    for (std::size_t i = width_; i < row.record.size(); ++i) {
        if (!row.record.cell(i).empty()) {
            row.fail("row", "extra_cells");
            break;
        }
    }
    Json custom = Json::object();
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        take_cell(row, i, row.values, custom);
    }
    if (!custom.members().empty()) {
        row.values.set("custom", std::move(custom));
    }
    std::vector<FieldProblem> found;
    resources::canonicalise(kind_, *facts_, row.values, resources::Mode::create, false, locale_,
                            found);
    for (FieldProblem& one : found) {
        const bool is_given = std::any_of(row.given.begin(), row.given.end(), [&](std::size_t i) {
            return columns_[i].target.name == one.field;
        });
        if (!is_given) {
            row.missing.push_back(std::move(one));
        } else if (!has_problem(row.problems, one.field)) {
            row.problems.push_back(std::move(one));
        }
    }
    collect_keys(row);
}

}  // namespace ponte::imports
