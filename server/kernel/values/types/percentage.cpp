// Kept in ten-thousandths of a percent, so that 12.5 % is exact; told in percent: 12.5.
#include "kernel/values/types/types.hpp"

namespace ponte::values {
namespace {

constexpr std::size_t decimals = 4;
// As many as the column holds: numeric(11,4).
constexpr Scale scale{decimals, 10'000'000 * percentage_unit - 1};
static_assert(percentage_unit == 10'000);

std::optional<std::int64_t> units_of(const Decimal& decimal) { return scaled(decimal, scale); }

Canonical of_typed(const Typed& typed, const Locale&) {
    return exact_number(typed.text, decimals, units_of);
}

Canonical of_json(const Json& input, const Locale&) {
    if (input.is_string()) {
        const auto text = trimmed(input.as_string());
        return text.empty() ? Canonical{} : exact_number(text, decimals, units_of);
    }
    if (!input.is_number()) {
        return wrong("type");
    }
    const auto units = scaled(input.as_number(), scale);
    return units ? Canonical{Json(*units), {}} : wrong("range");
}

Json shown(const Json& canonical) {
    if (canonical.is_null()) {
        return canonical;
    }
    std::string text;
    append_scaled(text, std::to_string(canonical.as_integer()), decimals);
    return Json::parse(text);
}

}  // namespace

constinit const FieldType percentage_type{
    .type = Type::percentage,
    .name = "percentage",
    .of_json = of_json,
    .of_typed = of_typed,
    .shown = shown,
    .decimals = decimals,
    .bounded = Bounded::by_value,
    .sql = "numeric(11,4)",
    .written = Written::decimal,
    .sent = Sent::decimal,
    .lowest = "'-Infinity'::numeric",
    .in_parts = {"trim_scale(", ")"},
    .compared = Compared::in_order,
    .schema = "number",
    .format = "percent",
    .readable = Readable::percentage,
    .may_be_custom = true,
    .in_custom_fields = &number_type,
};

}  // namespace ponte::values
