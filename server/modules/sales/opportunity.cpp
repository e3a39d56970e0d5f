#include "modules/sales/opportunity.hpp"

#include "kernel/records.hpp"
#include "modules/sales/price.hpp"
#include "modules/sales/standing.hpp"

namespace ponte::sales {
namespace {

using records::Locked;

constexpr std::int64_t most_months = 120;

// All of it: once, and what is paid each month for so many months (of a telecom plan).
Json total_of(const Values& values) {
    return values.integer("value").value_or(0) +
           values.integer("monthly_value").value_or(0) * values.integer("months").value_or(0);
}

// What may be expected of it: half a cent is rounded up.
Json weighted_of(const Values& values) {
    constexpr std::int64_t whole = 100 * percentage_unit;
    const std::int64_t total = values.integer("total").value_or(0),
                       probability = values.integer("probability").value_or(0);
    return total / whole * probability + (total % whole * probability + whole / 2) / whole;
}

constexpr Field opportunity_fields[] = {
    link("contact_id", "contact").required().about().searchable(),
    text("title").required().length(1, 200).searchable().sorted_as_name(),
    link("pipeline_id", "pipeline"),
    link("stage_id", "stage"),
    choice("status", "open | won | lost")
        .read_only()
        .starts_as("open")
        .colored("blue | green | red"),
    money("value").between(0, highest_price),
    money("monthly_value").between(0, highest_price).not_sortable().section("recurring"),
    integer("months").between(1, most_months).not_sortable().section("recurring"),
    money("total").computed(total_of).starts_as("0"),
    percentage("probability").between(0, 100).not_sortable(),
    money("weighted").computed(weighted_of).starts_as("0"),
    date("expected_close"),
    text("next_step").up_to(200).not_sortable(),
    date("next_step_on"),
    user("assigned_to"),
    tags("tags", "tag"),
    parts("items", "opportunity_item"),
    parts("people", "opportunity_contact"),
    text("competitors").up_to(300).not_sortable().section("more"),
    long_text("notes").up_to(5'000).section("more"),
    link("lost_reason_id", "lost_reason").section("more"),
    text("lost_note").up_to(500).not_sortable().section("more"),
    datetime("stage_entered_at").read_only(),
    date("stage_due_on").read_only(),  // from then on it is stuck
    datetime("closed_at").read_only(),
    duration("time_to_close").read_only().not_sortable(),
};

constexpr Field winning[] = {money("value").between(0, highest_price)};
constexpr Field losing[] = {link("lost_reason_id", "lost_reason").required(),
                            text("lost_note").up_to(500)};

Task<> come_to(Ctx& ctx, const Locked& opportunity, std::string_view outcome, Values values) {
    const auto stage = co_await first_stage_with(ctx, opportunity, outcome);
    values.set("stage_id", stage);
    co_await ctx.update("opportunity", opportunity.id, std::move(values));
}

Task<> win(Ctx& ctx, const Locked& opportunity, const Values& input) {
    Values values;
    if (const auto value = input.integer("value")) {
        values.set("value", written_price(*value));
    }
    co_await come_to(ctx, opportunity, "won", std::move(values));
}

Task<> lose(Ctx& ctx, const Locked& opportunity, const Values& input) {
    Values values{{"lost_reason_id", *input.id("lost_reason_id")}};
    if (const auto note = input.text("lost_note")) {
        values.set("lost_note", *note);
    }
    co_await require_reason(ctx, *input.id("lost_reason_id"));
    co_await come_to(ctx, opportunity, "lost", std::move(values));
}

// Back to where it stood before it was decided.
Task<> reopen(Ctx& ctx, const Locked& opportunity, const Values&) {
    Values none;
    co_await come_to(ctx, opportunity, "open", std::move(none));
}

constexpr Action opportunity_actions[] = {
    action("win", win).takes(winning).needs("update").when("status", "open"),
    action("lose", lose).takes(losing).needs("update").when("status", "open"),
    action("reopen", reopen).needs("update").when("status", "won | lost").quiet(),
};

}  // namespace

constexpr Entity opportunity_entity{
    .name = "opportunity",
    .table = "opportunities",
    .title = "title",
    .aliases = "pipelines/opportunities",
    .fields = opportunity_fields,
    .actions = opportunity_actions,
    .owner = "assigned_to",
    .counted_by = "status",
    .rights =
        "supervisor: read create update delete import export | agent: read | "
        "sales: read create update:own delete:own export:own",
    .has_custom_fields = true,
    .is_in_search = true,
    .can_be_imported = true,
    .tells = "won | lost | reopened",
    .before_write = stand_somewhere,
    .after_write = note_moves,
};
static_assert(valid(opportunity_entity));

}  // namespace ponte::sales
