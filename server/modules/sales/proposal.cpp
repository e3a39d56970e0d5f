#include "modules/sales/proposal.hpp"

#include "kernel/records.hpp"
#include "modules/sales/owners.hpp"

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

// Its last day is the customer's, where the company is.
bool is_expired(const Ctx& ctx, const Json& proposal) {
    const std::string& zone = ctx.who.timezone;
    const auto last_day = start_of_date(proposal["validUntil"].as_string(), zone);
    return last_day && *last_day < start_of_day(ctx.now, zone, 0);
}

// What a customer can say yes to.
void require_offer(const Ctx& ctx, const Json& proposal) {
    if (proposal["items"].items().empty()) {
        throw conflict("proposal.empty");
    }
    if (is_expired(ctx, proposal)) {
        throw conflict("proposal.expired");
    }
}

Task<> send(Ctx& ctx, const Locked& proposal, const Values&) {
    require_offer(ctx, proposal.record);
    Values values{{"sent_at", format_time(ctx.now)}};
    co_await decide(ctx, proposal, "sent", std::move(values));
}

Task<> accept(Ctx& ctx, const Locked& proposal, const Values&) {
    require_offer(ctx, proposal.record);
    Values values{{"decided_at", format_time(ctx.now)}};
    co_await decide(ctx, proposal, "accepted", std::move(values));
}

Task<> reject(Ctx& ctx, const Locked& proposal, const Values& input) {
    Values values{{"decided_at", format_time(ctx.now)},
                  {"rejection_reason", *input.text("reason")}};
    co_await decide(ctx, proposal, "rejected", std::move(values));
}

Task<> become_draft(Ctx& ctx, const Locked& proposal, std::string_view event) {
    Values values{{"status", "draft"},
                  {"sent_at", nullptr},
                  {"decided_at", nullptr},
                  {"rejection_reason", nullptr}};
    co_await ctx.update("proposal", proposal.id, std::move(values));
    ctx.emit("proposal." + std::string(event), proposal.id);
}

// The customer asks for something else, or the offer has expired: it is changed and sent again.
Task<> revise(Ctx& ctx, const Locked& proposal, const Values&) {
    co_await become_draft(ctx, proposal, "revised");
}

// A decision that was a slip of the finger is taken back by those who have this right.
Task<> reopen(Ctx& ctx, const Locked& proposal, const Values&) {
    co_await become_draft(ctx, proposal, "reopened");
}

constexpr Action proposal_actions[] = {
    action("send", send).needs("update").when("status", "draft"),
    action("accept", accept).needs("update").when("status", undecided),
    action("reject", reject).takes(rejection).needs("update").when("status", undecided),
    action("revise", revise).needs("update").when("status", "sent").quiet(),
    action("reopen", reopen).when("status", decided).quiet(),
};

Task<> before_proposal(Ctx&, Changes& changes) {
    name_owners(changes);
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
        "supervisor: read create update delete export reopen | agent: read | "
        "sales: read create update:own delete:own export:own",
    .has_custom_fields = true,
    .editable_when = when("status", "draft"),  // what a customer was told, or agreed to, stands
    .always_editable = "assigned_to | notes | custom",
    .deletable_when = when("status", undecided),
    .is_in_search = true,
    .tells = "sent | accepted | rejected | revised | reopened",
    .before_write = before_proposal,
};
static_assert(valid(proposal_entity));

}  // namespace ponte::sales
