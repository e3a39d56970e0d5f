#include "modules/sales/conversion.hpp"

#include "modules/customers/customers.hpp"
#include "modules/sales/price.hpp"

namespace ponte::sales {
namespace {

using records::Locked;

std::optional<std::string> text_in(const Json& record, std::string_view name) {
    const std::string& text = record[name].as_string();
    return text.empty() ? std::nullopt : std::optional(text);
}

customers::Contact contact_of(const Json& lead) {
    customers::Contact contact;
    contact.name = lead["name"].as_string();
    contact.phone = text_in(lead, "phone");
    contact.email = text_in(lead, "email");
    contact.document = text_in(lead, "cnpj");
    contact.company = text_in(lead, "company");
    contact.source = text_in(lead, "source");
    contact.status = "prospect";
    return contact;
}

// Whom it is about: as somebody said, else as phone, e-mail and document say, else somebody new.
Task<Id> contact_for(Ctx& ctx, const Json& lead) {
    if (const auto known = Id::parse(lead["contactId"].as_string())) {
        co_return *known;
    }
    customers::Contact contact = contact_of(lead);
    ctx.require("contacts.create");
    const Id id = co_await customers::find_or_create(ctx, std::move(contact));
    co_return id;
}

Task<Id> new_opportunity(Ctx& ctx, const Json& lead, Id contact, const Values& input) {
    ctx.require("opportunities.create");
    const auto title = input.text("title");
    const std::string& company = lead["company"].as_string();
    Values values{{"contact_id", contact},
                  {"title", title             ? *title
                            : company.empty() ? lead["name"].as_string()
                                              : company},
                  {"assigned_to", lead["assignedTo"]},
                  {"tags", lead["tags"]},
                  {"notes", lead["interest"]}};
    if (const auto pipeline = input.id("pipeline_id")) {
        values.set("pipeline_id", *pipeline);
    }
    if (const auto value = input.integer("value")) {
        values.set("value", written_price(*value));
    }
    const Id id = co_await ctx.create("opportunity", std::move(values));
    co_return id;
}

// One that there is: whoever converts into it may change it, and its contact is the lead's.
Task<Locked> known_opportunity(Ctx& ctx, Id id) {
    const auto& kind = ctx.services.entities().get("opportunity");
    Locked found = co_await records::lock(ctx, kind, id, "update");
    if (found.is_deleted) {
        throw invalid("opportunityId", "not_found");
    }
    co_return found;
}

}  // namespace

Task<> convert(Ctx& ctx, const Locked& lead, const Values& input) {
    Id contact, opportunity;
    if (const auto given = input.id("opportunity_id")) {
        const Locked known = co_await known_opportunity(ctx, *given);
        opportunity = known.id;
        contact = Id::parse(known.record["contactId"].as_string()).value_or(Id{});
    } else {
        contact = co_await contact_for(ctx, lead.record);
        opportunity = co_await new_opportunity(ctx, lead.record, contact, input);
    }
    Values values{{"status", "converted"},
                  {"contact_id", contact},
                  {"opportunity_id", opportunity},
                  {"converted_at", format_time(ctx.now)}};
    co_await ctx.update("lead", lead.id, std::move(values));
    ctx.emit("lead.converted", lead.id);
}

}  // namespace ponte::sales
