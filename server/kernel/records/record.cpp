#include "kernel/records/record.hpp"

#include <algorithm>
#include <cmath>

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

void append_money(std::string& out, std::string_view cents) {
    const bool is_negative = cents.starts_with('-');
    std::string digits(cents.substr(is_negative ? 1 : 0));
    while (digits.size() < 3) {
        digits.insert(0, "0");
    }
    if (is_negative) {
        out.push_back('-');
    }
    out.append(digits, 0, digits.size() - 2);
    const std::string_view rest = std::string_view(digits).substr(digits.size() - 2);
    if (rest != "00") {
        out.push_back('.');
        out.append(rest.ends_with('0') ? rest.substr(0, 1) : rest);
    }
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

void append_cell(std::string& out, Type type, std::string_view text) {
    switch (type) {
        case Type::integer:
        case Type::number:
        case Type::json:
        case Type::tags:
        case Type::parts:
            out += text;
            break;
        case Type::money:
            append_money(out, text);
            break;
        case Type::boolean:
            out += text == "t" ? "true" : "false";
            break;
        case Type::datetime:
            out.push_back('"');
            append_time(out, text);
            out.push_back('"');
            break;
        case Type::choices:
            append_array(out, text);
            break;
        default:
            append_json_string(out, text);
    }
}

}  // namespace

namespace {

void append_member(std::string& out, std::string_view name) {
    out.append(out.ends_with('{') ? "\"" : ",\"").append(name).append("\":");
}

void append_link(std::string& out, const Kind& kind, int link, const db::Rows& rows, int row) {
    const int id = kind.links[static_cast<std::size_t>(link)].column;
    append_member(out, kind.links[static_cast<std::size_t>(link)].json_name);
    if (rows.is_null(row, id)) {
        out += "null";
    } else {
        const int told = static_cast<int>(kind.columns.size()) + link;
        append_linked(out, rows.text(row, id), rows.text(row, told));
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
        if (one.type == Type::parts && is_null) {
            continue;  // lists leave them out
        }
        append_member(out, one.json_name);
        if (is_null) {
            out += "null";
        } else {
            append_cell(out, one.type, rows.text(row, column));
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

bool same_value(Type type, const Json& one, const Json& other) {
    const bool is_set = type == Type::tags || type == Type::choices;
    return is_set ? folded_items(one) == folded_items(other) : same_json(one, other);
}

Json shown(Type type, const Json& canonical) {
    constexpr double exact = 9e15;  // whole numbers up to here have no gaps
    const bool is_fraction = canonical.is_number() && !canonical.is_integer();
    if (type == Type::number && is_fraction && std::abs(canonical.as_number()) < exact) {
        // A number reads back as it is written: 5.0 is 5.
        const auto whole = static_cast<std::int64_t>(canonical.as_number());
        return static_cast<double>(whole) == canonical.as_number() ? Json(whole) : canonical;
    }
    if (type != Type::money || canonical.is_null()) {
        return canonical;
    }
    std::string text;
    append_money(text, std::to_string(canonical.as_integer()));
    return Json::parse(text);
}

db::Param param_of(Type type, const Json& value) {
    if (value.is_null()) {
        return {};
    }
    switch (type) {
        case Type::integer:
        case Type::money:
            return db::Param(value.as_integer());
        case Type::number:
            return value.is_integer() ? db::Param(value.as_integer())
                                      : db::Param(value.as_number());
        case Type::boolean:
            return db::Param(value.as_bool());
        case Type::json:
            return db::Param(value);
        case Type::choices:
        case Type::tags: {
            std::vector<std::string> items;
            for (const Json& item : value.items()) {
                items.push_back(item.as_string());
            }
            return db::Param(items);
        }
        default:
            return db::Param(value.as_string());
    }
}

}  // namespace ponte::records
