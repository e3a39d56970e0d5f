#include "kernel/records/input.hpp"

#include <algorithm>
#include <charconv>

#include "kernel/records/parts_input.hpp"
#include "kernel/records/record.hpp"
#include "kernel/records/sealed.hpp"

namespace ponte {

using records::split_options;

namespace records {
namespace {

// Of one object in a body. No entity has as many fields, and each unknown one is a problem told.
constexpr std::size_t most_members = 1'000;

// What a value may not fall below or rise above, and how that is said.
struct Bounds {
    const char *below = "too_small", *above = "too_large";
};

template <class Size>
void check_between(const Field& field, Size size, Bounds said, Problems& problems,
                   const std::string& name) {
    const auto add = [&](const char* code, std::int64_t bound) {
        const Json limit = shown(field.type, bound);
        problems.push_back({name, code, Json::object({{"limit", limit}}), {}});
    };
    if (field.min != INT64_MIN && size < static_cast<Size>(field.min)) {
        add(said.below, field.min);
    } else if (field.max != INT64_MAX && size > static_cast<Size>(field.max)) {
        add(said.above, field.max);
    }
}

void check_bounds(const Field& field, const Json& value, Problems& problems,
                  const std::string& name) {
    const FieldType& type = field_type(field.type);
    switch (type.bounded) {
        case Bounded::by_length: {
            const auto length = static_cast<std::int64_t>(utf8_length(value.as_string()));
            check_between(field, length, {"too_short", "too_long"}, problems, name);
            break;
        }
        case Bounded::by_count: {
            const auto count = static_cast<std::int64_t>(value.items().size());
            check_between(field, count, {"too_few", "too_many"}, problems, name);
            break;
        }
        case Bounded::by_value:
            if (type.sent == Sent::number) {
                check_between(field, value.as_number(), {}, problems, name);
            } else {
                check_between(field, value.as_integer(), {}, problems, name);
            }
            break;
        case Bounded::not_at_all:
            break;
    }
}

void check_options(const std::vector<std::string_view>& options, const Json& value,
                   Problems& problems, const std::string& name) {
    const auto is_known = [&](const Json& one) {
        return std::find(options.begin(), options.end(), one.as_string()) != options.end();
    };
    const bool all_known = value.is_array()
                               ? std::all_of(value.items().begin(), value.items().end(), is_known)
                               : is_known(value);
    if (!all_known) {
        Json allowed = Json::array();
        for (const auto option : options) {
            allowed.push(option);
        }
        problems.push_back(
            {name, "not_an_option", Json::object({{"allowed", std::move(allowed)}}), {}});
    }
}

Json within(const Field& field, const std::vector<std::string_view>& options,
            const Canonical& result, Problems& problems, const std::string& name) {
    if (!result.ok()) {
        problems.push_back({name, result.problem, Json::object(), {}});
        return {};
    }
    if (!result.value.is_null()) {
        check_bounds(field, result.value, problems, name);
        if (field_type(field.type).has_options) {
            check_options(options, result.value, problems, name);
        }
    }
    return result.value;
}

Json checked_of(const Field& field, const std::vector<std::string_view>& options, const Json& input,
                const Locale& locale, Problems& problems, const std::string& name) {
    return within(field, options, canonical(field.type, input, locale), problems, name);
}

void canonicalise_custom(const TenantFacts& facts, const Kind& kind, Values& values, Mode mode,
                         bool from_people, const Locale& locale, Problems& problems) {
    const Json* given = values.find("custom");
    if (given && !given->is_null() && !given->is_object()) {
        problems.push_back({"customFields", "type", Json::object(), {}});
        return;
    }
    Json out = Json::object();
    const auto& fields = facts.of(kind.entity->name);
    if (given && given->members().size() > most_members) {
        problems.push_back({"customFields", "too_many", Json::object(), {}});
        return;
    }
    if (given) {
        for (const auto& [key, value] : given->members()) {
            const bool is_known = std::any_of(fields.begin(), fields.end(),
                                              [&](const CustomField& f) { return f.key == key; });
            if (!is_known) {
                problems.push_back({"customFields." + key, "unknown", Json::object(), {}});
            }
        }
    }
    for (const CustomField& custom : fields) {
        const std::string name = "customFields." + custom.key;
        const Json* input = given ? given->find(custom.key) : nullptr;
        if (!input && mode == Mode::merge) {
            continue;
        }
        Field field = ponte::field(custom.key, custom.type);
        field.max = field_type(custom.type).longest_custom;
        const std::vector<std::string_view> options(custom.options.begin(), custom.options.end());
        Json value =
            !input && mode == Mode::create
                ? custom.initial
                : checked_of(field, options, input ? *input : Json{}, locale, problems, name);
        if (value.is_null() && custom.is_required && from_people) {
            problems.push_back({name, "required", Json::object(), {}});
        }
        // What a change leaves empty must be said, or the old value would stay.
        if (!value.is_null() || mode != Mode::create) {
            out.set(custom.key, shown(custom.type, value));
        }
    }
    if (given || mode == Mode::create) {
        values.set("custom", std::move(out));
    }
}

}  // namespace

Json checked(const Field& field, const Json& input, const Locale& locale, Problems& problems) {
    return checked_as(field, camel_case(field.name), input, locale, problems);
}

Json checked_as(const Field& field, const std::string& name, const Json& input,
                const Locale& locale, Problems& problems) {
    return checked_of(field, split_options(field.options), input, locale, problems, name);
}

Json checked_text(const Field& field, std::string_view text, const Locale& locale,
                  Problems& problems) {
    return within(field, split_options(field.options),
                  canonical_from_text(field.type, text, locale), problems, camel_case(field.name));
}

Json initial_value(const Field& field, const Locale& locale) {
    if (field.initial.empty()) {
        return field_type(field.type).is_list ? Json::array() : Json{};
    }
    return canonical_from_text(field.type, field.initial, locale).value;
}

namespace {

// What may not change, what is computed, and what nobody could have read to send it back.
bool stays_unsaid(const Field& field) {
    return field.is_read_only || field.is_immutable || field_type(field.type).is_sealed;
}

}  // namespace

Mode mode_of(const http::Request& change) {
    return change.method == "PUT" ? Mode::replace : Mode::merge;
}

Values values_from_body(const Kind& kind, const TenantFacts&, const Json& body, Mode mode,
                        Problems& problems) {
    static constexpr std::string_view ours[] = {"id",        "createdAt", "updatedAt",
                                                "createdBy", "version",   "deletedAt"};
    Values values;
    for (const auto& [name, value] : body.members()) {
        if (name == "customFields" && kind.entity->has_custom_fields) {
            values.set("custom", value);
            continue;
        }
        const Field* field = kind.field_by_json(name);
        if (!field) {
            const bool is_ours =
                std::find(std::begin(ours), std::end(ours), name) != std::end(ours);
            // What a client read may come back whole: titles of links are no input.
            if (!is_ours && !kind.link_by_json(name)) {
                problems.push_back({name, "unknown", Json::object(), {}});
            }
        } else if (!field->is_read_only && !is_left_alone(*field, value) &&
                   (mode == Mode::create || !field->is_immutable)) {
            values.set(field->name, value);
        }
    }
    if (mode == Mode::replace) {
        for (const Field& field : kind.entity->fields) {
            if (!stays_unsaid(field) && !values.find(field.name)) {
                values.set(field.name, initial_value(field, Locale{}));
            }
        }
        if (kind.entity->has_custom_fields && !values.find("custom")) {
            values.set("custom", Json::object());
        }
    }
    return values;
}

void canonicalise(const Kind& kind, const TenantFacts& facts, Values& values, Mode mode,
                  bool from_people, const Locale& locale, Problems& problems, const Json* before) {
    complete_parts(kind, values, {mode, from_people, before, locale}, problems);
    for (const Field& field : kind.entity->fields) {
        const Json* input = values.find(field.name);
        // What may not change is not asked for again; what is computed is not begun anew.
        const bool stays = mode == Mode::replace && stays_unsaid(field);
        if (!input && (mode == Mode::merge || stays)) {
            continue;
        }
        const bool is_needed = field.is_required || (field.is_expected && from_people);
        const auto known = problems.size();
        // Computed fields are written by our own code; they are only made canonical.
        Json value = input ? checked(field, *input, locale, problems) : Json{};
        // Many forms send null for what nobody filled in.
        if (value.is_null() && mode != Mode::merge && problems.size() == known) {
            value = initial_value(field, locale);
        }
        if (value.is_null() && is_needed && !field.is_read_only && problems.size() == known) {
            problems.push_back({camel_case(field.name), "required", Json::object(), {}});
        }
        if (value.is_null() && field_type(field.type).is_list) {
            value = Json::array();
        }
        if (input || !value.is_null() || mode == Mode::create) {
            values.set(field.name, std::move(value));
        }
    }
    if (kind.entity->has_custom_fields) {
        canonicalise_custom(facts, kind, values, mode, from_people, locale, problems);
    }
    if (kind.entity->check && problems.empty()) {
        kind.entity->check(values, problems);
    }
}

}  // namespace records

const Json* Values::find(std::string_view name) const {
    for (const auto& [key, value] : list) {
        if (key == name) {
            return &value;
        }
    }
    return nullptr;
}

std::optional<std::string> Values::text(std::string_view name) const {
    const Json* value = find(name);
    return value && value->is_string() ? std::optional(value->as_string()) : std::nullopt;
}

std::optional<std::int64_t> Values::integer(std::string_view name) const {
    const Json* value = find(name);
    return value && value->is_number() ? std::optional(value->as_integer()) : std::nullopt;
}

std::optional<bool> Values::boolean(std::string_view name) const {
    const Json* value = find(name);
    return value && value->is_bool() ? std::optional(value->as_bool()) : std::nullopt;
}

std::optional<Id> Values::id(std::string_view name) const {
    const Json* value = find(name);
    return value && value->is_string() ? Id::parse(value->as_string()) : std::nullopt;
}

void Values::set(std::string_view name, Json value) {
    for (auto& [key, existing] : list) {
        if (key == name) {
            existing = std::move(value);
            return;
        }
    }
    list.emplace_back(std::string(name), std::move(value));
}

void Values::erase(std::string_view name) {
    std::erase_if(list, [&](const Json::Member& member) { return member.first == name; });
}

}  // namespace ponte
