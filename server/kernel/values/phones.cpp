// Telephone numbers: Brazil's plan in full (brazil.md §3), all others by calling code and length.
#include <algorithm>
#include <array>
#include <cstdint>

#include "kernel/values/calling_codes.hpp"
#include "kernel/values/readers.hpp"

namespace ponte {
namespace {

using Kind = Phone::Kind;

constexpr std::string_view area_codes =
    "11 12 13 14 15 16 17 18 19 21 22 24 27 28 31 32 33 34 35 37 38 41 42 43 44 45 46 47 48 49 51 "
    "53 "
    "54 55 61 62 63 64 65 66 67 68 69 71 73 74 75 77 79 81 82 83 84 85 86 87 88 89 91 92 93 94 95 "
    "96 "
    "97 98 99 ";

constexpr std::array<bool, 100> area_table() {
    std::array<bool, 100> table{};
    for (std::size_t i = 0; i + 2 < area_codes.size(); i += 3) {
        table[static_cast<std::size_t>((area_codes[i] - '0') * 10 + (area_codes[i + 1] - '0'))] =
            true;
    }
    return table;
}
constexpr std::array<bool, 100> is_area = area_table();

bool is_area_code(std::string_view digits) {
    return digits.size() >= 2 &&
           is_area[static_cast<std::size_t>((digits[0] - '0') * 10 + (digits[1] - '0'))];
}

// What was typed, taken apart. At most 24 digits are kept: longer is no number.
struct Typed {
    std::array<char, 24> store{};
    std::size_t length = 0;
    bool has_plus = false;
    bool has_leading_blank = false;  // a "+" that travelled in a query string
    bool is_number = true;

