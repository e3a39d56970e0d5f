#include <cmath>

#include "kernel/values/types/types.hpp"

namespace ponte::values {
namespace {

Canonical of_json(const Json& input, const Locale&) {
    if (!input.is_number()) {
        return wrong("type");
    }
    return std::isfinite(input.as_number()) ? Canonical{input, {}} : wrong("range");
}

Canonical of_typed(const Typed& typed, const Locale&) {
    const auto decimal = read_decimal(typed.text);
    if (!decimal) {
        return wrong("format");
    }
    const auto value = number_of(*decimal);
    return value ? Canonical{Json(*value), {}} : wrong("range");
}

// A number reads back as it is written: 5.0 is 5.
Json shown(const Json& canonical) {
    constexpr double exact = 9e15;  // whole numbers up to here have no gaps
    const bool is_fraction = canonical.is_number() && !canonical.is_integer();
    if (!is_fraction || !(std::abs(canonical.as_number()) < exact)) {
        return canonical;
    }
    const auto whole = static_cast<std::int64_t>(canonical.as_number());
    return static_cast<double>(whole) == canonical.as_number() ? Json(whole) : canonical;
}

}  // namespace

constinit const FieldType number_type{
    .type = Type::number,
    .name = "number",
    .of_json = of_json,
    .of_typed = of_typed,
    .shown = shown,
    .bounded = Bounded::by_value,
    .sql = "numeric",
    .written = Written::bare,
    .sent = Sent::number,
    .lowest = "'-Infinity'::numeric",
    .in_parts = {"trim_scale(", ")"},  // without the zeros that a sum leaves behind
    .compared = Compared::in_order,
    .schema = "number",
    .readable = Readable::number,
    .may_be_custom = true,
};

}  // namespace ponte::values
