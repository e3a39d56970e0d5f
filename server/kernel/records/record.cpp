#include "kernel/records/record.hpp"

#include <algorithm>

#include "kernel/values/field_type.hpp"
#include "kernel/values/readers.hpp"

namespace ponte::records {

void append_time(std::string& out, std::string_view text) {
    // PostgreSQL answers in UTC (set per connection): "2026-11-24 12:00:00.123456+00".
    if (text.size() < 19 || text[10] != ' ') {
        out += text;  // infinity, or before the year 1000
        return;
    }
    out.append(text.substr(0, 10)).push_back('T');
    out.append(text.substr(11, 8));
    char fraction[4] = {'0', '0', '0', 0};
    if (text.size() > 20 && text[19] == '.') {
        for (std::size_t i = 20, n = 0;
             i < text.size() && n < 3 && text[i] >= '0' && text[i] <= '9'; ++i, ++n) {
            fraction[n] = text[i];
        }
    }
    out.append(".").append(fraction, 3).push_back('Z');
}

namespace {

void append_array(std::string& out, std::string_view literal) {
    std::vector<std::string> items;
    db::read_cell(literal, items);
    out.push_back('[');
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i) {
            out.push_back(',');
        }
        append_json_string(out, items[i]);
    }
    out.push_back(']');
}

// Without the zeros that a column of so many decimals adds: 12.5000 is 12.5.
void append_decimal(std::string& out, std::string_view text) {
    if (text.find('.') != text.npos) {
        text = text.substr(0, text.find_last_not_of('0') + 1);
        text.remove_suffix(text.ends_with('.') ? 1 : 0);
    }
    out += text;
}

void append_cell(std::string& out, Written written, std::string_view text) {
    switch (written) {
        case Written::text:
            append_json_string(out, text);
            break;
        case Written::bare:
            out += text;
            break;
        case Written::money:
            values::append_money(out, text);
            break;
        case Written::decimal:
            append_decimal(out, text);
            break;
        case Written::boolean:
            out += text == "t" ? "true" : "false";
            break;
        case Written::time:
            out.push_back('"');
            append_time(out, text);
            out.push_back('"');
            break;
        case Written::list:
            append_array(out, text);
            break;
    }
}

}  // namespace

namespace {

void append_member(std::string& out, std::string_view name) {
    out.append(out.ends_with('{') ? "\"" : ",\"").append(name).append("\":");
}

void append_link(std::string& out, const Kind& kind, int link, const db::Rows& rows, int row) {
    const Link& one = kind.links[static_cast<std::size_t>(link)];
    const int id = one.column;
    append_member(out, one.json_name);
    if (rows.is_null(row, id)) {
        out += "null";
    } else {
        const int told = static_cast<int>(kind.columns.size()) + link;
        append_linked(out, one.called(), rows.text(row, id), rows.text(row, told));
    }
}

void write_row(std::string& out, const Kind& kind, const db::Rows& rows, int row, Linked linked) {
    const int links = linked == Linked::told ? static_cast<int>(kind.links.size()) : 0;
    out.push_back('{');
    for (int column = 0, link = 0; column < static_cast<int>(kind.columns.size()); ++column) {
        const bool is_null = rows.is_null(row, column);
        if (column == kind.deleted_column && is_null) {
            continue;
        }
        const Column& one = kind.columns[static_cast<std::size_t>(column)];
        const FieldType& type = field_type(one.type);
        if (is_null && !type.has_column()) {
            continue;  // lists leave them out
        }
        append_member(out, one.json_name);
        if (is_null) {
            out += "null";
        } else {
            append_cell(out, type.written, rows.text(row, column));
        }
        if (link < links && kind.links[static_cast<std::size_t>(link)].column == column) {
            append_link(out, kind, link++, rows, row);
        }
    }
    out.push_back('}');
}

}  // namespace

void write_record(std::string& out, const Kind& kind, const db::Rows& rows, int row) {
    write_row(out, kind, rows, row, Linked::told);
}

Json record_json(const Kind& kind, const db::Rows& rows, int row, Linked linked) {
    std::string text;
    write_row(text, kind, rows, row, linked);
    return Json::parse(text);
}

namespace {

std::vector<std::string> folded_items(const Json& list) {
    std::vector<std::string> items;
    for (const Json& item : list.items()) {
        items.push_back(folded(item.as_string()));
    }
    std::sort(items.begin(), items.end());
    return items;
}

bool same_json(const Json& one, const Json& other) {
    if (one.is_object() && other.is_object()) {
        const auto& members = one.members();
        return members.size() == other.members().size() &&
               std::all_of(members.begin(), members.end(), [&](const Json::Member& member) {
                   const Json* twin = other.find(member.first);
                   return twin && same_json(member.second, *twin);
               });
    }
    if (one.is_array() && other.is_array()) {
        return std::equal(one.items().begin(), one.items().end(), other.items().begin(),
                          other.items().end(), same_json);
    }
    return one == other;
}

}  // namespace

bool same_value(Sameness sameness, const Json& one, const Json& other) {
    return sameness == Sameness::as_set ? folded_items(one) == folded_items(other)
                                        : same_json(one, other);
}

bool same_value(Type type, const Json& one, const Json& other) {
    return same_value(field_type(type).sameness, one, other);
}

Json shown(Type type, const Json& canonical) {
    const auto show = field_type(type).shown;
    return show ? show(canonical) : canonical;
}

db::Param param_of(Type type, const Json& value) {
    if (value.is_null()) {
        return {};
    }
    switch (field_type(type).sent) {
        case Sent::integer:
            return db::Param(value.as_integer());
        case Sent::decimal: {
            std::string text;
            values::append_scaled(text, std::to_string(value.as_integer()),
                                  static_cast<std::size_t>(field_type(type).decimals));
            return db::Param(text);
        }
        case Sent::number:
            return value.is_integer() ? db::Param(value.as_integer())
                                      : db::Param(value.as_number());
        case Sent::boolean:
            return db::Param(value.as_bool());
        case Sent::json:
            return db::Param(value);
        case Sent::texts: {
            std::vector<std::string> items;
            for (const Json& item : value.items()) {
                items.push_back(item.as_string());
            }
            return db::Param(items);
        }
        case Sent::text:
            break;
    }
    return db::Param(value.as_string());
}

}  // namespace ponte::records
