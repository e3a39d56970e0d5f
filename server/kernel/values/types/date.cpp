#include "kernel/values/types/types.hpp"

namespace ponte::values {
namespace {

bool is_utc(std::string_view text) {
    return text.ends_with('Z') || text.ends_with('z') || text.ends_with("+00:00");
}

Canonical of_typed(const Typed& typed, const Locale& locale) {
    const std::string_view text = typed.text;
    if (const auto day = read_iso_day(text)) {
        return {Json(format_day(*day)), {}};
    }
    const auto at = parse_time(text);
    // Programs write a day as its midnight in UTC; in Brazil's zones that would be the day before.
    const auto midnight = at ? std::chrono::floor<std::chrono::days>(*at) : std::chrono::sys_days{};
    if (at && midnight == *at && is_utc(text)) {
        return {Json(format_day(midnight)), {}};
    }
    const auto day = at ? local_day(*at, locale.timezone) : std::nullopt;
    return day ? Canonical{Json(format_day(*day)), {}} : wrong("format");
}

Canonical of_cell(const Typed& typed, const Locale& locale) {
    if (parse_time(typed.text)) {
        return of_typed(typed, locale);
    }
    const auto local = read_local_time(typed.text);
    return local ? Canonical{Json(format_day(local->day)), {}} : wrong("format");
}

}  // namespace

constinit const FieldType date_type{
    .type = Type::date,
    .name = "date",
    .of_typed = of_typed,
    .of_cell = of_cell,
    .sql = "date",
    .lowest = "'-infinity'::date",
    .compared = Compared::in_time,
    .format = "date",
    .readable = Readable::day,
    .may_be_custom = true,
};

}  // namespace ponte::values
