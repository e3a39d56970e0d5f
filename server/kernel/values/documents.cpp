// CPF and CNPJ (brazil.md §1, §2). Since July 2026 the first twelve characters of a CNPJ may be
// letters, so nothing strips "everything that is no digit".
#include <algorithm>

#include "kernel/values/readers.hpp"

namespace ponte {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

bool all_equal(std::string_view text) { return text.find_first_not_of(text[0]) == text.npos; }

int check_digit(int sum) {
    const int rest = sum % 11;
    return rest < 2 ? 0 : 11 - rest;
}

int cpf_check_digit(std::string_view digits, int count) {
    int sum = 0;
    for (int i = 0; i < count; ++i) {
        sum += (digits[static_cast<std::size_t>(i)] - '0') * (count + 1 - i);
    }
    return check_digit(sum);
}

// Weights 2…9 from right to left; a letter counts as its ASCII code less 48.
int cnpj_check_digit(std::string_view characters, int count) {
    int sum = 0, weight = 2;
    for (int i = count - 1; i >= 0; --i) {
        sum += (characters[static_cast<std::size_t>(i)] - '0') * weight;
        weight = weight == 9 ? 2 : weight + 1;
    }
    return check_digit(sum);
}

bool is_cpf_shape(std::string_view text) {
    if (text.size() != 11) {
        return false;
    }
    for (const char c : text) {
        if (!is_digit(c)) {
            return false;
        }
    }
    return true;
}

bool is_cnpj_shape(std::string_view text) {
    if (text.size() != 14 || !is_digit(text[12]) || !is_digit(text[13])) {
        return false;
    }
    for (const char c : text.substr(0, 12)) {
        if (!is_digit(c) && !is_letter(c)) {
            return false;
        }
    }
    return true;
}

// Upper case, without the marks of the mask.
std::string bare(std::string_view text) {
    std::string out;
    for (const char c : text.substr(0, 40)) {
        if (c == '.' || c == '/' || c == '-' || c == ' ') {
            continue;
        }
        out.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    }
    return out;
}

values::Read checked(std::string text, bool has_shape, bool is_ok) {
    if (!has_shape) {
        return {{}, "format"};
    }
    return is_ok ? values::Read{std::move(text), {}} : values::Read{{}, "check_digit"};
}

}  // namespace

bool cpf_ok(std::string_view digits) {
    return is_cpf_shape(digits) && !all_equal(digits) &&
           digits[9] - '0' == cpf_check_digit(digits, 9) &&
           digits[10] - '0' == cpf_check_digit(digits, 10);
}

bool cnpj_ok(std::string_view chars) {
    return is_cnpj_shape(chars) && !all_equal(chars) &&
           chars[12] - '0' == cnpj_check_digit(chars, 12) &&
           chars[13] - '0' == cnpj_check_digit(chars, 13);
}

bool postal_code_ok(std::string_view digits) {
    // The country's first codes are those of São Paulo: 01000.
    return digits.size() == 8 && std::ranges::all_of(digits, is_digit) && digits >= "01000000";
}

std::string display_document(std::string_view document) {
    const auto part = [&](std::size_t from, std::size_t length) {
        return std::string(document.substr(from, length));
    };
    if (is_cpf_shape(document)) {
        return part(0, 3) + "." + part(3, 3) + "." + part(6, 3) + "-" + part(9, 2);
    }
    if (is_cnpj_shape(document)) {
        return part(0, 2) + "." + part(2, 3) + "." + part(5, 3) + "/" + part(8, 4) + "-" +
               part(12, 2);
    }
    return std::string(document);
}

namespace values {

namespace {

// Spreadsheets take a number's leading zeros; its check digits tell whether that happened.
std::string with_lost_zero(std::string characters, std::size_t length,
                           bool (*is_ok)(std::string_view)) {
    if (characters.size() + 1 == length && is_ok("0" + characters)) {
        characters.insert(0, "0");
    }
    return characters;
}

}  // namespace

Read read_cpf(std::string_view text) {
    std::string characters = with_lost_zero(bare(text), 11, cpf_ok);
    const bool has_shape = is_cpf_shape(characters), is_ok = cpf_ok(characters);
    return checked(std::move(characters), has_shape, is_ok);
}

Read read_cnpj(std::string_view text) {
    std::string characters = with_lost_zero(bare(text), 14, cnpj_ok);
    const bool has_shape = is_cnpj_shape(characters), is_ok = cnpj_ok(characters);
    return checked(std::move(characters), has_shape, is_ok);
}

Read read_document(std::string_view text) {
    return bare(text).size() <= 11 ? read_cpf(text) : read_cnpj(text);
}

Read read_postal_code(std::string_view text) {
    for (const std::string_view word : {"CEP", "Cep", "cep"}) {
        if (text.starts_with(word)) {
            text = trimmed(text.substr(word.size()));
            text = trimmed(text.substr(text.starts_with(':') ? 1 : 0));
            break;
        }
    }
    std::string digits = bare(text);
    const bool has_shape = postal_code_ok(digits);
    return has_shape ? Read{std::move(digits), {}} : Read{{}, "format"};
}

}  // namespace values
}  // namespace ponte
