#include "modules/customers/demo.hpp"

#include "kernel/records.hpp"

#include <algorithm>
#include <span>
#include <string_view>

#include "modules/customers/demo_story.hpp"

namespace ponte::customers {
namespace {

using records::Kind;
using records::Locked;

struct DemoField {
    std::string_view key, name, type;
};
// Seed 000's example, with a label for people.
constexpr DemoField demo_fields[] = {
    {"segmento", "Segmento", "select"},
    {"receita_anual", "Receita anual", "money"},
    {"numero_funcionarios", "Número de funcionários", "integer"},
    {"data_fundacao", "Data de fundação", "date"},
    {"plano_contratado", "Plano contratado", "select"},
};

Json list_of(const std::vector<std::string>& texts) {
    Json list = Json::array();
    for (const std::string& text : texts) {
        list.push(text);
    }
    return list;
}

Task<> create_fields(Ctx& ctx) {
    std::vector<Values> fields;
    for (const DemoField& field : demo_fields) {
        Values& values = fields.emplace_back(Values{
            {"entity", "contact"}, {"key", field.key}, {"name", field.name}, {"type", field.type}});
        if (field.key == "segmento") {
            values.set("options", list_of(sample_segments()));
        } else if (field.key == "plano_contratado") {
            values.set("options", list_of(sample_plans()));
        }
    }
    co_await ctx.create_many("custom_field", std::move(fields));
}

Task<> create_tags(Ctx& ctx) {
    std::vector<Values> tags;
    for (const SampleTag& tag : sample_tags()) {
        tags.push_back({{"name", tag.name}, {"color", tag.color}});
    }
    co_await ctx.create_many("tag", std::move(tags));
}

Json or_null(const std::string& text) { return text.empty() ? Json{} : Json(text); }

Json custom_of(const DemoContact& contact) {
    const Sample& who = contact.who;
    Json custom = Json::object();
    const auto set = [&](const char* key, Json value) {
        if (!value.is_null()) {
            custom.set(key, std::move(value));
        }
    };
    set("segmento", or_null(who.segment));
    set("plano_contratado", or_null(who.plan));
    set("data_fundacao", or_null(who.founded_on));
    if (who.yearly_revenue > 0) {
        set("receita_anual", who.yearly_revenue);
        set("numero_funcionarios", 2 + who.yearly_revenue / 150'000);
    }
    return custom;
}

// As the contact was first written: later changes are taken back.
Values first_values(const DemoContact& contact) {
    const Sample& who = contact.who;
    Values values{{"kind", who.kind},
                  {"name", who.name},
                  {"email", or_null(who.email)},
                  {"phone", or_null(who.phone)},
                  {"company", or_null(who.company)},
                  {"status", who.status},
                  {"tags", list_of(who.tags)},
                  {"assigned_to", contact.owner},
                  {"document", or_null(who.document)},
                  {"job_title", or_null(who.job_title)},
                  {"city", who.city},
                  {"state", who.state},
                  {"source", who.source},
                  {"custom", custom_of(contact)}};
    for (auto change = contact.changes.rbegin(); change != contact.changes.rend(); ++change) {
        values.set(snake_case(change->field), change->from);
    }
    return values;
}

// One thing that somebody did, and when.
struct Deed {
    const Kind* kind = nullptr;
    Verb verb = Verb::create;
    Time at{};
    Id author;
    Change change;
};

void add_deeds(const Kind& contacts, const DemoContact& contact, std::vector<Deed>& deeds) {
    Change created;
    created.id = contact.id;
    created.values = first_values(contact);
    Json shown = Json::object({{"status", *created.values.find("status")},
                               {"assignedTo", *created.values.find("assigned_to")},
                               {"createdBy", contact.author}});
    deeds.push_back({&contacts, Verb::create, contact.since, contact.author, std::move(created)});
    std::int64_t version = 1;
    for (const DemoChange& change : contact.changes) {
        const Values values{{snake_case(change.field), change.to}};
        Locked before{contact.id, shown, version++};
        deeds.push_back({&contacts, Verb::update, change.at, change.author,
                         records::change_of(contacts, std::move(before), values)});
        shown.set(change.field, change.to);
    }
}

void add_notes(const Kind& notes, const DemoContact& contact, std::vector<Deed>& deeds) {
    for (const DemoNote& note : contact.notes) {
        Change created;
        created.id = note.id;
        created.values =
            Values{{"contact_id", contact.id}, {"body", note.body}, {"pinned", note.is_pinned}};
        deeds.push_back({&notes, Verb::create, note.at, note.author, std::move(created)});
    }
}

}  // namespace

// A year of the past, as people would have left it, in its order. It is quiet: nobody shall be told
// today of what happened last spring.
Task<std::vector<DemoCustomer>> fill_demo(Ctx& ctx, const std::vector<Id>& people) {
    co_await create_fields(ctx);
    co_await create_tags(ctx);
    const Kind& contacts = ctx.services.entities().get("contact");
    const Kind& notes = ctx.services.entities().get("note");
    std::vector<Deed> deeds;
    std::vector<DemoCustomer> customers;
    for (const DemoContact& contact : demo_story(ctx.now, people)) {
        const std::size_t first = deeds.size();
        add_deeds(contacts, contact, deeds);
        add_notes(notes, contact, deeds);
        const auto his = std::span(deeds).subspan(first);
        const Time latest = std::ranges::max(his, {}, &Deed::at).at;
        customers.push_back({contact.id, contact.owner, latest});
    }
    std::ranges::sort(deeds, {}, &Deed::at);
    records::TitleIds labels;
    for (Deed& deed : deeds) {
        Changes changes(ctx, *deed.kind, deed.verb);
        changes.at = deed.at;
        changes.actor = deed.author;
        changes.is_quiet = true;
        changes.records.push_back(std::move(deed.change));
        co_await records::write(ctx, changes, &labels);
    }
    co_return customers;
}

}  // namespace ponte::customers
