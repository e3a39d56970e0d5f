// A small JSON value for inputs and for what is not on a hot path. Lists and records are written
// straight into the response by the resources code; nothing there builds a tree.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "kernel/id.hpp"

namespace ponte {

class Json {
public:
    using Array = std::vector<Json>;
    using Member = std::pair<std::string, Json>;
    using Object = std::vector<Member>;  // keeps the order in which members were written

    Json() = default;
    Json(std::nullptr_t) {}
    Json(bool value) : value_(value) {}
    Json(int value) : value_(static_cast<std::int64_t>(value)) {}
    Json(unsigned value) : value_(static_cast<std::int64_t>(value)) {}
    Json(std::int64_t value) : value_(value) {}
    Json(std::uint64_t value) : value_(static_cast<std::int64_t>(value)) {}
    Json(long long value) : value_(static_cast<std::int64_t>(value)) {}
    Json(double value) : value_(value) {}
    Json(const char* value) : value_(std::string(value)) {}
    Json(std::string_view value) : value_(std::string(value)) {}
    Json(std::string value) : value_(std::move(value)) {}
    Json(const Id& value);
    Json(Array value) : value_(std::move(value)) {}
    Json(Object value) : value_(std::move(value)) {}
    static Json object(std::initializer_list<Member> members = {}) { return Json(Object(members)); }
    static Json array(std::initializer_list<Json> items = {}) { return Json(Array(items)); }

    bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
    bool is_bool() const { return std::holds_alternative<bool>(value_); }
    bool is_integer() const { return std::holds_alternative<std::int64_t>(value_); }
    bool is_number() const { return is_integer() || std::holds_alternative<double>(value_); }
    bool is_string() const { return std::holds_alternative<std::string>(value_); }
    bool is_array() const { return std::holds_alternative<Array>(value_); }
    bool is_object() const { return std::holds_alternative<Object>(value_); }

    // Readers that fall back instead of throwing: what came from outside is checked by `is_…`.
    bool as_bool(bool fallback = false) const;
    std::int64_t as_integer(std::int64_t fallback = 0) const;
    double as_number(double fallback = 0) const;
    const std::string& as_string() const;  // empty string when it is none
    const Array& items() const;            // empty when it is none
    const Object& members() const;         // empty when it is none
    Array& items();
    Object& members();

    const Json* find(std::string_view key) const;        // null when absent
    const Json& operator[](std::string_view key) const;  // a null Json when absent
    Json& set(std::string_view key, Json value);         // adds or replaces; makes it an object
    void erase(std::string_view key);
    void push(Json value);

    std::string dump() const;
    void dump_to(std::string& out) const;
    // Throws Error bad_request "json" with the offset; depth and size are bounded. A value of two
    // bytes takes forty here: what strangers send says how many there may be (413).
    static Json parse(std::string_view text, std::size_t most_values = SIZE_MAX);
    friend bool operator==(const Json&, const Json&) = default;

private:
    std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> value_;
};

// Of a request's body: ten thousand ids, and what stands beside them.
constexpr std::size_t most_values_in_a_body = 50'000;

// Appends `text` as a JSON string, quotes included.
void append_json_string(std::string& out, std::string_view text);

}  // namespace ponte
