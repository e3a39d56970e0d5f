// Documents of people and companies.
#include "kernel/values/types/types.hpp"

namespace ponte::values {
namespace {

Canonical cpf_of(const Typed& typed, const Locale&) { return from_read(read_cpf(typed.text)); }

Canonical cnpj_of(const Typed& typed, const Locale&) { return from_read(read_cnpj(typed.text)); }

Canonical document_of(const Typed& typed, const Locale&) {
    return from_read(read_document(typed.text));
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
};

}  // namespace ponte::values
