#include "kernel/values/types/types.hpp"

namespace ponte::values {
namespace {

// The blank that may stand for a plus must still be seen.
Canonical of_typed(const Typed& typed, const Locale& locale) {
    return from_read(read_phone(typed.as_given, locale.default_area_code));
}

}  // namespace

constinit const FieldType phone_type{
    .type = Type::phone,
    .name = "phone",
    .of_typed = of_typed,
    .match_key = phone_match_key,
    .marks = Marks::left_out_with_country,
    .identity = Identity::often_shared,
    .bounded = Bounded::by_length,
    .compared = Compared::as_text,
    .told = Told::aside,
    .readable = Readable::phone,
    .may_be_custom = true,
    .longest_custom = 2'000,
};

}  // namespace ponte::values
