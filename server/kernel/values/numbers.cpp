// Numbers as people write them in Brazil (brazil.md §5): a comma is the decimal mark, a dot groups
// thousands; where only one reading makes sense, the English way is understood as well.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "kernel/values/readers.hpp"

namespace ponte::values {
namespace {

constexpr std::size_t longest_number = 60;
// What a bigint of cents and a double both hold exactly.
constexpr Scale cents{2, 9'000'000'000'000'000};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool take(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) {
        return false;
    }
    text.remove_prefix(prefix.size());
    return true;
}

void take_currency(std::string_view& text) {
    for (const std::string_view sign : {"R$", "r$", "BRL", "US$", "USD", "EUR", "$", "€", "£"}) {
        if (take(text, sign)) {
            break;
        }
    }
    text = trimmed(text);
}

// Minus, currency, minus again ("R$ -5"), accounting parentheses; digits and marks remain.
bool take_sign(std::string_view& text) {
    bool is_negative = false;
    if (text.size() > 2 && text.front() == '(' && text.back() == ')') {
        text = trimmed(text.substr(1, text.size() - 2));
        is_negative = true;
    }
    for (int round = 0; round < 2; ++round) {
        if (take(text, "-") || take(text, "\xE2\x88\x92")) {
            is_negative = true;
        } else {
            take(text, "+");
        }
        text = trimmed(text);
        take_currency(text);
    }
    return is_negative;
}

struct Marks {
    int dots = 0, commas = 0;
    std::size_t last_dot = 0, last_comma = 0;
};

// Which mark is decimal: '.', ',' or 0 when the number is whole.
char decimal_mark(std::string_view text, const Marks& marks) {
    if (marks.dots > 0 && marks.commas > 0) {
        return marks.last_comma > marks.last_dot ? ',' : '.';
    }
    if (marks.commas > 0) {
        return marks.commas == 1 ? ',' : 0;
    }
    if (marks.dots != 1) {
        return 0;
    }
    const std::size_t before = marks.last_dot, after = text.size() - before - 1;
    const bool is_group = after == 3 && before >= 1 && before <= 3 && text[0] != '0';
    return is_group ? 0 : '.';
}

// Digits of the whole part; groups must have three digits. Empty when they have not.
std::optional<std::string> ungrouped(std::string_view whole, char group) {
    std::string digits;
    std::size_t in_group = 0, groups = 0;
    for (const char c : whole) {
        if (is_digit(c)) {
            digits.push_back(c);
            ++in_group;
        } else if (c == group && in_group > 0 && (groups == 0 ? in_group <= 3 : in_group == 3)) {
            in_group = 0;
            ++groups;
        } else {
            return {};
        }
    }
    if (groups > 0 && in_group != 3) {
        return {};
    }
    digits.erase(0, digits.find_first_not_of('0'));
    return digits.empty() ? "0" : digits;
}

// "1 234,5": a blank may group thousands, as a dot does.
std::string without_blanks(std::string_view text) {
    const auto first = text.find(' ');
    if (first == text.npos) {
        return std::string(text);
    }
    std::string closed(text.substr(0, first));
    const std::size_t end = std::min(text.find(','), text.size());
    for (std::size_t i = first; i < end; i += 4) {
        const auto group = text.substr(i, 4);
        const bool is_group = group.size() == 4 && group[0] == ' ' && is_digit(group[1]) &&
                              is_digit(group[2]) && is_digit(group[3]);
        if (!is_group || first == 0 || first > 3) {
            return std::string(text);
        }
        closed.append(group.substr(1));
    }
    return closed.append(text.substr(end));
}

}  // namespace

