#include "modules/sales/proposal.hpp"

#include "kernel/records.hpp"

#include <algorithm>

namespace ponte::sales {
namespace {

using records::Locked;

constexpr std::string_view undecided = "draft | sent", decided = "accepted | rejected";

constexpr Field proposal_fields[] = {
    integer("number").numbered().searchable(),
    link("contact_id", "contact").required().about().searchable(),
    text("title").required().length(1, 200).searchable().sorted_as_name(),
    choice("status", "draft | sent | accepted | rejected")
        .read_only()
        .starts_as("draft")
        .colored("gray | blue | green | red"),
    date("valid_until"),
    user("assigned_to"),
    parts("items", "proposal_item"),
    money("total").sum("items.total").starts_as("0"),
    long_text("notes").up_to(5'000),
    datetime("sent_at").read_only().not_sortable(),
    datetime("decided_at").read_only().not_sortable(),
    text("rejection_reason").read_only().up_to(500).not_sortable(),
};

constexpr Field rejection[] = {text("reason").required().length(1, 500)};

// With the event that other modules and the timeline hear of it.
Task<> decide(Ctx& ctx, const Locked& proposal, std::string_view status, Values values) {
    values.set("status", status);
    co_await ctx.update("proposal", proposal.id, std::move(values));
    Json told = Json::object({{"total", proposal.record["total"]}});
    ctx.emit("proposal." + std::string(status), proposal.id, std::move(told));
}

Task<> send(Ctx& ctx, const Locked& proposal, const Values&) {
    if (proposal.record["items"].items().empty()) {
        throw conflict("proposal.empty");
    }
    Values values{{"sent_at", format_time(ctx.now)}};
    co_await decide(ctx, proposal, "sent", std::move(values));
}

Task<> accept(Ctx& ctx, const Locked& proposal, const Values&) {
    if (proposal.record["items"].items().empty()) {
        throw conflict("proposal.empty");
    }
    Values values{{"decided_at", format_time(ctx.now)}};
    co_await decide(ctx, proposal, "accepted", std::move(values));
}

Task<> reject(Ctx& ctx, const Locked& proposal, const Values& input) {
    Values values{{"decided_at", format_time(ctx.now)},
                  {"rejection_reason", *input.text("reason")}};
    co_await decide(ctx, proposal, "rejected", std::move(values));
}

// A decision that was a slip of the finger is taken back by those who have this right.
Task<> reopen(Ctx& ctx, const Locked& proposal, const Values&) {
    Values values{{"status", "draft"},
                  {"sent_at", nullptr},
                  {"decided_at", nullptr},
                  {"rejection_reason", nullptr}};
    co_await ctx.update("proposal", proposal.id, std::move(values));
    ctx.emit("proposal.reopened", proposal.id);
}

constexpr Action proposal_actions[] = {
    action("send", send).needs("update").when("status", "draft"),
    action("accept", accept).needs("update").when("status", undecided),
    action("reject", reject).takes(rejection).needs("update").when("status", undecided),
    action("reopen", reopen).when("status", decided),
};

// Whoever writes a proposal is in charge of it, unless somebody else is named.
Task<> name_owners(Ctx&, Changes& changes) {
    for (Change& change : changes.records) {
        const Json* owner = change.values.find("assigned_to");
        if (changes.verb == Verb::create && changes.actor && (!owner || owner->is_null())) {
            change.values.set("assigned_to", *changes.actor);
        }
    }
    co_return;
}

// What a customer has decided about stays as it was then.
Task<> keep_decided(Ctx&, const Changes& changes) {
    constexpr std::string_view offered[] = {"contactId", "title", "validUntil", "items", "total"};
    for (const Change& change : changes.records) {
        const bool was_decided = is_one_of(decided, change.before["status"].as_string());
        const bool is_changed = std::ranges::any_of(offered, [&](std::string_view name) {
            return change.difference.find(name) != nullptr;
        });
        if (changes.verb == Verb::update && was_decided && is_changed) {
            throw conflict("proposal.decided");
        }
    }
    co_return;
}

}  // namespace

constexpr Entity proposal_entity{
    .name = "proposal",
    .table = "proposals",
    .title = "title",
    .fields = proposal_fields,
    .actions = proposal_actions,
    .owner = "assigned_to",
    .counted_by = "status",
    .rights =
        "supervisor: read create update delete reopen | agent: read | "
        "sales: read create update:own delete:own",
    .has_custom_fields = true,
    .before_write = name_owners,
    .after_write = keep_decided,
};
static_assert(valid(proposal_entity));

}  // namespace ponte::sales
