// One of the options.
#include "kernel/values/types/types.hpp"

namespace ponte::values {
namespace {

Canonical of_typed(const Typed& typed, const Locale&) { return plain_text(typed.text, Lines::one); }

Canonical of_cell(const Typed& typed, const Locale&) { return single_line(typed.text); }

}  // namespace

constinit const FieldType choice_type{
    .type = Type::choice,
    .name = "choice",
    .other_name = "select",
    .of_typed = of_typed,
    .of_cell = of_cell,
    .has_options = true,
    .compared = Compared::as_one,
    .readable = Readable::option,
    .may_be_custom = true,
};

}  // namespace ponte::values
