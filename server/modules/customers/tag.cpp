#include "modules/customers/tag.hpp"

namespace ponte::customers {
namespace {

constexpr std::string_view hues =
    "gray | blue | green | amber | red | violet | teal | orange | pink";

constexpr Field tag_fields[] = {
    text("name").required().length(1, 200).unique().searchable().sorted_as_name(),
    choice("color", hues).starts_as("gray").colored(hues).not_sortable(),
};

}  // namespace

constexpr Entity tag_entity{
    .name = "tag",
    .table = "tags",
    .fields = tag_fields,
    .default_sort = "name",
    .rights =
        "supervisor: read create update delete export | agent: read create | sales: read create",
    .is_in_menu = false,
    .is_in_search = true,
};
static_assert(valid(tag_entity));

}  // namespace ponte::customers
