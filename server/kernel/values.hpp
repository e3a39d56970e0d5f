// Field types and their canonical values: one place where "what does a valid phone look like" is
// answered, for forms, imports, filters and integrations alike. Rules of Brazil: docs/brazil.md.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/json.hpp"

namespace ponte {

using Time = std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;

enum class Type : std::uint8_t {
    text,
    long_text,
    integer,
    number,
    money,
    boolean,
    date,
    datetime,
    choice,
    choices,
    phone,
    email,
    url,
    cpf,
    cnpj,
    document,
    link,
    user,
    tags,
    json,
    parts,
    percentage,
    duration,
    postal_code,
    secret,
    file,
};
// What no condition, order, cell of a file or parameter speaks of.
constexpr bool is_structured(Type type) {
    return type == Type::json || type == Type::parts || type == Type::secret;
}
std::string_view type_name(Type type);                  // "long_text"
std::optional<Type> parse_type(std::string_view name);  // also "select", "multiselect"

// How many of what a percentage is kept in make one percent.
constexpr std::int64_t percentage_unit = 10'000;

struct Locale {
    std::string timezone = "America/Sao_Paulo";  // for dates without a zone
    std::string default_area_code = "11";        // for numbers typed without one
};

// A canonical value, or the code of what is wrong with it.
struct Canonical {
    Json value;           // null when the input was empty
    std::string problem;  // "", "format", "type", "range", "check_digit", "area_code", "too_long"…
    bool ok() const { return problem.empty(); }
};

// From JSON (API). text: trimmed, control characters refused, NFC-agnostic; number: double;
// money: a number or "1.234,56" → integer cents; percentage: 12.5 or "12,5%" → integer
// ten-thousandths of a percent; duration: seconds or "1h30" → integer seconds;
// date → "2026-11-24"; datetime → RFC 3339 UTC, a local one is read in the zone; phone → E.164
// (contract vectors of Brazil) or a service number as typed; email lower-cased in its domain; url
// needs http(s); document = CPF or CNPJ; postal code → eight digits.
Canonical canonical(Type type, const Json& input, const Locale& locale);
// From text as people and spreadsheets write it: "sim", "24/11/2026", "R$ 1.234,56", "1234.5".
Canonical canonical_from_text(Type type, std::string_view input, const Locale& locale);

// Phones.
struct Phone {
    enum class Kind { mobile, fixed, service, international };
    Kind kind;
    std::string e164;  // "+5511987654321"; as typed (digits) for service numbers
};
std::optional<Phone> parse_phone(std::string_view typed, std::string_view default_area_code);
// Folds the Brazilian ninth digit: two ways of writing one line have the same key.
std::string phone_match_key(std::string_view e164_or_typed);
std::string email_match_key(std::string_view email);
std::string display_phone(std::string_view e164);  // "(11) 98765-4321", "+351 912345678"

bool cpf_ok(std::string_view digits);          // 11 digits
bool cnpj_ok(std::string_view chars);          // 14 of [A-Z0-9], alphanumeric since July 2026
bool postal_code_ok(std::string_view digits);  // 8 digits: a CEP of Brazil
std::string display_document(std::string_view canonical_document);

// What may stand in a record when somebody looks for a number so, mask, trunk zero and half of it
// included: "(11) 9" is +55119. `typed` is folded; empty when it holds no number.
std::vector<std::string> number_forms(std::string_view typed);
bool is_part_of_number(std::string_view word);  // digits and marks only, a digit at least
bool has_mask(std::string_view word);           // a mark that numbers are written with

// Times.
std::string format_time(Time time);                     // "2026-11-24T12:00:00.000Z"
std::optional<Time> parse_time(std::string_view text);  // RFC 3339
Time now();
// First instant of a local day in a zone, as UTC; days counted from the local today of `at`.
Time start_of_day(Time at, std::string_view timezone, int days_from_today);
std::optional<Time> start_of_date(std::string_view iso_date, std::string_view timezone);
bool is_timezone(std::string_view name);

// Lower case without accents, blanks squeezed: what search and sorting compare, character by
// character the same as the database's sort_key.
std::string folded(std::string_view text);
bool is_valid_utf8(std::string_view text);
std::size_t utf8_length(std::string_view text);

std::string camel_case(std::string_view snake);  // "assigned_to" → "assignedTo"
std::string snake_case(std::string_view camel);
std::string pascal_case(std::string_view name);  // "custom_field", "custom-field" → "CustomField"

}  // namespace ponte
