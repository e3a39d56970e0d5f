#include "tests/json_schema.hpp"

#include <algorithm>

namespace ponte::testing {
namespace {

bool is_of(const std::string& type, const Json& value) {
    return (type == "object" && value.is_object()) || (type == "array" && value.is_array()) ||
           (type == "string" && value.is_string()) || (type == "boolean" && value.is_bool()) ||
           (type == "integer" && value.is_integer()) || (type == "number" && value.is_number()) ||
           (type == "null" && value.is_null());
}

bool is_of_one(const Json& types, const Json& value) {
    if (types.is_string()) {
        return is_of(types.as_string(), value);
    }
    return types.is_null() || std::ranges::any_of(types.items(), [&](const Json& type) {
               return is_of(type.as_string(), value);
           });
}

void collect_broken(const JsonSchema& schema, const Json& value, std::string& out) {
    const Json* reference = value.find("$ref");
    if (reference && reference->is_string() && schema.resolved(value).is_null()) {
        out += reference->as_string() + "\n";
    }
    for (const auto& [name, member] : value.members()) {
        collect_broken(schema, member, out);
    }
    for (const Json& item : value.items()) {
        collect_broken(schema, item, out);
    }
}

}  // namespace

const Json& JsonSchema::resolved(const Json& schema) const {
    static const Json nothing;
    const std::string& reference = schema["$ref"].as_string();
    if (reference.empty()) {
        return schema;
    }
    if (!reference.starts_with("#/")) {
        return nothing;
    }
    const Json* found = &document_;
    for (std::size_t start = 2; start < reference.size();) {
        const std::size_t end = std::min(reference.find('/', start), reference.size());
        found = &(*found)[reference.substr(start, end - start)];
        start = end + 1;
    }
    return resolved(*found);
}

std::string JsonSchema::fault(const Json& schema, const Json& value) const {
    return fault_at("$", schema, value);
}

std::string JsonSchema::broken_references() const {
    std::string out;
    collect_broken(*this, document_, out);
    return out;
}

std::string JsonSchema::fault_of_members(const std::string& place, const Json& schema,
                                         const Json& value) const {
    for (const Json& name : schema["required"].items()) {
        if (!value.find(name.as_string())) {
            return place + " lacks " + name.as_string();
        }
    }
    const Json* others = schema.find("additionalProperties");
    for (const auto& [name, member] : value.members()) {
        const Json* declared = schema["properties"].find(name);
        if (!declared && others && others->is_bool() && !others->as_bool()) {
            return place + " has an undeclared " + name;
        }
        if (!declared && !others && schema.find("properties")) {
            return place + " has an undeclared " + name;
        }
        const Json* wanted = declared ? declared : others;
        if (wanted && wanted->is_object()) {
            const std::string fault = fault_at(place + "." + name, *wanted, member);
            if (!fault.empty()) {
                return fault;
            }
        }
    }
    return {};
}

std::string JsonSchema::fault_at(const std::string& place, const Json& given,
                                 const Json& value) const {
    const Json& schema = resolved(given);
    for (const char* word : {"oneOf", "anyOf"}) {
        if (const Json* choices = schema.find(word)) {
            std::string first;
            for (const Json& choice : choices->items()) {
                const std::string fault = fault_at(place, choice, value);
                if (fault.empty()) {
                    return {};
                }
                first = first.empty() ? fault : first;
            }
            return first;
        }
    }
    for (const Json& part : schema["allOf"].items()) {
        const std::string fault = fault_at(place, part, value);
        if (!fault.empty()) {
            return fault;
        }
    }
    if (!is_of_one(schema["type"], value)) {
        return place + " is no " + schema["type"].dump() + " but " + value.dump().substr(0, 60);
    }
    const Json& allowed = schema["enum"];
    if (allowed.is_array() && std::ranges::find(allowed.items(), value) == allowed.items().end()) {
        return place + " is none of " + allowed.dump() + " but " + value.dump();
    }
    if (value.is_object()) {
        return fault_of_members(place, schema, value);
    }
    if (value.is_array() && schema.find("items")) {
        for (const Json& item : value.items()) {
            const std::string fault = fault_at(place + "[]", schema["items"], item);
            if (!fault.empty()) {
                return fault;
            }
        }
    }
    return {};
}

}  // namespace ponte::testing
