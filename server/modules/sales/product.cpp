#include "modules/sales/product.hpp"

#include "modules/sales/price.hpp"

namespace ponte::sales {
namespace {

constexpr Field product_fields[] = {
    text("name").required().length(1, 200).searchable().sorted_as_name(),
    text("code").up_to(60).unique().searchable(),
    money("unit_price").required().between(0, highest_price),
    long_text("description").up_to(2'000),
    boolean("is_active").starts_as("true"),
    integer("times_offered").counts("proposal_item.product_id"),
};

}  // namespace

constexpr Entity product_entity{
    .name = "product",
    .table = "products",
    .fields = product_fields,
    .default_sort = "name",
    .rights =
        "supervisor: read create update delete import export | agent: read | "
        "sales: read create update export",
    .has_custom_fields = true,
    .is_in_search = true,
    .can_be_imported = true,
    .match_fields = "code",
};
static_assert(valid(product_entity));

}  // namespace ponte::sales
