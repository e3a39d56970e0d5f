// Every type there is, in the order of Type.
#include <algorithm>

#include "kernel/values/types/types.hpp"

namespace ponte {

using namespace values;

constinit const std::array<const FieldType*, type_count> field_types = {
    &text_type,     &long_text_type,  &integer_type,  &number_type,      &money_type,
    &boolean_type,  &date_type,       &datetime_type, &choice_type,      &choices_type,
    &phone_type,    &email_type,      &url_type,      &cpf_type,         &cnpj_type,
    &document_type, &link_type,       &user_type,     &tags_type,        &json_type,
    &parts_type,    &percentage_type, &duration_type, &postal_code_type, &secret_type,
    &file_type,
};
static_assert(static_cast<std::size_t>(Type::file) + 1 == type_count);

std::string_view type_name(Type type) { return field_type(type).name; }

std::optional<Type> parse_type(std::string_view name) {
    const auto found = std::ranges::find_if(field_types, [&](const FieldType* one) {
        return one->name == name || (!one->other_name.empty() && one->other_name == name);
    });
    return found == field_types.end() ? std::nullopt : std::optional((*found)->type);
}

std::string match_key(Type type, std::string_view canonical) {
    const auto key = field_type(type).match_key;
    return key ? key(canonical) : std::string(canonical);
}

}  // namespace ponte
