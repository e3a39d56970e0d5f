#include "kernel/entities/custom_field.hpp"

#include <algorithm>

#include "kernel/entities/catalogue.hpp"
#include "kernel/entities/standing.hpp"
#include "kernel/records/input.hpp"
#include "kernel/records/record.hpp"
#include "kernel/records/write.hpp"
#include "kernel/services.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte::records {
namespace {

constexpr std::ptrdiff_t most_fields = 100;
constexpr std::size_t most_options = 200, longest_option = 100, longest_key = 63;

bool is_key(std::string_view text) {
    return !text.empty() && text[0] >= 'a' && text[0] <= 'z' && is_snake(text) &&
           text.size() <= longest_key;
}

void wrong(Problems& problems, const char* field, const char* code, Json params = Json::object()) {
    problems.push_back({field, code, std::move(params), {}});
}

struct Existing {
    Id id;
    std::string key;
    std::int64_t position = 0;
    bool is_deleted = false;
};
FIELDS(Existing, id, key, position, is_deleted);

Task<std::vector<Existing>> existing_fields(Ctx& ctx, std::string entity) {
    stand_in_queue(ctx);
    auto found = co_await ctx.tx.all<Existing>(
        "select id, key, position, deleted_at is not null as is_deleted from custom_fields "
        "where tenant_id = current_tenant() and entity = $1",
        std::move(entity));
    co_return found;
}

// A default must be a value of the field that it is the default of.
Json checked_default(const Json& given, Type type, const Json& options, const Locale& locale,
                     Problems& problems) {
    if (given.is_null()) {
        return {};
    }
    const Canonical result = canonical(type, given, locale);
    if (!result.ok() || is_file(type)) {  // a file is one record's
        wrong(problems, "defaultValue", result.ok() ? "not_allowed" : result.problem.c_str());
        return {};
    }
    const Json::Array single{result.value};
    const Json::Array& chosen = result.value.is_array() ? result.value.items() : single;
    for (const Json& one : chosen) {
        const auto& known = options.items();
        if (field_type(type).has_options &&
            std::find(known.begin(), known.end(), one) == known.end()) {
            wrong(problems, "defaultValue", "not_an_option", Json::object({{"allowed", options}}));
            return {};
        }
    }
    return shown(type, result.value);
}

void check_entity(Ctx& ctx, const std::string& name, Problems& problems) {
    const Kind* kind = ctx.services.entities().find(name);
    if (kind && kind->entity->has_custom_fields) {
        return;
    }
    Json allowed = Json::array();
    for (const auto& one : ctx.services.entities().all()) {
        if (one->entity->has_custom_fields) {
            allowed.push(one->entity->name);
        }
    }
    wrong(problems, "entity", "not_an_option", Json::object({{"allowed", std::move(allowed)}}));
}

const Json& given_or_known(const Values& values, const Json* before, std::string_view name) {
    const Json* given = values.find(name);
    static const Json none;
    return given ? *given : before ? (*before)[camel_case(name)] : none;
}

// Options and default belong together: a change of one is checked against the other.
void check_choice(const Values& given, Values& values, const Json* before, const Locale& locale,
                  Problems& problems) {
    const Type type =
        parse_type(given_or_known(given, before, "type").as_string()).value_or(Type::text);
    Json options = checked_options(given_or_known(given, before, "options"), type, problems);
    Json initial = checked_default(given_or_known(given, before, "default_value"), type, options,
                                   locale, problems);
    values.set("options", std::move(options));
    values.set("default_value", std::move(initial));
}

// `before_it`: new as well, and not yet in the table.
Task<> complete_new(Ctx& ctx, Values& values, std::span<const Change> before_it,
                    Problems& problems) {
    const std::string entity = values.find("entity")->as_string();
    auto existing = co_await existing_fields(ctx, entity);
    for (const Change& other : before_it) {
        if (other.values.find("entity")->as_string() == entity) {
            existing.push_back({other.id, other.values.find("key")->as_string(),
                                other.values.find("position")->as_integer(), false});
        }
    }
    if (std::ranges::count(existing, false, &Existing::is_deleted) >= most_fields) {
        throw conflict("custom_field.too_many");
    }
    // A deleted field keeps its key: its values stand in the records until it is restored.
    std::vector<std::string> taken;
    std::int64_t last = -1;
    for (const Existing& field : existing) {
        taken.push_back(field.key);
        last = field.is_deleted ? last : std::max(last, field.position);
    }
    const Json* key = values.find("key");
    if (!key || key->is_null()) {
        values.set("key", key_from_name(values.find("name")->as_string(), taken));
    } else if (!is_key(key->as_string())) {
        wrong(problems, "key", "format");
    } else if (std::find(taken.begin(), taken.end(), key->as_string()) != taken.end()) {
        wrong(problems, "key", "taken");
    }
    const Json* position = values.find("position");
    if (!position || position->is_null()) {
        values.set("position", last + 1);
    }
}

Task<> check_field(Ctx& ctx, Values& values, const Json* before, Problems& problems) {
    const Values given = values;
    check_choice(given, values, before, locale_of(ctx), problems);
    const Json* position = values.find("position");
    if (before && position && position->is_null()) {
        values.erase("position");
    }
    const auto type = parse_type(given_or_known(given, before, "type").as_string());
    const Json initial = *values.find("default_value");
    if (type && field_type(*type).target == "user" && initial.is_string()) {
        const bool exists = co_await is_user(ctx, initial);
        if (!exists) {
            wrong(problems, "defaultValue", "not_found");
        }
    }
    if (const Json* required = values.find("required"); required && required->is_null()) {
        values.set("required", false);
    }
}

Task<> before_custom_field(Ctx& ctx, Changes& changes) {
    if (changes.verb == Verb::remove || changes.verb == Verb::restore) {
        co_return;
    }
    Problems problems;
    for (std::size_t i = 0; i < changes.records.size(); ++i) {
        Values& values = changes.records[i].values;
        if (changes.verb == Verb::create) {
            check_entity(ctx, values.find("entity")->as_string(), problems);
            const std::span<const Change> before_it(changes.records.data(), i);
            co_await complete_new(ctx, values, before_it, problems);
        }
        const Json* before = changes.verb == Verb::create ? nullptr : &changes.records[i].before;
        co_await check_field(ctx, values, before, problems);
    }
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
}

constexpr Field custom_field_fields[] = {
    text("entity").required().up_to(63).immutable().not_sortable(),
    text("key").up_to(63).immutable().searchable().not_sortable(),
    text("name").required().length(1, 100).searchable().sorted_as_name(),
    choice("type",
           "text | long_text | number | integer | money | percentage | date | datetime | "
           "duration | boolean | select | multiselect | phone | email | url | cpf | cnpj | "
           "postal_code | link | user | file")
        .required()
        .immutable()
        .not_sortable(),
    boolean("required").starts_as("false").not_sortable(),
    json("options"),
    json("default_value"),
    integer("position").between(0, 1'000'000),
};

constexpr Entity declaration{
    .name = facts_entity,
    .table = "custom_fields",
    .fields = custom_field_fields,
    .default_sort = "position",
    .rights = "supervisor: read | agent: read | sales: read",
    .is_in_menu = false,
    .before_write = before_custom_field,
};
static_assert(valid(declaration));

}  // namespace

