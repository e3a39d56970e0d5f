#include "kernel/json.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace ponte {
namespace {

const Json null_value;
const std::string empty_text;
const Json::Array no_items;
const Json::Object no_members;

void append_number(std::string& out, double value) {
    if (!std::isfinite(value)) {  // JSON has no word for it
        out += "null";
        return;
    }
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof(digits), value).ptr;
    const std::string_view text(digits, static_cast<std::size_t>(end - digits));
    out += text;
    if (text.find_first_of(".e") == text.npos) {
        out += ".0";  // so that it is read again as what it is
    }
}

void append_escape(std::string& out, char c) {
    constexpr char digits[] = "0123456789abcdef";
    switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            out += "\\u00";
            out += digits[(c >> 4) & 15];
            out += digits[c & 15];
    }
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c < 0x20 || c == '"' || c == '\\') {
            out.append(text, start, i - start);
            append_escape(out, text[i]);
            start = i + 1;
        }
    }
    out.append(text, start);
    out += '"';
}

Json::Json(const Id& value) : value_(value.text()) {}

bool Json::as_bool(bool fallback) const {
    const auto* value = std::get_if<bool>(&value_);
    return value ? *value : fallback;
}

std::int64_t Json::as_integer(std::int64_t fallback) const {
    if (const auto* value = std::get_if<std::int64_t>(&value_)) {
        return *value;
    }
    const auto* number = std::get_if<double>(&value_);
    constexpr double most = 9.2e18;
    const bool is_whole = number && std::trunc(*number) == *number && std::abs(*number) < most;
    return is_whole ? static_cast<std::int64_t>(*number) : fallback;
}

double Json::as_number(double fallback) const {
    if (const auto* value = std::get_if<std::int64_t>(&value_)) {
        return static_cast<double>(*value);
    }
    const auto* number = std::get_if<double>(&value_);
    return number ? *number : fallback;
}

const std::string& Json::as_string() const {
    const auto* text = std::get_if<std::string>(&value_);
    return text ? *text : empty_text;
}

const Json::Array& Json::items() const {
    const auto* items = std::get_if<Array>(&value_);
    return items ? *items : no_items;
}

const Json::Object& Json::members() const {
    const auto* members = std::get_if<Object>(&value_);
    return members ? *members : no_members;
}

Json::Array& Json::items() {
    if (!is_array()) {
        value_ = Array();
    }
    return std::get<Array>(value_);
}

Json::Object& Json::members() {
    if (!is_object()) {
        value_ = Object();
    }
    return std::get<Object>(value_);
}

const Json* Json::find(std::string_view key) const {
    for (const auto& [name, value] : members()) {
        if (name == key) {
            return &value;
        }
    }
    return nullptr;
}

const Json& Json::operator[](std::string_view key) const {
    const Json* found = find(key);
    return found ? *found : null_value;
}

Json& Json::set(std::string_view key, Json value) {
    Object& object = members();
    for (auto& [name, old] : object) {
        if (name == key) {
            old = std::move(value);
            return *this;
        }
    }
    object.emplace_back(std::string(key), std::move(value));
    return *this;
}

void Json::erase(std::string_view key) {
    if (is_object()) {
        std::erase_if(members(), [&](const Member& member) { return member.first == key; });
    }
}

void Json::push(Json value) { items().push_back(std::move(value)); }

std::string Json::dump() const {
    std::string out;
    dump_to(out);
    return out;
}

void Json::dump_to(std::string& out) const {
    if (const auto* text = std::get_if<std::string>(&value_)) {
        append_json_string(out, *text);
    } else if (const auto* integer = std::get_if<std::int64_t>(&value_)) {
        char digits[24];
        out.append(digits, std::to_chars(digits, digits + sizeof(digits), *integer).ptr);
    } else if (const auto* number = std::get_if<double>(&value_)) {
        append_number(out, *number);
    } else if (const auto* flag = std::get_if<bool>(&value_)) {
        out += *flag ? "true" : "false";
    } else if (const auto* array = std::get_if<Array>(&value_)) {
        char separator = '[';
        for (const Json& item : *array) {
            out += separator;
            item.dump_to(out);
            separator = ',';
        }
        out += array->empty() ? "[]" : "]";
    } else if (const auto* object = std::get_if<Object>(&value_)) {
        char separator = '{';
        for (const auto& [name, value] : *object) {
            out += separator;
            append_json_string(out, name);
            out += ':';
            value.dump_to(out);
            separator = ',';
        }
        out += object->empty() ? "{}" : "}";
    } else {
        out += "null";
    }
}

}  // namespace ponte
