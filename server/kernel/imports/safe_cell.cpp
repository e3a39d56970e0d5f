#include "kernel/imports/safe_cell.hpp"

namespace ponte::imports {
namespace {

bool is_number_or_phone(std::string_view text) {
    const bool has_digit = text.find_first_of("0123456789") != text.npos;
    return has_digit && text.substr(1).find_first_not_of("0123456789 .,()-") == text.npos;
}

bool may_calculate(std::string_view text) {
    return !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != text.npos &&
           !((text[0] == '+' || text[0] == '-') && is_number_or_phone(text));
}

}  // namespace

std::string_view unguarded_cell(std::string_view cell) {
    const bool is_guarded = cell.starts_with('\'') && may_calculate(cell.substr(1));
    return is_guarded ? cell.substr(1) : cell;
}

std::string safe_cell(std::string_view text) {
    std::string cell(text);
    if (may_calculate(text)) {
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

}  // namespace ponte::imports
