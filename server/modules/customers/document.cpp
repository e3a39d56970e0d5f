#include "modules/customers/document.hpp"

namespace ponte::customers {
namespace {

constexpr Field document_fields[] = {
    link("contact_id", "contact").required().immutable().about(),
    file("file_id").required(),
    text("name").required().length(1, 200).searchable().sorted_as_name(),
    long_text("description").up_to(2'000),
};

}  // namespace

constexpr Entity document_entity{
    .name = "document",
    .table = "documents",
    .fields = document_fields,
    .part_of = "contact_id",
    .rights =
        "supervisor: read create update delete export | "
        "agent: read create update:own delete:own | "
        "sales: read create update:own delete:own export:own",
    .is_in_menu = false,
};
static_assert(valid(document_entity));

}  // namespace ponte::customers
