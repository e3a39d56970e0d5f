#include "kernel/exports/cell.hpp"

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>

#include "kernel/records/record.hpp"
#include "kernel/values/field_type.hpp"
#include "kernel/values/readers.hpp"

namespace ponte::exports {
namespace {

// Spreadsheets count days from here.
constexpr std::chrono::sys_days first_day =
    std::chrono::sys_days{std::chrono::year{1899} / 12 / 30};
constexpr double seconds_of_a_day = 86'400;
constexpr double exact = 9e15;  // whole numbers up to here have no gaps

std::optional<double> number_in(std::string_view text) {
    double number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_one = failure == std::errc{} && end == text.data() + text.size();
    return is_one && std::abs(number) < exact ? std::optional(number) : std::nullopt;
}

// "1234.5" with the decimal mark of the language. Three decimals get a fourth: "1.234" would be a
// thousand and more for whoever groups with a point.
std::string decimal_text(std::string_view text, Language language) {
    std::string out(text);
    const auto point = out.find('.');
    if (point == out.npos || out.find_first_of("eE") != out.npos) {
        return out;
    }
    constexpr std::size_t like_a_group = 3;
    if (out.size() - point - 1 == like_a_group) {
        out.push_back('0');
    }
    if (language == Language::pt) {
        out[point] = ',';
    }
    return out;
}

Cell number_cell(Cell::Kind kind, std::string_view text, const Writing& how) {
    Cell cell = text_cell(decimal_text(text, how.language));
    if (const auto number = number_in(text)) {
        cell.kind = kind;
        cell.number = *number;
    }
    return cell;
}

// Always with its cents.
Cell money_cell(std::string_view units, const Writing& how) {
    std::string text(units);
    const auto point = text.find('.');
    const std::size_t decimals = point == text.npos ? 0 : text.size() - point - 1;
    if (decimals < 2) {
        text += decimals == 0 ? ".00" : "0";
    }
    return number_cell(Cell::Kind::money, text, how);
}

Cell percentage_cell(std::string_view percent, const Writing& how) {
    std::string_view text = percent;
    if (text.find('.') != text.npos) {
        text = text.substr(0, text.find_last_not_of('0') + 1);
        text.remove_suffix(text.ends_with('.') ? 1 : 0);
    }
    Cell cell = number_cell(Cell::Kind::percentage, text, how);
    cell.number /= 100;
    cell.text += "%";
    return cell;
}

// 5415 seconds → 1:30:15
Cell duration_cell(std::string_view text) {
    const auto number = number_in(text);
    if (!number) {
        return text_cell(std::string(text));
    }
    const auto seconds = static_cast<long long>(*number);
    char out[40];
    std::snprintf(out, sizeof out, "%lld:%02lld:%02lld", seconds / 3600, seconds / 60 % 60,
                  seconds % 60);
    Cell cell = text_cell(out);
    cell.kind = Cell::Kind::duration;
    cell.number = *number / seconds_of_a_day;
    return cell;
}

std::string day_text(std::string_view iso, Language language) {
    if (language != Language::pt) {
        return std::string(iso);
    }
    const std::string year(iso.substr(0, 4)), month(iso.substr(5, 2)), day(iso.substr(8, 2));
    return day + "/" + month + "/" + year;
}

double days_since_first(std::chrono::sys_days day) {
    return static_cast<double>((day - first_day).count());
}

Cell date_cell(std::string_view iso, const Writing& how) {
    const auto day = values::read_iso_day(iso);
    if (!day) {
        return text_cell(std::string(iso));
    }
    Cell cell = text_cell(day_text(iso, how.language));
    cell.number = days_since_first(std::chrono::sys_days{*day});
    cell.kind = cell.number >= 1 ? Cell::Kind::date : Cell::Kind::text;
    return cell;
}

std::string clock_text(std::chrono::milliseconds of_day) {
    const auto all = static_cast<long long>(of_day.count());
    char out[40];
    std::snprintf(out, sizeof out, "%02lld:%02lld", all / 3'600'000, all / 60'000 % 60);
    std::string text = out;
    if (all % 60'000 != 0) {
        std::snprintf(out, sizeof out, ":%02lld", all / 1000 % 60);
        text += out;
    }
    if (all % 1000 != 0) {
        std::snprintf(out, sizeof out, ".%03lld", all % 1000);
        text += out;
    }
    return text;
}

Cell moment_cell(std::string_view rfc3339, const Writing& how) {
    const auto at = parse_time(rfc3339);
    if (!at || !how.zone) {
        return text_cell(std::string(rfc3339));
    }
    const auto utc = std::chrono::floor<std::chrono::seconds>(*at).time_since_epoch().count();
    const auto local = *at + std::chrono::seconds{how.zone->offset_at(utc)};
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const auto of_day = std::chrono::duration_cast<std::chrono::milliseconds>(local - day);
    Cell cell =
        text_cell(day_text(values::format_day(day), how.language) + " " + clock_text(of_day));
    cell.number = days_since_first(day) + static_cast<double>(of_day.count()) / 86'400'000;
    cell.kind = cell.number >= 1 ? Cell::Kind::moment : Cell::Kind::text;
    return cell;
}

Cell address_cell(std::string text, const char* scheme) {
    Cell cell = text_cell(std::move(text));
    cell.kind = Cell::Kind::address;
    cell.address = scheme + cell.text;
    return cell;
}

std::string postal_code_text(std::string_view digits) {
    constexpr std::size_t whole = 8, first = 5;
    return digits.size() != whole
               ? std::string(digits)
               : std::string(digits.substr(0, first)) + "-" + std::string(digits.substr(first));
}

Cell boolean_cell(bool is_true, const Writing& how) {
    const char* const word = is_true ? "boolean.true" : "boolean.false";
    return text_cell(std::string(Words::all().text(how.language, word)));
}

// What is the same wherever a value comes from: `text` as the API would say it.
Cell plain_cell(Readable readable, std::string text, const Writing& how) {
    switch (readable) {
        case Readable::number:
            return number_cell(Cell::Kind::number, text, how);
        case Readable::money:
            return money_cell(text, how);
        case Readable::percentage:
            return percentage_cell(text, how);
        case Readable::duration:
            return duration_cell(text);
        case Readable::day:
            return date_cell(text, how);
        case Readable::moment:
            return moment_cell(text, how);
        case Readable::yes_or_no:
            return boolean_cell(text == "t" || text == "true", how);
        case Readable::phone:
            return text_cell(display_phone(text));
        case Readable::document:
            return text_cell(display_document(text));
        case Readable::postal_code:
            return text_cell(postal_code_text(text));
        case Readable::mail_address:
            return address_cell(std::move(text), "mailto:");
        case Readable::web_address:
            return address_cell(std::move(text), "");
        case Readable::as_it_is:
        case Readable::option:
        case Readable::options:
            break;
    }
    return text_cell(std::move(text));
}

}  // namespace

Cell text_cell(std::string text) {
    Cell cell;
    cell.text = std::move(text);
    return cell;
}

Cell cell_of(Type type, std::string_view text, const Writing& how) {
    const FieldType& held = field_type(type);
    std::string plain(text);
    if (held.written == Written::money) {
        plain.clear();
        values::append_money(plain, text);
    } else if (held.written == Written::time) {
        plain.clear();
        records::append_time(plain, text);
    }
    return plain_cell(held.readable, std::move(plain), how);
}

Cell cell_of(Type type, const Json& shown, const Writing& how) {
    if (shown.is_null()) {
        return {};
    }
    const Readable readable = field_type(type).readable;
    return plain_cell(readable, shown.is_string() ? shown.as_string() : shown.dump(), how);
}

}  // namespace ponte::exports
