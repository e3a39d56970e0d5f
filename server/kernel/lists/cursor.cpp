#include "kernel/lists/cursor.hpp"

#include <charconv>
#include <optional>

#include "kernel/error.hpp"
#include "kernel/records/record.hpp"

namespace ponte::records {
namespace {

constexpr std::size_t longest_cursor = 8'192;
constexpr std::string_view hex = "0123456789abcdef";

std::optional<std::string> from_hex(std::string_view text) {
    std::string plain;
    if (text.size() > longest_cursor || text.size() % 2 != 0) {
        return {};
    }
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const auto high = hex.find(text[i]), low = hex.find(text[i + 1]);
        if (high == hex.npos || low == hex.npos) {
            return {};
        }
        plain.push_back(static_cast<char>(high * 16 + low));
    }
    return plain;
}

Json json_in(std::string_view text) {
    const auto plain = from_hex(text);
    if (!plain) {
        throw bad_parameter("cursor", "format");
    }
    try {
        return Json::parse(*plain);
    } catch (const Error&) {
        throw bad_parameter("cursor", "format");
    }
}

template <class Number>
bool is_number(const std::string& text) {
    Number number{};
    const char* const end = text.data() + text.size();
    const auto [stop, failure] = std::from_chars(text.data(), end, number);
    return failure == std::errc{} && stop == end;
}

// As PostgreSQL writes it in UTC: "2026-11-24 12:00:00.123456+00".
bool is_database_time(const std::string& text) {
    constexpr std::size_t seconds_end = 19, longest = 29;
    constexpr std::string_view zone = "+00";
    if (text.size() < seconds_end + zone.size() || text.size() > longest || !text.ends_with(zone)) {
        return false;
    }
    const std::string_view rest =
        std::string_view(text).substr(seconds_end, text.size() - seconds_end - zone.size());
    const bool is_fraction =
        rest.empty() || (rest[0] == '.' && rest.find_first_not_of("0123456789", 1) == rest.npos);
    std::string iso;
    append_time(iso, text);
    return is_fraction && parse_time(iso).has_value();
}

// What the cast of the column's type would refuse is a forged cursor.
bool is_value_of(const std::string& cast, const std::string& value) {
    if (cast == "timestamptz") {
        return value == "-infinity" || is_database_time(value);
    }
    if (cast == "date") {
        return value == "-infinity" ||
               canonical(Type::date, Json(value), Locale{}).value == Json(value);
    }
    if (cast == "bigint") {
        return is_number<std::int64_t>(value);
    }
    if (cast == "numeric") {
        return value == "-Infinity" || is_number<double>(value);
    }
    return cast != "boolean" || value == "true" || value == "false";
}

}  // namespace

std::string encode_cursor(const Order& order, std::string_view value, std::string_view id) {
    const Json cursor = Json::array({order.json_name, order.is_descending, value, id});
    std::string out;
    for (const unsigned char c : cursor.dump()) {
        out.push_back(hex[c >> 4]);
        out.push_back(hex[c & 15]);
    }
    return out;
}

Cursor decode_cursor(std::string_view text, const Order& order) {
    const Json json = json_in(text);
    const auto& items = json.items();
    const bool is_ours = items.size() == 4 && items[0].as_string() == order.json_name &&
                         items[1].as_bool() == order.is_descending;
    if (!is_ours) {
        throw bad_parameter("cursor", "other_order");
    }
    const auto id = Id::parse(items[3].as_string());
    if (!id || !is_value_of(order.cast, items[2].as_string())) {
        throw bad_parameter("cursor", "format");
    }
    return {items[2].as_string(), id->text()};
}

}  // namespace ponte::records
