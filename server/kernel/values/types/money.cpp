// Kept in cents, shown in units.
#include "kernel/values/types/types.hpp"

namespace ponte::values {
namespace {

Canonical of_json(const Json& input, const Locale&) {
    std::optional<std::int64_t> cents;
    if (input.is_string()) {
        const auto decimal = read_decimal(input.as_string());
        if (!decimal) {
            return wrong("format");
        }
        cents = cents_of(*decimal);
    } else if (input.is_number()) {
        cents = cents_of(input.as_number());
    } else {
        return wrong("type");
    }
    return cents ? Canonical{Json(*cents), {}} : wrong("range");
}

Canonical of_typed(const Typed& typed, const Locale&) {
    return exact_number(typed.text, 2, cents_of);
}

Json shown(const Json& canonical) {
    if (canonical.is_null()) {
        return canonical;
    }
    std::string text;
    append_money(text, std::to_string(canonical.as_integer()));
    return Json::parse(text);
}

}  // namespace

constinit const FieldType money_type{
    .type = Type::money,
    .name = "money",
    .of_json = of_json,
    .of_typed = of_typed,
    .shown = shown,
    .bounded = Bounded::by_value,
    .sql = "bigint",
    .written = Written::money,
    .sent = Sent::integer,
    .lowest = "-9223372036854775808",
    .in_parts = {"trim_scale(round(", " / 100.0, 2))"},
    .compared = Compared::in_order,
    .schema = "number",
    .readable = Readable::money,
    .may_be_custom = true,
    .in_custom_fields = &number_type,
};

}  // namespace ponte::values
