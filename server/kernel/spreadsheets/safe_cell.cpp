#include "kernel/spreadsheets/safe_cell.hpp"

namespace ponte::spreadsheets {
namespace {

bool is_number_or_phone(std::string_view text) {
    const bool has_digit = text.find_first_of("0123456789") != text.npos;
    return has_digit && text.substr(1).find_first_not_of("0123456789 .,()-") == text.npos;
}

bool may_calculate(std::string_view text) {
    return !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != text.npos &&
           !((text[0] == '+' || text[0] == '-') && is_number_or_phone(text));
}

// Text that begins with such a mark itself gets one more, or it would be taken off.
bool needs_guard(std::string_view text) {
    const auto first = text.find_first_not_of('\'');
    return first != text.npos && may_calculate(text.substr(first));
}

}  // namespace

std::string_view unguarded_cell(std::string_view cell) {
    return cell.starts_with('\'') && needs_guard(cell) ? cell.substr(1) : cell;
}

std::string safe_cell(std::string_view text) {
    std::string cell(text);
    if (needs_guard(text)) {
        cell.insert(0, 1, '\'');
    }
    if (cell.find_first_of("\";\r\n,\t") == std::string::npos) {
        return cell;
    }
    std::string quoted = "\"";
    for (const char c : cell) {
        quoted.append(c == '"' ? 2 : 1, c);
    }
    return quoted + "\"";
}

}  // namespace ponte::spreadsheets
