#include "modules/accounts/input.hpp"

#include "kernel/records.hpp"

#include <algorithm>

namespace ponte::accounts {

Values collect(std::span<const Field> fields, const Json& body, const Ctx& ctx,
               Problems& problems) {
    Values values;
    for (const Field& field : fields) {
        const std::string name = camel_case(field.name);
        if (name == "password") {
            continue;
        }
        const Json* given = body.find(name);
        const auto before = problems.size();
        Json value =
            records::checked(field, given ? *given : Json{}, records::locale_of(ctx), problems);
        if (value.is_null() && !field.initial.empty()) {
            value = canonical_from_text(field.type, field.initial, records::locale_of(ctx)).value;
        }
        if (value.is_null() && field.is_required && problems.size() == before) {
            problems.push_back({name, "required", Json::object(), {}});
        }
        if (given || !value.is_null()) {
            values.set(field.name, std::move(value));
        }
    }
    return values;
}

std::string password_in(const Json& body, std::string_view name) { return body[name].as_string(); }

std::string text_of(const Values& values, std::string_view name) {
    const Json* value = values.find(name);
    return value ? value->as_string() : std::string{};
}

bool has_problem(const Problems& problems, std::string_view field) {
    return std::any_of(problems.begin(), problems.end(),
                       [&](const FieldProblem& problem) { return problem.field == field; });
}

}  // namespace ponte::accounts
