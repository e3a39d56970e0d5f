#include "kernel/imports/plan.hpp"

#include <algorithm>

#include "kernel/records/record.hpp"
#include "kernel/spreadsheets/safe_cell.hpp"
#include "kernel/values/field_type.hpp"
#include "kernel/words.hpp"

namespace ponte::imports {

using records::shown;
using records::split_options;

namespace {

constexpr auto most_cell_bytes = static_cast<std::int64_t>(CsvLimits{}.cell_bytes);

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const auto begin = text.find_first_not_of(blanks);
    return begin == text.npos ? std::string_view{}
                              : text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

// CPF and CNPJ in one row: which one is meant is for somebody to say.
bool has_different_cells(const CsvRecord& record, const Plan::Column& column,
                         const Locale& locale) {
    std::string first;
    for (const std::size_t index : column.indexes) {
        const auto cell = trimmed(spreadsheets::unguarded_cell(record.cell(index)));
        const Canonical value = canonical_from_text(column.target.type, cell, locale);
        const std::string text = value.ok() ? value.value.as_string() : std::string(cell);
        if (!text.empty() && !first.empty() && text != first) {
            return true;
        }
        first = text.empty() ? first : text;
    }
    return false;
}

void take_off(Values& values, const Plan::Column& column) {
    if (!column.target.custom) {
        values.erase(column.name);
    } else if (const Json* known = values.find("custom")) {
        Json custom = *known;
        custom.erase(column.name);
        values.set("custom", std::move(custom));
    }
}

std::map<std::string, std::string> as_compared(const std::map<std::string, std::string>& values) {
    std::map<std::string, std::string> out;
    for (const auto& [written, value] : values) {
        out[folded(written)] = value;
    }
    return out;
}

bool has_problem(const Problems& problems, std::string_view field) {
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

std::string_view mode_name(Mode mode) {
    return mode == Mode::create ? "create" : mode == Mode::update ? "update" : "upsert";
}

std::string_view cell_of(const CsvRecord& record, const Plan::Column& column, std::string& joined) {
    if (column.indexes.size() == 1) {
        return trimmed(spreadsheets::unguarded_cell(record.cell(column.indexes.front())));
    }
    const Joined how = field_type(column.target.type).joined;
    for (const std::size_t index : column.indexes) {
        const auto cell = trimmed(spreadsheets::unguarded_cell(record.cell(index)));
        if (cell.empty()) {
            continue;
        }
        if (how == Joined::only_one) {
            joined = cell;
            break;
        }
        joined.append(joined.empty() ? "" : how == Joined::as_list ? ";" : " ").append(cell);
    }
    return joined;
}

void Row::fail(std::string field, std::string_view code) {
    problems.push_back({std::move(field), std::string(code), Json::object(), {}});
}

std::string_view linked_entity(const Target& target) {
    const FieldType& type = field_type(target.type);
    const bool is_of_field = type.points == Points::to_one && type.target.empty() && target.field;
    return is_of_field ? target.field->target : type.target;
}

Plan::Plan(const records::Kind& kind, std::shared_ptr<const records::TenantFacts> facts,
           const Mapping& mapping, Mode mode, std::size_t width, Locale locale, Wishes wishes)
    : kind_(kind),
      facts_(std::move(facts)),
      mode_(mode),
      width_(width),
      locale_(std::move(locale)),
      wishes_(std::move(wishes)) {
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
        const auto known = std::find_if(columns_.begin(), columns_.end(), [&](const Column& one) {
            return one.target.name == found->name;
        });
        if (known != columns_.end()) {
            known->indexes.push_back(mapped.index);
            continue;
        }
        columns_.push_back({{mapped.index},
                            *found,
                            name,
                            OptionNames(*kind.entity, *found),
                            as_compared(mapped.values),
                            mapped.skips_errors});
    }
}

bool Plan::Column::may_be_left_out() const {
    const bool is_needed = (target.field && target.field->is_required) ||
                           (target.custom && target.custom->is_required) || target.is_id();
    return skips_errors && !is_needed;
}

Json Plan::with_options(const Column& column, Json value) const {
    const auto known = [&](const Json& one) {
        const std::string* option = column.options.find(one.as_string());
        return option ? Json(*option) : one;
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

void Plan::refuse(Row& row, std::size_t position, FieldProblem problem) const {
    auto& list = columns_[position].may_be_left_out() ? row.dropped : row.problems;
    list.push_back(std::move(problem));
}

// A list as a cell has it. An option or a label may hold a comma itself: then other signs part it.
Canonical Plan::value_of(const Column& column, std::string_view cell) const {
    const Type type = column.target.type;
    if (!field_type(type).is_set() ||
        (cell.find_first_of(",*") == cell.npos && cell.find(":::") == cell.npos)) {
        return canonical_from_text(type, cell, locale_);
    }
    if (field_type(type).has_options && column.options.find(cell)) {
        const Json whole = Json::array({cell});
        return canonical(type, whole, locale_);
    }
    std::string text(cell);
    for (auto at = text.find(":::"); at != text.npos; at = text.find(":::", at)) {
        text.replace(at, 3, ";");  // as Google parts its labels
    }
    if (text.find(';') == text.npos && !text.starts_with("* ")) {
        return canonical_from_text(type, cell, locale_);
    }
    Json items = Json::array();
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find(';', begin), text.size());
        const auto item = trimmed(std::string_view(text).substr(begin, end - begin));
        if (!item.empty() && !item.starts_with("* ")) {  // "* myContacts" marks everybody
            items.push(item);
        }
        begin = end + 1;
    }
    return canonical(type, items, locale_);
}

void Plan::take_cell(Row& row, std::size_t position, Values& given, Json& custom) const {
    const Column& column = columns_[position];
    const Type type = column.target.type;
    std::string joined;
    std::string_view cell = cell_of(row.record, column, joined);
    if (cell.empty()) {
        return;
    }
    if (field_type(type).joined == Joined::only_one &&
        has_different_cells(row.record, column, locale_)) {
        refuse(row, position, {column.target.name, "two_values", Json::object(), {}});
        return;
    }
    if (const auto other = column.values.find(column.values.empty() ? "" : folded(cell));
        other != column.values.end()) {
        cell = other->second;
        if (cell.empty()) {
            return;
        }
    }
    if (column.target.is_id()) {
        const Canonical id = canonical_from_text(Type::link, cell, locale_);
        row.id = id.ok() ? Id::parse(id.value.as_string()) : std::nullopt;
        if (!row.id) {
            row.fail("id", "format");
        }
        return;
    }
    Canonical result = value_of(column, cell);
    if (!result.ok() && !linked_entity(column.target).empty()) {
        const Canonical title = canonical_from_text(Type::text, cell, locale_);
        if (title.ok()) {
            row.titles.push_back({position, title.value.as_string()});
            result = {Json(Id{}), {}};  // its place is kept until the title is looked up
        }
    }
    if (!result.ok()) {
        refuse(row, position, {column.target.name, result.problem, Json::object(), {}});
        if (!column.may_be_left_out()) {
            row.given.push_back(position);
        }
        return;
    }
    if (result.value.is_null()) {
        return;
    }
    Json value = field_type(type).has_options ? with_options(column, std::move(result.value))
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
    wishes_.mend(row.number, row.record);
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
    row.is_summary = !wishes_.takes_summary(row.number) && is_summary(row);
    complete(row);
    collect_keys(row);
}

// Forms ask for the one key by which people are reached first; in a file another one will do.
bool Plan::is_made_up_for(const Row& row, std::string_view field) const {
    const Field* asked = kind_.field_by_json(field);
    if (!asked || !asked->is_expected) {
        return false;
    }
    const auto keys = split_options(kind_.entity->match_fields);
    return std::any_of(keys.begin(), keys.end(), [&](std::string_view key) {
        const Json* value = row.values.find(key);
        return value && !value->is_null();
    });
}

// Canonical values, with initial ones where nothing was given. What is wrong with a field that may
// be left out takes it off; then the rest is completed anew.
void Plan::complete(Row& row) const {
    const Values as_given = row.values;
    Problems all;
    records::canonicalise(kind_, *facts_, row.values, records::Mode::create, true, locale_, all);
    Problems found;
    for (FieldProblem& one : all) {
        if (one.code != "required" || !is_made_up_for(row, one.field)) {
            found.push_back(std::move(one));
        }
    }
    bool is_less = false;
    for (const FieldProblem& one : found) {
        const auto position = std::find_if(row.given.begin(), row.given.end(), [&](std::size_t i) {
            return columns_[i].target.name == one.field && columns_[i].may_be_left_out();
        });
        if (position != row.given.end()) {
            if (!is_less) {
                row.values = as_given;
                is_less = true;
            }
            take_off(row.values, columns_[*position]);
            row.dropped.push_back(one);
            row.given.erase(position);
        }
    }
    if (is_less) {
        complete(row);
        return;
    }
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
}

// "TOTAL", "Total geral": the last line of a sheet, with nothing by which anybody could be found.
bool Plan::is_summary(const Row& row) const {
    static const std::vector<std::string> words = [] {
        std::vector<std::string> list = listed(Language::pt, "import.summary_lines");
        for (std::string& word : listed(Language::en, "import.summary_lines")) {
            list.push_back(std::move(word));
        }
        return list;
    }();
    for (const auto name : split_options(kind_.entity->match_fields)) {
        if (row.values.find(name)) {
            return false;
        }
    }
    for (std::size_t i = 0; i < row.record.size(); ++i) {
        if (!trimmed(row.record.cell(i)).empty()) {
            const std::string first = plain_header(row.record.cell(i));
            return std::find(words.begin(), words.end(), first) != words.end();
        }
    }
    return false;
}

}  // namespace ponte::imports
