#include "kernel/entities/standing.hpp"
#include "kernel/people.hpp"
#include "kernel/services.hpp"
#include "kernel/values/field_type.hpp"

#include <algorithm>

namespace ponte::records {
namespace {

void add_option(std::vector<std::string>& options, const Json& value) {
    const bool is_new = value.is_string() && std::find(options.begin(), options.end(),
                                                       value.as_string()) == options.end();
    if (is_new) {
        options.push_back(value.as_string());
    }
}

struct Named {
    std::string field, user;
};

// Users that this write names and the record did not.
std::vector<Named> newly_named(const std::vector<CustomField>& fields, const Json& given,
                               const Json* before) {
    std::vector<Named> named;
    for (const CustomField& field : fields) {
        const Json* value =
            field_type(field.type).target == "user" ? given.find(field.key) : nullptr;
        const bool stands = value && before && (*before)["customFields"][field.key] == *value;
        if (value && value->is_string() && !stands) {
            named.push_back({"customFields." + field.key, value->as_string()});
        }
    }
    return named;
}

}  // namespace

TenantFacts with_values_of(const TenantFacts& facts, const Kind& kind, const Json& record) {
    TenantFacts out = facts;
    const auto fields = out.custom_fields.find(kind.entity->name);
    if (fields == out.custom_fields.end()) {
        return out;
    }
    for (CustomField& field : fields->second) {
        const Json& value = record["customFields"][field.key];
        if (!field_type(field.type).has_options) {
            continue;
        }
        add_option(field.options, value);
        for (const Json& one : value.items()) {
            add_option(field.options, one);
        }
    }
    return out;
}

Task<> check_people(Ctx& ctx, const Kind& kind, const TenantFacts& facts, const Values& values,
                    const Json* before, Problems& problems) {
    const Json* given = kind.entity->has_custom_fields ? values.find("custom") : nullptr;
    if (!given) {
        co_return;
    }
    const auto named = newly_named(facts.of(kind.entity->name), *given, before);
    if (named.empty()) {
        co_return;
    }
    std::vector<std::string> ids;
    for (const Named& one : named) {
        ids.push_back(one.user);
    }
    const auto known =
        co_await ctx.tx.all<std::string>(ctx.services.people().known, std::move(ids));
    for (const Named& one : named) {
        if (std::find(known.begin(), known.end(), one.user) == known.end()) {
            problems.push_back({one.field, "not_found", Json::object(), {}});
        }
    }
}

Task<bool> is_user(Ctx& ctx, const Json& id) {
    if (!Id::parse(id.as_string())) {
        co_return false;
    }
    const std::vector<std::string> ids{id.as_string()};
    const auto found = co_await ctx.tx.maybe<Id>(ctx.services.people().known, ids);
    co_return found.has_value();
}

}  // namespace ponte::records
