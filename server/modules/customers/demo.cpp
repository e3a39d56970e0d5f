#include "modules/customers/demo.hpp"

#include <string_view>

#include "modules/customers/demo_story.hpp"

namespace ponte::customers {
namespace {

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
    for (const DemoField& field : demo_fields) {
        Values values{
            {"entity", "contact"}, {"key", field.key}, {"name", field.name}, {"type", field.type}};
        if (field.key == "segmento") {
            values.set("options", list_of(sample_segments()));
        } else if (field.key == "plano_contratado") {
            values.set("options", list_of(sample_plans()));
        }
        co_await ctx.create("custom_field", std::move(values));
    }
}

Task<Json> create_tags(Ctx& ctx) {
    Json ids = Json::object();
    for (const SampleTag& tag : sample_tags()) {
        Values values{{"name", tag.name}, {"color", tag.color}};
        const Id id = co_await ctx.create("tag", std::move(values));
        ids.set(tag.name, id);
    }
    co_return ids;
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

Time last_change(const DemoContact& contact) {
    return contact.changes.empty() ? contact.since : contact.changes.back().at;
}

Json contact_row(const DemoContact& contact, const Json& tag_ids) {
    const Sample& who = contact.who;
    Json tags = Json::array();
    for (const std::string& tag : who.tags) {
        tags.push(tag_ids[tag]);
    }
    return Json::object({{"id", contact.id},
                         {"kind", who.kind},
                         {"name", who.name},
                         {"email", or_null(who.email)},
                         {"phone", or_null(who.phone)},
                         {"company", or_null(who.company)},
                         {"status", who.status},
                         {"tags", std::move(tags)},
                         {"assigned_to", contact.owner},
                         {"document", or_null(who.document)},
                         {"job_title", or_null(who.job_title)},
                         {"city", who.city},
                         {"state", who.state},
                         {"source", who.source},
                         {"custom", custom_of(contact)},
                         {"created_at", format_time(contact.since)},
                         {"updated_at", format_time(last_change(contact))},
                         {"created_by", contact.author},
                         {"version", static_cast<std::int64_t>(contact.changes.size()) + 1}});
}

Json note_row(const DemoContact& contact, const DemoNote& note) {
    return Json::object({{"id", note.id},
                         {"contact_id", contact.id},
                         {"body", note.body},
                         {"pinned", note.is_pinned},
                         {"created_at", format_time(note.at)},
                         {"created_by", note.author}});
}

Json change_of(Json from, Json to) {
    return Json::object({{"from", std::move(from)}, {"to", std::move(to)}});
}

// As the contact was first written: later changes are taken back.
Json first_values(const DemoContact& contact) {
    const Sample& who = contact.who;
    Json values = Json::object({{"name", who.name},
                                {"email", or_null(who.email)},
                                {"phone", or_null(who.phone)},
                                {"company", or_null(who.company)},
                                {"status", who.status},
                                {"tags", list_of(who.tags)},
                                {"assignedTo", contact.owner},
                                {"kind", who.kind},
                                {"document", or_null(who.document)},
                                {"jobTitle", or_null(who.job_title)},
                                {"city", who.city},
                                {"state", who.state},
                                {"source", who.source}});
    const Json custom = custom_of(contact);
    for (const auto& [key, value] : custom.members()) {
        values.set("customFields." + key, value);
    }
    for (auto change = contact.changes.rbegin(); change != contact.changes.rend(); ++change) {
        values.set(change->field, change->from);
    }
    Json changes = Json::object();
    for (const auto& [key, value] : values.members()) {
        const bool is_empty = value.is_null() || (value.is_array() && value.items().empty());
        if (!is_empty) {
            changes.set(key, change_of(Json{}, value));
        }
    }
    return changes;
}

struct DemoEvent {
    std::string name;
    Id entity_id, actor, owner;
    Time at{};
    std::int64_t version = 1;
    Json changes;
};

std::vector<DemoEvent> events_of(const std::vector<DemoContact>& contacts) {
    std::vector<DemoEvent> events;
    for (const DemoContact& contact : contacts) {
        events.push_back({"contact.created", contact.id, contact.author, contact.owner,
                          contact.since, 1, first_values(contact)});
        std::int64_t version = 1;
        for (const DemoChange& change : contact.changes) {
            Json changes =
                Json::object({{change.field, change_of(Json(change.from), Json(change.to))}});
            events.push_back({"contact.updated", contact.id, change.author, contact.owner,
                              change.at, ++version, std::move(changes)});
        }
        for (const DemoNote& note : contact.notes) {
            Json changes = Json::object({{"contactId", change_of(Json{}, Json(contact.id))},
                                         {"body", change_of(Json{}, Json(note.body))},
                                         {"pinned", change_of(Json{}, Json(note.is_pinned))}});
            events.push_back({"note.created", note.id, note.author, note.author, note.at, 1,
                              std::move(changes)});
        }
    }
    return events;
}

Json event_rows(const std::vector<DemoContact>& contacts) {
    Json rows = Json::array();
    for (const DemoEvent& event : events_of(contacts)) {
        rows.push(Json::object({{"name", event.name},
                                {"entity", event.name.substr(0, event.name.find('.'))},
                                {"entity_id", event.entity_id},
                                {"version", event.version},
                                {"at", format_time(event.at)},
                                {"actor_id", event.actor},
                                {"owner_id", event.owner},
                                {"changes", event.changes}}));
    }
    return rows;
}

// bulk: a year of the past in three statements, with the events as people would have left them.
// They are quiet: nobody shall be told today of what happened last spring.
constexpr const char* contacts_sql =
    "insert into contacts (id, kind, name, email, phone, company, status, tags, assigned_to, "
    "document, job_title, city, state, source, custom, created_at, updated_at, created_by, "
    "version) "
    "select id, kind, name, email, phone, company, status, "
    "array(select jsonb_array_elements_text(tags)::uuid), assigned_to, document, job_title, city, "
    "state, source, custom, created_at, updated_at, created_by, version "
    "from jsonb_to_recordset($1::jsonb) as x(id uuid, kind text, name text, email text, phone "
    "text, "
    "company text, status text, tags jsonb, assigned_to uuid, document text, job_title text, "
    "city text, state text, source text, custom jsonb, created_at timestamptz, "
    "updated_at timestamptz, created_by uuid, version bigint)";

// bulk: see above
constexpr const char* notes_sql =
    "insert into notes (id, contact_id, body, pinned, created_at, updated_at, created_by) "
    "select id, contact_id, body, pinned, created_at, created_at, created_by "
    "from jsonb_to_recordset($1::jsonb) as x(id uuid, contact_id uuid, body text, pinned boolean, "
    "created_at timestamptz, created_by uuid)";

// In their order, which gives them ascending sequence numbers.
constexpr const char* events_sql =
    "insert into events (name, entity, entity_id, version, at, actor_id, owner_id, changes, "
    "is_quiet) select name, entity, entity_id, version, at, actor_id, owner_id, changes, true "
    "from jsonb_to_recordset($1::jsonb) as x(name text, entity text, entity_id uuid, "
    "version bigint, at timestamptz, actor_id uuid, owner_id uuid, changes jsonb) order by at, "
    "version";

}  // namespace

Task<> fill_demo(Ctx& ctx, const std::vector<Id>& people) {
    co_await create_fields(ctx);
    const Json tag_ids = co_await create_tags(ctx);
    const std::vector<DemoContact> contacts = demo_story(ctx.now, people);
    Json contact_rows = Json::array(), note_rows = Json::array();
    for (const DemoContact& contact : contacts) {
        contact_rows.push(contact_row(contact, tag_ids));
        for (const DemoNote& note : contact.notes) {
            note_rows.push(note_row(contact, note));
        }
    }
    ctx.tx.queue(contacts_sql, {db::Param(contact_rows)});
    ctx.tx.queue(notes_sql, {db::Param(note_rows)});
    ctx.tx.queue(events_sql, {db::Param(event_rows(contacts))});
}

}  // namespace ponte::customers
