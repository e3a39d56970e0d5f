// Text of one line, and of many.
#include <algorithm>

#include "kernel/values/types/types.hpp"

namespace ponte::values {
namespace {

Canonical one_line(const Typed& typed, const Locale&) { return plain_text(typed.text, Lines::one); }

Canonical many_lines(const Typed& typed, const Locale&) {
    return plain_text(typed.text, Lines::many);
}

Canonical cell_of_text(const Typed& typed, const Locale&) { return single_line(typed.text); }

}  // namespace

Canonical single_line(std::string_view text) {
    auto result = plain_text(text, Lines::many);
    if (!result.ok()) {
        return result;
    }
    const auto is_break = [](char c) { return c == '\n' || c == '\r' || c == '\t'; };
    if (std::find_if(text.begin(), text.end(), is_break) == text.end()) {
        return result;
    }
    std::string joined;
    for (const char c : text) {
        const char next = is_break(c) ? ' ' : c;
        if (next != ' ' || !joined.ends_with(' ')) {
            joined.push_back(next);
        }
    }
    return {Json(std::move(joined)), {}};
}

constinit const FieldType text_type{
    .type = Type::text,
    .name = "text",
    .of_typed = one_line,
    .of_cell = cell_of_text,
    .bounded = Bounded::by_length,
    .compared = Compared::as_text,
    .told = Told::below,
    .joined = Joined::with_blanks,
    .may_be_custom = true,
    .longest_custom = 2'000,
};

constinit const FieldType long_text_type{
    .type = Type::long_text,
    .name = "long_text",
    .of_typed = many_lines,
    .bounded = Bounded::by_length,
    .is_large = true,
    .compared = Compared::as_text,
    .joined = Joined::with_blanks,
    .may_be_custom = true,
    .longest_custom = 20'000,
};

}  // namespace ponte::values
