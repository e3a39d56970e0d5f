#include "modules/sales/proposal_document.hpp"

namespace ponte::sales {
namespace {

constexpr Field proposal_document_fields[] = {
    link("proposal_id", "proposal").required().immutable().about(),
    file("file_id").required(),
    text("name").required().length(1, 200).searchable().sorted_as_name(),
    long_text("description").up_to(2'000),
};

}  // namespace

constexpr Entity proposal_document_entity{
    .name = "proposal_document",
    .table = "proposal_documents",
    .fields = proposal_document_fields,
    .part_of = "proposal_id",
    .rights =
        "supervisor: read create update delete export | agent: read | "
        "sales: read create update:own delete:own export:own",
    .is_in_menu = false,
};
static_assert(valid(proposal_document_entity));

}  // namespace ponte::sales
