#include "kernel/values/types/types.hpp"

namespace ponte::values {
namespace {

Canonical of_json(const Json& input, const Locale&) {
    return input.is_bool() ? Canonical{input, {}} : wrong("type");
}

Canonical of_typed(const Typed& typed, const Locale&) {
    const auto value = read_boolean(typed.text);
    return value ? Canonical{Json(*value), {}} : wrong("format");
}

}  // namespace

constinit const FieldType boolean_type{
    .type = Type::boolean,
    .name = "boolean",
    .of_json = of_json,
    .of_typed = of_typed,
    .sql = "boolean",
    .written = Written::boolean,
    .sent = Sent::boolean,
    .lowest = "false",
    .compared = Compared::as_truth,
    .schema = "boolean",
    .readable = Readable::yes_or_no,
    .may_be_custom = true,
};

}  // namespace ponte::values
