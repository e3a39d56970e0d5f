// Whole seconds, as programs say it; people write hours and minutes.
#include "kernel/values/types/types.hpp"

namespace ponte::values {
namespace {

Canonical of_typed(const Typed& typed, const Locale&) {
    const auto seconds = read_duration(typed.text);
    return seconds ? Canonical{Json(*seconds), {}} : wrong("format");
}

Canonical of_json(const Json& input, const Locale& locale) {
    if (input.is_string()) {
        const auto text = trimmed(input.as_string());
        return text.empty() ? Canonical{} : of_typed({text, text}, locale);
    }
    const Canonical whole = integer_type.of_json(input, locale);
    const auto seconds = whole.value.as_integer();
    return !whole.ok() || (seconds >= 0 && seconds <= longest_duration) ? whole : wrong("range");
}

}  // namespace

constinit const FieldType duration_type{
    .type = Type::duration,
    .name = "duration",
    .of_json = of_json,
    .of_typed = of_typed,
    .bounded = Bounded::by_value,
    .sql = "bigint",
    .written = Written::bare,
    .sent = Sent::integer,
    .lowest = "-9223372036854775808",
    .compared = Compared::in_order,
    .schema = "integer",
    .format = "seconds",
    .readable = Readable::duration,
    .may_be_custom = true,
};

}  // namespace ponte::values
