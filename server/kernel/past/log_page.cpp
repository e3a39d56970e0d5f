#include "kernel/past/log_page.hpp"

#include <algorithm>
#include <charconv>

#include "kernel/lists/cursor.hpp"
#include "kernel/people.hpp"
#include "kernel/records/record.hpp"

namespace ponte::records {
namespace {

constexpr std::int64_t most_entries = 100;

// One number is the order of a whole log: nothing in it has the place of another.
const Order& newest_first() {
    static const Order order = [] {
        Order by;
        by.json_name = "sequence";
        by.cast = "bigint";
        by.is_descending = true;
        return by;
    }();
    return order;
}

// "proposal.accepted" as people say it, where somebody wrote it down.
std::string_view label_of(const Ctx& ctx, std::string_view event) {
    const auto dot = event.rfind('.');
    const std::string word =
        std::string(event.substr(0, dot)) + ".event." + std::string(event.substr(dot + 1));
    return Words::all().find(ctx.language, word);
}

// {"id", "name"} of two columns, or null.
void append_named(std::string& out, const db::Rows& rows, int row, int column) {
    if (rows.is_null(row, column + 1)) {
        out += "null";
        return;
    }
    out += "{\"id\":";
    append_json_string(out, rows.text(row, column));
    out += ",\"name\":";
    append_json_string(out, rows.text(row, column + 1));
    out.push_back('}');
}

}  // namespace

bool LogPage::takes(const std::string& name, const std::string& value) {
    if (name == "cursor") {
        if (!value.empty()) {
            db::read_cell(decode_cursor(value, newest_first()).value, before);
        }
        return true;
    }
    if (name != "limit") {
        return false;
    }
    const char* const end = value.data() + value.size();
    const auto [stop, failure] = std::from_chars(value.data(), end, limit);
    if (failure != std::errc{} || stop != end || limit < 1) {
        throw bad_parameter(name, "positive_integer");
    }
    limit = std::min(limit, most_entries);
    return true;
}

std::string EntrySql::columns(const People& people) const {
    const std::string actor = alias + ".actor_id", key = alias + ".key_id";
    return alias + ".sequence, " + alias + ".id, " + name + ", " + alias + ".at, " + actor + ", (" +
           people.name(actor) + "), " + key + ", (" + people.key_name(key) + "), " + changes;
}

void append_id_or_null(std::string& out, const db::Rows& rows, int row, int column) {
    if (rows.is_null(row, column)) {
        out += "null";
    } else {
        append_json_string(out, rows.text(row, column));
    }
}

void begin_entry(std::string& out, const Ctx& ctx, std::string_view member, const db::Rows& rows,
                 int row) {
    const std::string_view name = rows.text(row, entry_name);
    out += "{\"id\":";
    append_json_string(out, rows.text(row, entry_id));
    out.append(",\"").append(member).append("\":");
    append_json_string(out, name);
    out += ",\"label\":";
    if (const std::string_view label = label_of(ctx, name); label.empty()) {
        out += "null";
    } else {
        append_json_string(out, label);
    }
    out += ",\"at\":\"";
    append_time(out, rows.text(row, entry_at));
    out += "\",\"actor\":";
    append_named(out, rows, row, entry_actor);
    out += ",\"key\":";
    append_named(out, rows, row, entry_key);
    if (!rows.is_null(row, entry_changes)) {
        out.append(",\"changes\":").append(rows.text(row, entry_changes));
    }
}

db::Statement kept_since_statement(const Kind& kind, const Id& tenant, const Id& id) {
    return {"select kept from log_kept_since() kept where kept > (select t.created_at from " +
                std::string(kind.entity->table) + " t where t.tenant_id = $1 and t.id = $2)",
            {tenant, id}};
}

std::string log_page_json(const std::string& entries, const LogPage& page, const LogPageEnd& end) {
    std::string out = "{\"data\":[" + entries +
                      "],\"pagination\":{\"limit\":" + std::to_string(page.limit) +
                      ",\"nextCursor\":";
    if (end.has_next) {
        append_json_string(out, encode_cursor(newest_first(), end.sequence, end.record_id));
    } else {
        out += "null";
        if (!end.kept_since.empty()) {
            out += ",\"keptSince\":\"";
            append_time(out, end.kept_since);
            out.push_back('"');
        }
    }
    return out + "}}";
}

}  // namespace ponte::records
