#include "modules/sales/lead_hooks.hpp"

#include "modules/customers/customers.hpp"
#include "modules/sales/owners.hpp"
#include "modules/sales/scoring.hpp"

namespace ponte::sales {
namespace {

// Converting says when; nobody else can.
void keep_converted(const Change& change) {
    const auto status = change.values.text("status");
    const bool was = change.before["status"].as_string() == "converted";
    if (!status || (*status == "converted") == was) {
        return;
    }
    const Json* when = change.values.find("converted_at");
    if (was || !when || when->is_null()) {
        throw invalid("status", "not_an_option");
    }
}

// Somebody known already: the same phone, e-mail or document.
Task<> find_contact(Ctx& ctx, Change& change) {
    if (change.values.id("contact_id")) {
        co_return;
    }
    customers::Contact contact;
    contact.phone = change.values.text("phone");
    contact.email = change.values.text("email");
    contact.document = change.values.text("cnpj");
    if (!contact.phone && !contact.email && !contact.document) {
        co_return;
    }
    const auto known = co_await customers::find(ctx, std::move(contact));
    if (known) {
        change.values.set("contact_id", *known);
    }
}

struct Turn {
    Id id, user_id;
};
FIELDS(Turn, id, user_id);

// In turn among those who take leads: whoever waited longest. One who is being given another lead
// at this moment is passed over, so that two at once go to two.
Task<> give_in_turn(Ctx& ctx, Change& change) {
    const Json* owner = change.values.find("assigned_to");
    if (owner && !owner->is_null()) {
        co_return;
    }
    const auto next = co_await ctx.tx.maybe<Turn>(
        "select id, user_id from lead_turns where tenant_id = current_tenant() and is_active "
        "and deleted_at is null and (coalesce(only_source, '') = '' or "
        "sort_key(only_source) = sort_key($1)) "
        "order by (coalesce(only_source, '') = ''), last_given_at nulls first, id "
        "limit 1 for update skip locked",
        change.values.text("source").value_or(""));
    if (next) {
        change.values.set("assigned_to", next->user_id);
        Values given{{"last_given_at", format_time(ctx.now)}};
        co_await ctx.update("lead_turn", next->id, std::move(given));
    }
}

}  // namespace

Task<> before_lead(Ctx& ctx, Changes& changes) {
    if (changes.verb != Verb::create && changes.verb != Verb::update) {
        co_return;
    }
    for (Change& change : changes.records) {
        keep_converted(change);
        if (changes.verb == Verb::create) {
            co_await give_in_turn(ctx, change);
            co_await find_contact(ctx, change);
        }
    }
    name_owners(changes);
    co_await score(ctx, changes);
}

}  // namespace ponte::sales
