// The descriptions by their names, and what several of them read with.
#pragma once

#include <optional>

#include "kernel/values/field_type.hpp"
#include "kernel/values/readers.hpp"

namespace ponte::values {

extern const FieldType text_type, long_text_type, integer_type, number_type, money_type,
    boolean_type, date_type, datetime_type, choice_type, choices_type, phone_type, email_type,
    url_type, cpf_type, cnpj_type, document_type, link_type, user_type, tags_type, json_type,
    parts_type, percentage_type, duration_type, postal_code_type, secret_type, file_type;

Canonical wrong(std::string_view problem);
Canonical from_read(Read read);
Canonical plain_text(std::string_view text, Lines lines);
// In a spreadsheet a line break inside a cell is layout, not content.
Canonical single_line(std::string_view text);
// A number with so many decimals at most; more of them are no number of this type.
Canonical exact_number(std::string_view text, std::size_t most_decimals,
                       std::optional<std::int64_t> (*of)(const Decimal&));

}  // namespace ponte::values