    std::string_view digits() const { return {store.data(), length}; }
};

// "3265-4321/22", "… ramal 22": read as one number it would be somebody else's.
bool has_extension(std::string_view text) {
    const std::string lowered = folded(text);
    std::size_t digits = 0, i = 0;
    constexpr std::size_t shortest = 8, longest_extension = 5;
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    for (; i < lowered.size() && digits < shortest; ++i) {
        digits += is_digit(lowered[i]);
    }
    const std::size_t mark = lowered.find_first_of("/rex#", i);
    if (digits < shortest || mark == lowered.npos) {
        return false;
    }
    const std::string_view after = std::string_view(lowered).substr(mark);
    const auto count = static_cast<std::size_t>(std::ranges::count_if(after, is_digit));
    return count > 0 && count <= longest_extension;
}

// Links and ids of chats hold the number as it is; a spreadsheet's cell may have become a decimal.
std::string_view bare_number(std::string_view text) {
    for (const std::string_view before :
         {"https://", "http://", "api.whatsapp.com/send?phone=", "wa.me/", "tel:", "whatsapp:"}) {
        if (text.starts_with(before)) {
            text.remove_prefix(before.size());
        }
    }
    for (const std::string_view after : {"@s.whatsapp.net", "@c.us"}) {
        if (text.ends_with(after)) {
            text.remove_suffix(after.size());
        }
    }
    constexpr std::size_t shortest = 8;
    if (text.ends_with(".0") && text.size() >= shortest + 2 &&
        text.substr(0, text.size() - 2).find_first_not_of("0123456789") == text.npos) {
        text.remove_suffix(2);
    }
    return text;
}

// "(0xx11)": the carrier left open. "+44 (0)20": a zero that is dialled at home only.
bool is_filler(std::string_view rest, const Typed& typed) {
    const bool is_open_carrier = typed.length == 1 && typed.store[0] == '0' && !typed.has_plus;
    return (is_open_carrier && (rest.starts_with('x') || rest.starts_with('X'))) ||
           (typed.has_plus && typed.length > 0 && rest.starts_with("(0)"));
}

Typed take_apart(std::string_view given) {
    Typed out;
    std::string store;
    out.has_leading_blank = given.starts_with(' ');
    const std::string_view text = bare_number(values::trimmed(values::cleaned(given, store)));
    if (has_extension(text)) {
        out.is_number = false;
        return out;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (is_filler(text.substr(i), out)) {
            i += c == '(' ? 2 : 0;
        } else if (c >= '0' && c <= '9') {
            if (out.length == out.store.size()) {
                out.is_number = false;
                break;
            }
            out.store[out.length++] = c;
        } else if (c == '+' && out.length == 0 && !out.has_plus) {
            out.has_plus = true;
        } else if (text.substr(i).starts_with("\xC2\xA0")) {
            i += 1;  // no-break space
        } else if (text.substr(i).starts_with("\xE2\x80\x93") ||
                   text.substr(i).starts_with("\xE2\x80\x91")) {
            i += 2;  // dashes that word processors make of a hyphen
        } else if (std::string_view(" ()-./").find(c) == std::string_view::npos) {
            out.is_number = false;
            break;
        }
    }
    return out;
}

bool is_service(std::string_view digits) {
    if (digits.size() == 3) {
        return digits[0] == '1';
    }
    if (digits.size() == 8) {
        return digits.starts_with("4003") || digits.starts_with("4004") ||
               digits.starts_with("300");
    }
    if (digits.size() != 10 && digits.size() != 11) {
        return false;
    }
    for (const std::string_view prefix : {"0800", "0300", "0303", "0500", "0900"}) {
        if (digits.starts_with(prefix)) {
            return true;
        }
    }
    return false;
}

// Ten or eleven digits, area code first. A ten-digit mobile is from before the ninth digit.
std::optional<Phone> with_area(std::string_view digits) {
    if (!is_area_code(digits)) {
        return {};
    }
    const auto area = digits.substr(0, 2), local = digits.substr(2);
    std::string e164;
    e164.reserve(14);
    e164.append("+55").append(area);
    if (local.size() == 9 && local[0] == '9') {
        return Phone{Kind::mobile, e164.append(local)};
    }
    if (local.size() != 8) {
        return {};
    }
    if (local[0] >= '2' && local[0] <= '5') {
        return Phone{Kind::fixed, e164.append(local)};
    }
    if (local[0] >= '6') {
        return Phone{Kind::mobile, e164.append("9").append(local)};
    }
    return {};
}

// "0" + area + number, or "0" + carrier + area + number: how long distance is dialled.
std::string_view without_trunk(std::string_view digits) {
    if (!digits.starts_with('0')) {
        return digits;
    }
    const auto rest = digits.substr(1);
    const bool has_carrier = rest.size() == 12 || rest.size() == 13;
    return has_carrier ? rest.substr(2) : rest;
}

std::optional<Phone> national(std::string_view digits, std::string_view default_area_code) {
    if (is_service(digits)) {
        return Phone{Kind::service, std::string(digits)};
    }
    if (digits.starts_with("55") && (digits.size() == 12 || digits.size() == 13)) {
        return with_area(digits.substr(2));
    }
    if (digits.starts_with("550") && (digits.size() == 13 || digits.size() == 14)) {
        return with_area(digits.substr(3));  // "+55 (011) …"
    }
    digits = without_trunk(digits);
    if (digits.size() == 10 || digits.size() == 11) {
        return with_area(digits);
    }
    if ((digits.size() == 8 || digits.size() == 9) && default_area_code.size() == 2) {
        std::string whole(default_area_code);
        return with_area(whole.append(digits));
    }
    return {};
}

std::optional<Phone> international(std::string_view digits) {
    if (digits.starts_with("55")) {
        const auto rest = digits.substr(2);
        if (is_service(rest)) {
            return Phone{Kind::service, std::string(rest)};
        }
        const auto local = rest.starts_with('0') ? rest.substr(1) : rest;
        return local.size() == 10 || local.size() == 11 ? with_area(local) : std::nullopt;
    }
    if (!values::is_international_number(digits)) {
        return {};
    }
    return Phone{Kind::international, "+" + std::string(digits)};
}

std::optional<Phone> parse(const Typed& typed, std::string_view default_area_code) {
    const auto digits = typed.digits();
    if (!typed.is_number || digits.empty()) {
        return {};
    }
    if (typed.has_plus) {
        return international(digits);
    }
    if (digits.starts_with("00") && digits.size() > 9) {
        return international(digits.substr(2));
    }
    auto found = national(digits, default_area_code);
    if (!found && typed.has_leading_blank) {
        found = international(digits);
    }
    return found;
}

// Is the area code what is wrong? Worth a message of its own, since it is easily mistyped.
bool has_wrong_area(std::string_view digits) {
    if (digits.starts_with("55") && digits.size() >= 12) {
        digits.remove_prefix(2);
    }
    digits = without_trunk(digits);
    return (digits.size() == 10 || digits.size() == 11) && !is_area_code(digits);
}

}  // namespace

std::optional<Phone> parse_phone(std::string_view typed, std::string_view default_area_code) {
    return parse(take_apart(typed), default_area_code);
}

// Brazil: the number with its ninth digit, since dropping it would make a fixed line of some
// mobiles. Argentina writes a 9, Mexico wrote a 1 after the country's code in front of mobiles.
std::string phone_match_key(std::string_view e164_or_typed) {
    const auto found = parse_phone(e164_or_typed, {});
    if (!found) {
        return std::string(take_apart(e164_or_typed).digits());
    }
    std::string key = found->e164.starts_with('+') ? found->e164.substr(1) : found->e164;
    const bool is_argentinian = key.starts_with("549") && key.size() == 13;
    const bool is_mexican = key.starts_with("521") && key.size() == 13;
    if (found->kind == Kind::international && (is_argentinian || is_mexican)) {
        key.erase(2, 1);
    }
    return key;
}

std::string display_phone(std::string_view e164) {
    const std::string text(e164);
    if (text.starts_with("+55") && (text.size() == 13 || text.size() == 14)) {
        const std::size_t first = text.size() - 4;
        return "(" + text.substr(3, 2) + ") " + text.substr(5, first - 5) + "-" +
               text.substr(first);
    }
    if (text.starts_with('+')) {
        const auto length = static_cast<std::size_t>(values::calling_code_length(e164.substr(1)));
        return length == 0 ? text : text.substr(0, 1 + length) + " " + text.substr(1 + length);
    }
    if (text.size() == 8) {
        return text.substr(0, 4) + "-" + text.substr(4);
    }
    if (text.size() == 10 || text.size() == 11) {
        return text.substr(0, 4) + " " + text.substr(4, 3) + " " + text.substr(7);
    }
    return text;
}

namespace values {

Read read_phone(std::string_view text, std::string_view default_area_code) {
    const Typed typed = take_apart(text);
    auto found = parse(typed, default_area_code);
    if (found) {
        return {std::move(found->e164), {}};
    }
    const bool is_area_wrong = typed.is_number && !typed.has_plus && has_wrong_area(typed.digits());
    return {{}, has_extension(text) ? "extension" : is_area_wrong ? "area_code" : "format"};
}

}  // namespace values
}  // namespace ponte