const Entity custom_field_entity = declaration;

void stand_in_queue(Ctx& ctx) {
    ctx.tx.queue(
        "select pg_advisory_xact_lock(hashtext('custom_fields'), "
        "hashtext(current_tenant()::text))");
}

std::string key_from_name(std::string_view name, const std::vector<std::string>& taken) {
    std::string key;
    for (const char c : folded(name)) {
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (is_plain) {
            key.push_back(c);
        } else if (!key.empty() && key.back() != '_') {
            key.push_back('_');
        }
    }
    while (key.ends_with('_')) {
        key.pop_back();
    }
    if (key.empty() || key[0] < 'a') {
        key = key.empty() ? "field" : "field_" + key;
    }
    constexpr std::size_t longest_number = 4;
    key.resize(std::min(key.size(), longest_key - longest_number));
    const std::string stem = key;
    for (int number = 2; std::find(taken.begin(), taken.end(), key) != taken.end(); ++number) {
        key = stem + "_" + std::to_string(number);
    }
    return key;
}

Json checked_options(const Json& given, Type type, Problems& problems) {
    Json out = Json::array();
    if (!field_type(type).has_options) {
        return out;
    }
    if (!given.is_null() && !given.is_array()) {
        wrong(problems, "options", "type");
        return out;
    }
    // Before anything is compared: the options of one body may be a hundred thousand.
    if (given.items().size() > most_options) {
        wrong(problems, "options", "too_many");
        return out;
    }
    for (const Json& one : given.items()) {
        const Canonical option = canonical(Type::text, one, Locale{});
        if (!option.ok()) {
            wrong(problems, "options", option.problem.c_str());
            return out;
        }
        if (utf8_length(option.value.as_string()) > longest_option) {
            const auto limit = static_cast<std::int64_t>(longest_option);
            wrong(problems, "options", "too_long", Json::object({{"limit", limit}}));
            return out;
        }
        const auto& kept = out.items();
        const bool is_new = std::find(kept.begin(), kept.end(), option.value) == kept.end();
        if (!option.value.is_null() && is_new) {
            out.push(option.value);
        }
    }
    if (out.items().empty()) {
        wrong(problems, "options", "required");
    }
    return out;
}

}  // namespace ponte::records
