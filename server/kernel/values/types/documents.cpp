// Documents of people and companies, and the codes of their addresses.
#include "kernel/values/types/types.hpp"

namespace ponte::values {
namespace {

Canonical cpf_of(const Typed& typed, const Locale&) { return from_read(read_cpf(typed.text)); }

Canonical cnpj_of(const Typed& typed, const Locale&) { return from_read(read_cnpj(typed.text)); }

Canonical document_of(const Typed& typed, const Locale&) {
    return from_read(read_document(typed.text));
}

Canonical postal_code_of(const Typed& typed, const Locale&) {
    return from_read(read_postal_code(typed.text));
}

// Spreadsheets take the leading zero from the codes of São Paulo. No check digit tells whether that
// happened, so only what is nothing but seven digits gets it back.
Canonical cell_of_postal_code(const Typed& typed, const Locale& locale) {
    constexpr std::size_t without_zero = 7;
    const bool is_cut = typed.text.size() == without_zero &&
                        typed.text.find_first_not_of("0123456789") == typed.text.npos;
    return is_cut ? from_read(read_postal_code("0" + std::string(typed.text)))
                  : postal_code_of(typed, locale);
}

}  // namespace

constinit const FieldType cpf_type{
    .type = Type::cpf,
    .name = "cpf",
    .of_typed = cpf_of,
    .marks = Marks::left_out,
    .identity = Identity::certain,
    .compared = Compared::as_text,
    .told = Told::below_as_last,
    .readable = Readable::document,
    .may_be_custom = true,
};

constinit const FieldType cnpj_type{
    .type = Type::cnpj,
    .name = "cnpj",
    .of_typed = cnpj_of,
    .marks = Marks::left_out,
    .identity = Identity::certain,
    .compared = Compared::as_text,
    .told = Told::below_as_last,
    .readable = Readable::document,
    .may_be_custom = true,
};

constinit const FieldType document_type{
    .type = Type::document,
    .name = "document",
    .of_typed = document_of,
    .marks = Marks::left_out,
    .identity = Identity::certain,
    .compared = Compared::as_text,
    .told = Told::below_as_last,
    .joined = Joined::only_one,  // columns "cpf" and "cnpj"
    .readable = Readable::document,
};

constinit const FieldType postal_code_type{
    .type = Type::postal_code,
    .name = "postal_code",
    .of_typed = postal_code_of,
    .of_cell = cell_of_postal_code,
    .marks = Marks::left_out,
    .compared = Compared::as_text,
    .readable = Readable::postal_code,
    .may_be_custom = true,
};

}  // namespace ponte::values
