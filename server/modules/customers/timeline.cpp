// What happened with a contact, newest first: its events of the log, and the notes about it.
#include <algorithm>
#include <charconv>

#include "kernel/app.hpp"
#include "kernel/db/by_bytes.hpp"
#include "kernel/entities/catalogue.hpp"
#include "kernel/records/input.hpp"
#include "modules/customers/contact_routes.hpp"
#include "modules/customers/reach.hpp"

namespace ponte::customers {
namespace {

constexpr int default_limit = 20, max_limit = 100;
constexpr std::string_view entry_types = "note | created | imported | updated | deleted | restored";

struct Question {
    Id contact;
    std::vector<std::string> types;  // empty: all
    int limit = default_limit;
    std::optional<std::string> before_at, before_id;  // of the last entry of the page before
};

struct Entry {
    Id id;
    std::string type;
    std::int64_t moment = 0;  // microseconds, as the cursor has them
    std::string at;
    std::optional<Id> actor_id, note_id;
    std::optional<std::string> actor_name, body;
    Json changes;
    bool has_next = false;
};
FIELDS(Entry, id, type, moment, at, actor_id, note_id, actor_name, body, changes, has_next);

std::vector<std::string> types_in(std::string_view text) {
    const auto known = records::split_options(entry_types);
    std::vector<std::string> types;
    while (!text.empty()) {
        const auto comma = text.find(',');
        const auto type = text.substr(0, comma);
        if (std::find(known.begin(), known.end(), type) == known.end()) {
            throw bad_parameter("type", "not_an_option");
        }
        types.emplace_back(type);
        text = comma == text.npos ? std::string_view{} : text.substr(comma + 1);
    }
    return types;
}

int limit_in(const std::string& text) {
    int limit = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), limit);
    if (failure != std::errc{} || end != text.data() + text.size() || limit < 1) {
        throw bad_parameter("limit", "positive_integer");
    }
    return std::min(limit, max_limit);
}

// "1795531200000000-018f…": the moment and the id of the last entry.
void read_cursor(const std::string& text, Question& question) {
    const auto dash = text.find('-');
    const std::string moment = text.substr(0, dash);
    const bool is_number = !moment.empty() && moment.size() <= 17 &&
                           moment.find_first_not_of("0123456789") == moment.npos;
    const auto id = dash == text.npos ? std::optional<Id>{} : Id::parse(text.substr(dash + 1));
    if (!is_number || !id) {
        throw bad_parameter("cursor", "format");
    }
    question.before_at = moment;
    question.before_id = id->text();
}

Question question_in(const http::Request& request) {
    Question question;
    question.contact = path_id(request, "contact");
    question.types = types_in(request.query_value("type").value_or(""));
    if (const auto limit = request.query_value("limit")) {
        question.limit = limit_in(*limit);
    }
    if (const auto cursor = request.query_value("cursor"); cursor && !cursor->empty()) {
        read_cursor(*cursor, question);
    }
    return question;
}

