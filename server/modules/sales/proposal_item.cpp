#include "modules/sales/proposal_item.hpp"

#include "modules/sales/price.hpp"

namespace ponte::sales {
namespace {

double number_in(const Values& values, std::string_view name) {
    const Json* value = values.find(name);
    return value ? value->as_number() : 0;
}

Json total_of(const Values& values) {
    return price_of(values.integer("unit_price").value_or(0), number_in(values, "quantity"),
                    number_in(values, "discount"));
}

// A product says what it is called and costs today; an item keeps what was offered.
constexpr Field item_fields[] = {
    link("proposal_id", "proposal").required(),
    link("product_id", "product"),
    text("description").required().up_to(500),
    number("quantity").required().between(0, most_of_one).starts_as("1"),
    money("unit_price").required().between(0, highest_price),
    number("discount").between(0, 100).starts_as("0"),
    money("total").computed(total_of).starts_as("0"),
};

}  // namespace

constexpr Entity proposal_item_entity{
    .name = "proposal_item",
    .table = "proposal_items",
    .title = "description",
    .fields = item_fields,
    .part_of = "proposal_id",
    .lives_inside = true,
};
static_assert(valid(proposal_item_entity));

}  // namespace ponte::sales
