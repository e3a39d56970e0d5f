#include "modules/sales/lost_reason.hpp"

namespace ponte::sales {
namespace {

constexpr Field reason_fields[] = {
    text("name").required().length(1, 120).unique().searchable().sorted_as_name(),
};

}  // namespace

constexpr Entity lost_reason_entity{
    .name = "lost_reason",
    .table = "lost_reasons",
    .fields = reason_fields,
    .default_sort = "name",
    .rights = "supervisor: read create update delete export | agent: read | sales: read",
    .is_in_menu = false,
};
static_assert(valid(lost_reason_entity));

}  // namespace ponte::sales