// $1 contact, $2 types, $3 and $4 the last entry of the page before, $5 how many, $6 to
// $8 whose notes the reader may see. Changes are told for what was updated; of a new contact
// everything is new.
const std::string entries_sql =
    "with entries as ("
    "select e.id, e.at, e.actor_id, null::uuid as note_id, null::text as body, "
    "case when e.name = 'contact.updated' then e.changes end as changes, "
    "case when e.name = 'contact.created' and i.id is not null then 'imported' "
    "else split_part(e.name, '.', 2) end as kind, "
    "case when e.name = 'contact.created' and i.id is not null then 'contact.imported' "
    "else e.name end as type "
    "from events e left join imports i on i.tenant_id = e.tenant_id and i.id = e.operation_id "
    "where e.tenant_id = current_tenant() and e.entity = 'contact' and e.entity_id = $1::uuid "
    "union all "
    "select n.id, n.created_at, n.created_by, n.id, n.body, null, 'note', 'note.created' "
    "from notes n where n.tenant_id = current_tenant() and n.contact_id = $1::uuid "
    "and n.deleted_at is null and ($6 = 'all' or n.created_by = $7::uuid or ($6 = 'team' "
    "and n.created_by in (select c.id from users c where c.tenant_id = current_tenant() "
    "and c.team_id = $8::uuid)))), "
    "timed as (select *, (extract(epoch from at) * 1000000)::bigint as moment from entries) "
    "select t.id, t.type, t.moment, t.at::text as at, t.actor_id, t.note_id, "
    "(select u.name from users u where u.tenant_id = current_tenant() and u.id = t.actor_id) "
    "as actor_name, t.body, t.changes - " +
    records::deleted_keys_sql("contact", "current_tenant()", "customFields.") +
    " as changes, coalesce(t.has_next, false) as has_next" +
    db::from_until_full(
        "select * from timed t "
        "where (cardinality($2::text[]) = 0 or t.kind = any ($2::text[])) "
        "and ($3::bigint is null or (t.moment, t.id) < ($3::bigint, $4::uuid)) "
        "order by t.moment desc, t.id desc limit $5::int",
        db::bytes_sql("t.changes") + " + " + db::bytes_sql("t.body"), "t.moment desc, t.id desc");

Json shown(const Entry& entry) {
    const auto at = Time{Milliseconds{entry.moment / 1000}};
    Json actor;
    if (entry.actor_id && entry.actor_name) {
        actor = Json::object({{"id", *entry.actor_id}, {"name", *entry.actor_name}});
    }
    Json out = Json::object({{"id", entry.id},
                             {"type", entry.type},
                             {"at", format_time(at)},
                             {"actor", std::move(actor)},
                             {"title", Json{}},
                             {"body", entry.body ? Json(*entry.body) : Json{}},
                             {"noteId", entry.note_id ? Json(*entry.note_id) : Json{}}});
    if (entry.changes.is_object()) {
        out.set("changes", entry.changes);
    }
    return out;
}

Json page_of(const std::vector<Entry>& entries, int limit) {
    Json data = Json::array();
    Json next;
    for (const Entry& entry : entries) {
        if (static_cast<int>(data.items().size()) == limit) {
            break;
        }
        data.push(shown(entry));
        const std::string cursor = std::to_string(entry.moment) + "-" + entry.id.text();
        next = entry.has_next ? Json(cursor) : Json{};
    }
    const Json pagination = Json::object({{"limit", limit}, {"nextCursor", std::move(next)}});
    return Json::object({{"data", std::move(data)}, {"pagination", pagination}});
}

Task<http::Response> show_timeline(Ctx& ctx, const http::Request& request) {
    const Question question = question_in(request);
    const auto seen = co_await find_in_reach(ctx, question.contact);
    if (!seen) {
        throw not_found("contact");
    }
    const Reach reach = ctx.reach("notes", "read");
    const std::string notes = reach == Reach::all ? "all" : reach == Reach::team ? "team" : "own";
    const std::optional<Id> reader =
        reach == Reach::none ? std::optional<Id>{} : std::optional(ctx.who.user);
    // One more than the page tells whether there is a next one.
    const auto entries = co_await ctx.tx.all<Entry>(
        entries_sql, question.contact, question.types, question.before_at, question.before_id,
        question.limit + 1, notes, reader, ctx.who.team);
    co_return reply(200, page_of(entries, question.limit));
}

constexpr Field timeline_parameters[] = {
    text("cursor"),
    choice("type", entry_types),
    integer("limit").between(1, max_limit),
};

}  // namespace

void declare_timeline_route(App& app) {
    app.route("GET", "/contacts/{id}/timeline", show_timeline)
        .needs("contacts.read")
        .in("contacts")
        .asks(timeline_parameters)
        .reading_itself()
        .gives(200, "TimelinePage");
}

}  // namespace ponte::customers
