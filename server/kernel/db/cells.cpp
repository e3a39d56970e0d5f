// Values to and from PostgreSQL's text format.
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "kernel/db.hpp"
#include "kernel/error.hpp"
#include "kernel/json.hpp"

namespace ponte::db {
namespace {

void append_element(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
        }
        out += c;
    }
    out += '"';
}

template <class Items, class ToText>
std::string array_literal(const Items& items, ToText to_text) {
    std::string out = "{";
    for (const auto& item : items) {
        if (out.size() > 1) {
            out += ',';
        }
        append_element(out, to_text(item));
    }
    return out += '}';
}

[[noreturn]] void throw_unreadable(std::string_view type) {
    Error error(500, "database.unreadable");
    error.params.set("type", type);
    throw error;
}

// `{a,"b \" c",NULL}` of one dimension, as the server writes it. An element that is null is left
// out: a list of texts has no place for it.
template <class Add>
void read_array(std::string_view text, Add add) {
    if (text.size() < 2 || text.front() != '{' || text.back() != '}') {
        throw_unreadable("array");
    }
    text = text.substr(1, text.size() - 2);
    std::size_t at = 0;
    while (at < text.size()) {
        std::string element;
        const bool is_quoted = text[at] == '"';
        if (is_quoted) {
            for (++at; at < text.size() && text[at] != '"'; ++at) {
                if (text[at] == '\\' && at + 1 < text.size()) {
                    ++at;
                }
                element += text[at];
            }
            if (at >= text.size()) {
                throw_unreadable("array");
            }
            ++at;
        } else {
            for (; at < text.size() && text[at] != ','; ++at) {
                element += text[at];
            }
        }
        if (is_quoted || element != "NULL") {
            add(std::move(element));
        }
        if (at < text.size() && text[at++] != ',') {
            throw_unreadable("array");
        }
    }
}

template <class Number>
void read_number(std::string_view text, Number& out) {
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (problem != std::errc{} || end != text.data() + text.size()) {
        throw_unreadable("number");
    }
}

}  // namespace

Param::Param(const Json& value) : text(value.dump()) {}

Param::Param(const std::vector<std::string>& values)
    : text(array_literal(values,
                         [](const std::string& value) { return std::string_view(value); })) {}

Param::Param(const std::vector<Id>& values)
    : text(array_literal(values, [](const Id& value) { return value.text(); })) {}

Param::Param(double value) {
    if (!std::isfinite(value)) {
        text = std::isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        return;
    }
    char buffer[32];
    const auto [end, problem] = std::to_chars(buffer, buffer + sizeof buffer, value);
    text.emplace(buffer, end);
}

void read_cell(std::string_view text, std::string& out) { out = text; }
void read_cell(std::string_view text, std::int64_t& out) { read_number(text, out); }
void read_cell(std::string_view text, int& out) { read_number(text, out); }
void read_cell(std::string_view text, bool& out) { out = text == "t"; }
void read_cell(std::string_view text, double& out) { read_number(text, out); }

void read_cell(std::string_view text, Id& out) {
    const auto id = Id::parse(text);
    if (!id) {
        throw_unreadable("uuid");
    }
    out = *id;
}

void read_cell(std::string_view text, Json& out) { out = Json::parse(text); }

void read_cell(std::string_view text, std::vector<std::string>& out) {
    out.clear();
    read_array(text, [&](std::string element) { out.push_back(std::move(element)); });
}

void read_cell(std::string_view text, std::vector<Id>& out) {
    out.clear();
    read_array(text, [&](std::string element) { read_cell(element, out.emplace_back()); });
}

void throw_no_record() { throw not_found("record"); }

}  // namespace ponte::db
