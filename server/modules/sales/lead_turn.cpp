#include "modules/sales/lead_turn.hpp"

namespace ponte::sales {
namespace {

constexpr Field turn_fields[] = {
    text("name").required().length(1, 120).searchable().sorted_as_name(),
    user("user_id").required(),
    text("only_source").up_to(60).not_sortable(),
    boolean("is_active").starts_as("true"),
    datetime("last_given_at").read_only().not_sortable(),
};

}  // namespace

constexpr Entity lead_turn_entity{
    .name = "lead_turn",
    .table = "lead_turns",
    .fields = turn_fields,
    .default_sort = "name",
    .rights = "supervisor: read create update delete",
    .is_in_menu = false,
    .history = History::facts,  // whose turn it was is nobody's change
};
static_assert(valid(lead_turn_entity));

}  // namespace ponte::sales
