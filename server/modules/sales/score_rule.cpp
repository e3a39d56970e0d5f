#include "modules/sales/score_rule.hpp"

#include "kernel/records.hpp"
#include "modules/sales/scoring.hpp"

namespace ponte::sales {
namespace {

constexpr Field rule_fields[] = {
    text("name").required().length(1, 120).searchable().sorted_as_name(),
    text("field").required().up_to(100).not_sortable(),
    choice("question", "filled | empty | is | contains | at_least | within_days")
        .starts_as("filled")
        .not_sortable(),
    text("value").up_to(200).not_sortable(),
    integer("points").required().between(-100, 100),
    boolean("is_active").starts_as("true"),
};
constexpr Field trying[] = {link("lead_id", "lead").required()};

// What it says of a lead, before it is let loose on all of them.
Task<Json> test_on_lead(Ctx& ctx, const records::Locked& rule, const Values& input) {
    const auto& kind = ctx.services.entities().get("lead");
    const records::Locked lead = co_await records::lock(ctx, kind, *input.id("lead_id"), "read");
    co_return tried(rule.record, lead.record, ctx.now);
}

Task<> before_rule(Ctx& ctx, Changes& changes) {
    for (const Change& change : changes.records) {
        if (const auto field = change.values.text("field")) {
            require_field(ctx, *field);
        }
    }
    co_return;
}

constexpr Action rule_actions[] = {
    action("test", test_on_lead).takes(trying).gives("ScoreTest").needs("update").quiet(),
};

}  // namespace

constexpr Entity score_rule_entity{
    .name = "score_rule",
    .table = "score_rules",
    .fields = rule_fields,
    .actions = rule_actions,
    .default_sort = "-points",
    .rights = "supervisor: read create update delete | sales: read",
    .is_in_menu = false,
    .before_write = before_rule,
};
static_assert(valid(score_rule_entity));

}  // namespace ponte::sales
