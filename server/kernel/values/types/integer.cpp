#include <cmath>

#include "kernel/values/types/types.hpp"

namespace ponte::values {
namespace {

Canonical of_json(const Json& input, const Locale&) {
    if (input.is_integer()) {
        return {input, {}};
    }
    const double value = input.as_number();
    if (!input.is_number() || value != std::floor(value)) {
        return wrong("type");
    }
    return std::abs(value) < 9.2e18 ? Canonical{Json(static_cast<std::int64_t>(value)), {}}
                                    : wrong("range");
}

Canonical of_typed(const Typed& typed, const Locale&) {
    return exact_number(typed.text, 0, integer_of);
}

}  // namespace

constinit const FieldType integer_type{
    .type = Type::integer,
    .name = "integer",
    .of_json = of_json,
    .of_typed = of_typed,
    .bounded = Bounded::by_value,
    .sql = "bigint",
    .written = Written::bare,
    .sent = Sent::integer,
    .lowest = "-9223372036854775808",
    .compared = Compared::in_order,
    .searched = Searched::its_number,
    .schema = "integer",
    .readable = Readable::number,
    .may_be_custom = true,
};

}  // namespace ponte::values