std::optional<Decimal> read_decimal(std::string_view text) {
    text = trimmed(text);
    Decimal out;
    out.is_negative = take_sign(text);
    if (text.ends_with('%')) {
        text = trimmed(text.substr(0, text.size() - 1));
    }
    if (text.empty() || text.size() > longest_number) {
        return {};
    }
    const std::string closed = without_blanks(text);
    text = closed;
    Marks marks;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '.') {
            ++marks.dots;
            marks.last_dot = i;
        } else if (text[i] == ',') {
            ++marks.commas;
            marks.last_comma = i;
        } else if (!is_digit(text[i])) {
            return {};
        }
    }
    const char decimal = decimal_mark(text, marks);
    const std::size_t end = decimal == 0     ? text.size()
                            : decimal == '.' ? marks.last_dot
                                             : marks.last_comma;
    const char group = decimal == 0 ? (marks.dots > 0 ? '.' : ',') : decimal == '.' ? ',' : '.';
    const auto whole = text.substr(0, end);
    const auto fraction = decimal == 0 ? std::string_view{} : text.substr(end + 1);
    if ((whole.empty() && fraction.empty()) || (decimal != 0 && fraction.empty())) {
        return {};
    }
    auto digits = ungrouped(whole, group);
    if (!digits || fraction.find_first_not_of("0123456789") != fraction.npos) {
        return {};
    }
    out.digits = std::move(*digits);
    out.fraction = fraction;
    return out;
}

std::optional<std::int64_t> integer_of(const Decimal& decimal) {
    if (decimal.fraction.find_first_not_of('0') != std::string::npos) {
        return {};
    }
    std::int64_t value = 0;
    const std::string text = (decimal.is_negative ? "-" : "") + decimal.digits;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return {};
    }
    return value;
}

std::optional<double> number_of(const Decimal& decimal) {
    const std::string text = (decimal.is_negative ? "-" : "") + decimal.digits +
                             (decimal.fraction.empty() ? "" : "." + decimal.fraction);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return {};
    }
    return value;
}

std::optional<std::int64_t> scaled(const Decimal& decimal, const Scale& scale) {
    std::string fraction = decimal.fraction;
    while (fraction.size() > scale.decimals && fraction.back() == '0') {
        fraction.pop_back();
    }
    constexpr std::size_t most_digits = 18;  // of what certainly fits
    if (fraction.size() > scale.decimals || decimal.digits.size() + scale.decimals > most_digits) {
        return {};
    }
    fraction.resize(scale.decimals, '0');
    const std::string text = decimal.digits + fraction;
    std::int64_t units = 0;
    std::from_chars(text.data(), text.data() + text.size(), units);
    if (units > scale.most) {
        return {};
    }
    return decimal.is_negative ? -units : units;
}

// Half a unit goes away from zero as it is written: 1.005 is 1.01, although the nearest double lies
// a little below.
std::optional<std::int64_t> scaled(double amount, const Scale& scale) {
    const double exact = amount * std::pow(10, scale.decimals);
    if (!std::isfinite(exact) || std::abs(exact) > static_cast<double>(scale.most)) {
        return {};
    }
    // Never so far that a whole unit would move.
    constexpr double most = 0.01;
    const double nudge =
        std::min(most, std::abs(exact) * 4 * std::numeric_limits<double>::epsilon());
    return static_cast<std::int64_t>(std::round(exact + (amount < 0 ? -nudge : nudge)));
}

std::optional<std::int64_t> cents_of(const Decimal& decimal) { return scaled(decimal, cents); }

std::optional<std::int64_t> cents_of(double amount) { return scaled(amount, cents); }

std::optional<bool> read_boolean(std::string_view text) {
    const std::string word = folded(text);
    for (const std::string_view yes :
         {"sim", "s", "yes", "y", "true", "verdadeiro", "v", "1", "x", "on"}) {
        if (word == yes) {
            return true;
        }
    }
    for (const std::string_view no : {"nao", "n", "no", "false", "falso", "f", "0", "off"}) {
        if (word == no) {
            return false;
        }
    }
    return {};
}

void append_money(std::string& out, std::string_view text) {
    append_scaled(out, text, cents.decimals);
}

void append_scaled(std::string& out, std::string_view units, std::size_t decimals) {
    const bool is_negative = units.starts_with('-');
    std::string digits(units.substr(is_negative ? 1 : 0));
    if (digits.size() <= decimals) {
        digits.insert(0, decimals + 1 - digits.size(), '0');
    }
    if (is_negative) {
        out.push_back('-');
    }
    out.append(digits, 0, digits.size() - decimals);
    const std::string_view rest = std::string_view(digits).substr(digits.size() - decimals);
    const auto last = rest.find_last_not_of('0');
    if (last != rest.npos) {
        out.append(".").append(rest.substr(0, last + 1));
    }
}

}  // namespace ponte::values
