// From an API's JSON to canonical values.
#include <algorithm>
#include <cmath>

#include "kernel/values/readers.hpp"

namespace ponte {
namespace {

using namespace values;

constexpr std::size_t most_items = 200, longest_item = 200;

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

Canonical integer_from(const Json& input) {
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

Canonical money_from(const Json& input) {
    std::optional<std::int64_t> cents;
    if (input.is_string()) {
        const auto decimal = read_decimal(input.as_string());
        if (!decimal) {
            return wrong("format");
        }
        cents = cents_of(*decimal);
    } else if (input.is_number()) {
        cents = cents_of(input.as_number());
    } else {
        return wrong("type");
    }
    return cents ? Canonical{Json(*cents), {}} : wrong("range");
}

Canonical number_from(const Json& input) {
    if (!input.is_number()) {
        return wrong("type");
    }
    return std::isfinite(input.as_number()) ? Canonical{input, {}} : wrong("range");
}

Canonical moment_from(const LocalTime& local, const Locale& locale) {
    const auto at = to_utc(local, locale.timezone);
    return at && can_be_written(*at) ? Canonical{Json(format_time(*at)), {}} : wrong("format");
}

bool is_utc(std::string_view text) {
    return text.ends_with('Z') || text.ends_with('z') || text.ends_with("+00:00");
}

Canonical date_from(std::string_view text, const Locale& locale) {
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

Canonical datetime_from(std::string_view text, const Locale& locale) {
    if (const auto at = parse_time(text)) {
        return {Json(format_time(*at)), {}};
    }
    const bool is_iso = text.size() >= 10 && read_iso_day(text.substr(0, 10));
    const auto local = is_iso ? read_local_time(text) : std::nullopt;
    return local ? moment_from(*local, locale) : wrong("format");
}

// Trimmed, without empty ones and repetitions; upper and lower case are one name. The bound is
// asked before the comparing begins: a megabyte of names would hold everybody up for 20 s.
Canonical list_from(const std::vector<std::string_view>& items) {
    if (items.size() > most_items) {
        return wrong("too_many");
    }
    Json out = Json::array();
    std::vector<std::string> seen;
    for (const auto item : items) {
        std::string store;
        const auto text = trimmed(cleaned(item, store));
        if (text.empty()) {
            continue;
        }
        if (text.size() > longest_item) {
            return wrong("too_long");
        }
        if (const auto problem = text_problem(text, Lines::one); !problem.empty()) {
            return wrong(problem);
        }
        std::string key = folded(text);
        if (std::find(seen.begin(), seen.end(), key) == seen.end()) {
            seen.push_back(std::move(key));
            out.push(Json(text));
        }
    }
    return {std::move(out), {}};
}

Canonical list_from(const Json& input) {
    std::vector<std::string_view> items;
    for (const Json& item : input.items()) {
        if (!item.is_string()) {
            return wrong("type");
        }
        items.push_back(item.as_string());
    }
    return input.is_array() ? list_from(items) : wrong("type");
}

std::vector<std::string_view> split_list(std::string_view text) {
    std::vector<std::string_view> items;
    while (true) {
        const auto end = text.find_first_of(",;|\n");
        items.push_back(text.substr(0, end));
        if (end == text.npos) {
            return items;
        }
        text.remove_prefix(end + 1);
    }
}

// Types that are written as text in JSON and in spreadsheets alike. `text` is trimmed, not empty.
Canonical from_string(Type type, std::string_view text, const Locale& locale) {
    switch (type) {
        case Type::long_text:
            return plain_text(text, Lines::many);
        case Type::email:
            return from_read(read_email(text));
        case Type::url:
            return from_read(read_url(text));
        case Type::cpf:
            return from_read(read_cpf(text));
        case Type::cnpj:
            return from_read(read_cnpj(text));
        case Type::document:
            return from_read(read_document(text));
        case Type::link:
        case Type::user: {
            const auto id = Id::parse(text);
            return id ? Canonical{Json(*id), {}} : wrong("format");
        }
        case Type::date:
            return date_from(text, locale);
        case Type::datetime:
            return datetime_from(text, locale);
        default:
            return plain_text(text, Lines::one);
    }
}

// In a spreadsheet a line break inside a cell is layout, not content.
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

Canonical url_from_text(std::string_view text) {
    if (text.find("://") == text.npos) {
        const bool looks_like_host = text.find('.') != text.npos && text.find('@') == text.npos;
        return looks_like_host ? from_read(read_url("https://" + std::string(text)))
                               : wrong("format");
    }
    return from_read(read_url(text));
}

Canonical number_from_text(Type type, std::string_view text) {
    const auto decimal = read_decimal(text);
    if (!decimal) {
        return wrong("format");
    }
    if (type == Type::number) {
        const auto value = number_of(*decimal);
        return value ? Canonical{Json(*value), {}} : wrong("range");
    }
    const auto value = type == Type::integer ? integer_of(*decimal) : cents_of(*decimal);
    if (!value) {
        const std::size_t most_decimals = type == Type::integer ? 0 : 2;
        const auto last = decimal->fraction.find_last_not_of('0');
        const bool is_too_fine = last != std::string::npos && last >= most_decimals;
        return wrong(is_too_fine ? "format" : "range");
    }
    return {Json(*value), {}};
}

// ="11987654321": how programs keep a spreadsheet from taking text for a number.
std::string_view unwrapped(std::string_view text) {
    const auto inner = trimmed(text);
    const bool is_wrapped = inner.size() >= 3 && inner.starts_with("=\"") && inner.ends_with('"');
    return is_wrapped ? inner.substr(2, inner.size() - 3) : text;
}

Canonical time_from_text(Type type, std::string_view text, const Locale& locale) {
    if (parse_time(text)) {
        return from_string(type, text, locale);
    }
    const auto local = read_local_time(text);
    if (!local) {
        return wrong("format");
    }
    return type == Type::date ? Canonical{Json(format_day(local->day)), {}}
                              : moment_from(*local, locale);
}

}  // namespace

Canonical canonical(Type type, const Json& input, const Locale& locale) {
    if (input.is_null()) {
        return {};
    }
    switch (type) {
        case Type::integer:
            return integer_from(input);
        case Type::number:
            return number_from(input);
        case Type::money:
            return money_from(input);
        case Type::boolean:
            return input.is_bool() ? Canonical{input, {}} : wrong("type");
        case Type::choices:
        case Type::tags:
            return list_from(input);
        case Type::json:
            return {input, {}};
        case Type::parts:
            return input.is_array() ? Canonical{input, {}} : wrong("type");
        default:
            break;
    }
    if (!input.is_string()) {
        return wrong("type");
    }
    std::string store;
    const auto given = cleaned(input.as_string(), store);
    const auto text = trimmed(given);
    if (text.empty()) {
        return {};
    }
    // The blank that may stand for a plus must still be seen.
    return type == Type::phone ? from_read(read_phone(given, locale.default_area_code))
                               : from_string(type, text, locale);
}

Canonical canonical_from_text(Type type, std::string_view given, const Locale& locale) {
    std::string store;
    const auto input = unwrapped(cleaned(given, store));
    const auto text = trimmed(input);
    if (text.empty()) {
        return {};
    }
    switch (type) {
        case Type::text:
        case Type::choice:
            return single_line(text);
        case Type::integer:
        case Type::number:
        case Type::money:
            return number_from_text(type, text);
        case Type::boolean: {
            const auto value = read_boolean(text);
            return value ? Canonical{Json(*value), {}} : wrong("format");
        }
        case Type::date:
        case Type::datetime:
            return time_from_text(type, text, locale);
        case Type::phone:
            return from_read(read_phone(input, locale.default_area_code));
        case Type::url:
            return url_from_text(text);
        case Type::choices:
        case Type::tags:
            return list_from(split_list(text));
        case Type::json:
            return {Json::parse(text), {}};
        case Type::parts:
            return wrong("format");
        default:
            return from_string(type, text, locale);
    }
}

}  // namespace ponte
