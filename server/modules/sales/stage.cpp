#include "modules/sales/stage.hpp"

#include "modules/sales/in_use.hpp"

namespace ponte::sales {
namespace {

constexpr std::string_view hues =
    "gray | blue | green | amber | red | violet | teal | orange | pink";

// `outcome`: what an opportunity is that has come here. `max_days`: after so many it is stuck.
constexpr Field stage_fields[] = {
    link("pipeline_id", "pipeline").required().immutable(),
    text("name").required().length(1, 80).searchable().sorted_as_name(),
    integer("position").between(0, 1'000),
    choice("color", hues).starts_as("gray").colored(hues).not_sortable(),
    choice("outcome", "open | won | lost").starts_as("open").colored("blue | green | red"),
    percentage("probability").between(0, 100).not_sortable(),
    integer("max_days").between(1, 3'650).not_sortable(),
    choices("required_fields",
            "value | expected_close | next_step | assigned_to | items | lost_reason_id"),
};

// What is won is certain, what is lost is not to come; of the others somebody says.
void fill_in(Change& change) {
    const Json* given = change.values.find("probability");
    const bool is_known = given ? !given->is_null() : !change.before["probability"].is_null();
    if (!is_known) {
        const auto outcome = change.values.text("outcome");
        const std::string is =
            outcome ? *outcome : std::string(change.before["outcome"].as_string());
        change.values.set("probability", is == "won" ? 100 * percentage_unit : 0);
    }
}

// A new one stands behind the others.
Task<> place(Ctx& ctx, Changes& changes) {
    for (Change& change : changes.records) {
        const Json* given = change.values.find("position");
        const auto pipeline = change.values.id("pipeline_id");
        if (changes.verb != Verb::create || !pipeline || (given && !given->is_null())) {
            continue;
        }
        const auto next = co_await ctx.tx.one<std::int64_t>(
            "select coalesce(max(position) + 1, 0) from stages "
            "where tenant_id = current_tenant() and pipeline_id = $1::uuid",
            *pipeline);
        change.values.set("position", next);
    }
}

Task<> before_stage(Ctx& ctx, Changes& changes) {
    co_await refuse_in_use(ctx, changes, "stage_id");
    if (changes.verb == Verb::create || changes.verb == Verb::update) {
        co_await place(ctx, changes);
        for (Change& change : changes.records) {
            fill_in(change);
        }
    }
}

}  // namespace

constexpr Entity stage_entity{
    .name = "stage",
    .table = "stages",
    .fields = stage_fields,
    .part_of = "pipeline_id",
    .default_sort = "position",
    .rights = "supervisor: read create update delete export | agent: read | sales: read",
    .is_in_menu = false,
    .before_write = before_stage,
};
static_assert(valid(stage_entity));

}  // namespace ponte::sales
