// What no condition, order, cell of a file or parameter speaks of.
#include "kernel/values/types/types.hpp"

namespace ponte::values {
namespace {

Canonical anything(const Json& input, const Locale&) { return {input, {}}; }

Canonical json_of(const Typed& typed, const Locale&) { return {Json::parse(typed.text), {}}; }

Canonical list_of_parts(const Json& input, const Locale&) {
    return input.is_array() ? Canonical{input, {}} : wrong("type");
}

Canonical nothing(const Typed&, const Locale&) { return wrong("format"); }

}  // namespace

constinit const FieldType json_type{
    .type = Type::json,
    .name = "json",
    .of_json = anything,
    .of_typed = json_of,
    .sql = "jsonb",
    .written = Written::bare,
    .sent = Sent::json,
    .is_large = true,
    .schema = {},
};

constinit const FieldType parts_type{
    .type = Type::parts,
    .name = "parts",
    .of_json = list_of_parts,
    .of_typed = nothing,
    .is_list = true,
    .bounded = Bounded::by_count,
    .sql = {},
    .written = Written::bare,
    .points = Points::to_parts,
    .schema = "array",
};

}  // namespace ponte::values
