#include "modules/sales/opportunity_parts.hpp"

#include "modules/sales/price.hpp"

namespace ponte::sales {
namespace {

Json total_of(const Values& values) {
    const Json* quantity = values.find("quantity");
    return price_of(values.integer("unit_price").value_or(0), quantity ? quantity->as_number() : 0,
                    0);
}

constexpr Field item_fields[] = {
    link("opportunity_id", "opportunity").required(),
    link("product_id", "product"),
    text("description").required().up_to(500),
    number("quantity").required().between(0, most_of_one).starts_as("1"),
    money("unit_price").required().between(0, highest_price),
    money("total").computed(total_of).starts_as("0"),
};

constexpr Field contact_fields[] = {
    link("opportunity_id", "opportunity").required(),
    link("contact_id", "contact").required(),
    choice("role", "decision_maker | influencer | user | technical | financial | other")
        .required()
        .starts_as("influencer"),
};

}  // namespace

constexpr Entity opportunity_item_entity{
    .name = "opportunity_item",
    .table = "opportunity_items",
    .title = "description",
    .fields = item_fields,
    .part_of = "opportunity_id",
    .lives_inside = true,
};
static_assert(valid(opportunity_item_entity));

constexpr Entity opportunity_contact_entity{
    .name = "opportunity_contact",
    .table = "opportunity_contacts",
    .title = "role",
    .fields = contact_fields,
    .part_of = "opportunity_id",
    .lives_inside = true,
};
static_assert(valid(opportunity_contact_entity));

}  // namespace ponte::sales
