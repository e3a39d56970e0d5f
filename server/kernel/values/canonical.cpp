// From what programs and people write to canonical values, as the type's description says.
#include "kernel/values/types/types.hpp"

namespace ponte {
namespace values {

Canonical wrong(std::string_view problem) { return {Json{}, std::string(problem)}; }

Canonical from_read(Read read) {
    if (!read.problem.empty()) {
        return wrong(read.problem);
    }
    return {Json(std::move(read.text)), {}};
}

Canonical plain_text(std::string_view text, Lines lines) {
    const auto problem = text_problem(text, lines);
    return problem.empty() ? Canonical{Json(text), {}} : wrong(problem);
}

Canonical exact_number(std::string_view text, std::size_t most_decimals,
                       std::optional<std::int64_t> (*of)(const Decimal&)) {
    const auto decimal = read_decimal(text);
    if (!decimal) {
        return wrong("format");
    }
    if (const auto value = of(*decimal)) {
        return {Json(*value), {}};
    }
    const auto last = decimal->fraction.find_last_not_of('0');
    const bool is_too_fine = last != std::string::npos && last >= most_decimals;
    return wrong(is_too_fine ? "format" : "range");
}

}  // namespace values

namespace {

using namespace values;

// ="11987654321": how programs keep a spreadsheet from taking text for a number.
std::string_view unwrapped(std::string_view text) {
    const auto inner = trimmed(text);
    const bool is_wrapped = inner.size() >= 3 && inner.starts_with("=\"") && inner.ends_with('"');
    return is_wrapped ? inner.substr(2, inner.size() - 3) : text;
}

}  // namespace

Canonical canonical(Type type, const Json& input, const Locale& locale) {
    if (input.is_null()) {
        return {};
    }
    const FieldType& known = field_type(type);
    if (known.of_json) {
        return known.of_json(input, locale);
    }
    if (!input.is_string()) {
        return wrong("type");
    }
    std::string store;
    const auto given = cleaned(input.as_string(), store);
    const Typed typed{trimmed(given), given};
    return typed.text.empty() ? Canonical{} : known.of_typed(typed, locale);
}

Canonical canonical_from_text(Type type, std::string_view given, const Locale& locale) {
    std::string store;
    const auto input = unwrapped(cleaned(given, store));
    const Typed typed{trimmed(input), input};
    if (typed.text.empty()) {
        return {};
    }
    const FieldType& known = field_type(type);
    return (known.of_cell ? known.of_cell : known.of_typed)(typed, locale);
}

}  // namespace ponte
