#include "kernel/values/types/types.hpp"

namespace ponte::values {
namespace {

Canonical moment_from(const std::optional<LocalTime>& local, const Locale& locale) {
    const auto at = local ? to_utc(*local, locale.timezone) : std::nullopt;
    return at && can_be_written(*at) ? Canonical{Json(format_time(*at)), {}} : wrong("format");
}

Canonical of_typed(const Typed& typed, const Locale& locale) {
    if (const auto at = parse_time(typed.text)) {
        return {Json(format_time(*at)), {}};
    }
    const bool is_iso = typed.text.size() >= 10 && read_iso_day(typed.text.substr(0, 10));
    return is_iso ? moment_from(read_local_time(typed.text), locale) : wrong("format");
}

Canonical of_cell(const Typed& typed, const Locale& locale) {
    return parse_time(typed.text) ? of_typed(typed, locale)
                                  : moment_from(read_local_time(typed.text), locale);
}

}  // namespace

constinit const FieldType datetime_type{
    .type = Type::datetime,
    .name = "datetime",
    .of_typed = of_typed,
    .of_cell = of_cell,
    .sql = "timestamptz",
    .written = Written::time,
    .lowest = "'-infinity'::timestamptz",
    .compared = Compared::in_time,
    .format = "date-time",
    .readable = Readable::moment,
    .may_be_custom = true,
};

}  // namespace ponte::values
