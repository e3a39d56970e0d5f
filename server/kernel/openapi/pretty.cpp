// Reading a document as a whole: how it is printed, and what it points to.
#include <algorithm>
#include <set>

#include "kernel/openapi/openapi.hpp"

namespace ponte::openapi {
namespace {

constexpr std::size_t longest_line = 80;

bool is_plain(const Json& json) { return !json.is_array() && !json.is_object(); }

// ["string", "null"]; empty when it is too long or holds more than plain values.
std::string on_one_line(const Json& list) {
    std::string out = "[";
    for (const Json& item : list.items()) {
        if (!is_plain(item)) {
            return {};
        }
        out += (out.size() > 1 ? ", " : "") + item.dump();
    }
    return out.size() < longest_line ? out + "]" : std::string{};
}

void print(std::string& out, const Json& json, const std::string& indent);

void print_list(std::string& out, const Json& json, const std::string& indent) {
    const std::string line = on_one_line(json);
    if (!line.empty()) {
        out += line;
        return;
    }
    const std::string inner = indent + "  ";
    bool is_first = true;
    for (const Json& item : json.items()) {
        out += (is_first ? "[\n" : ",\n") + inner;
        is_first = false;
        print(out, item, inner);
    }
    out += "\n" + indent + "]";
}

void print_object(std::string& out, const Json& json, const std::string& indent) {
    if (json.members().empty()) {
        out += "{}";
        return;
    }
    const std::string inner = indent + "  ";
    bool is_first = true;
    for (const auto& [name, value] : json.members()) {
        out += (is_first ? "{\n" : ",\n") + inner;
        is_first = false;
        append_json_string(out, name);
        out += ": ";
        print(out, value, inner);
    }
    out += "\n" + indent + "}";
}

void print(std::string& out, const Json& json, const std::string& indent) {
    if (json.is_array()) {
        print_list(out, json, indent);
    } else if (json.is_object()) {
        print_object(out, json, indent);
    } else {
        json.dump_to(out);
    }
}

const Json* target_of(const Json& document, std::string_view pointer) {
    const Json* here = &document;
    if (!pointer.starts_with("#/")) {
        return nullptr;
    }
    pointer.remove_prefix(2);
    while (here && !pointer.empty()) {
        const auto slash = pointer.find('/');
        here = here->find(pointer.substr(0, slash));
        pointer = slash == std::string_view::npos ? std::string_view{} : pointer.substr(slash + 1);
    }
    return here;
}

void collect_references(const Json& json, std::set<std::string>& found) {
    for (const Json& item : json.items()) {
        collect_references(item, found);
    }
    for (const auto& [name, value] : json.members()) {
        if (name == "$ref" && value.is_string()) {
            found.insert(value.as_string());
        } else {
            collect_references(value, found);
        }
    }
}

}  // namespace

std::string pretty(const Json& json) {
    std::string out;
    print(out, json, "");
    return out;
}

std::vector<std::string> dangling_references(const Json& document) {
    std::set<std::string> found;
    collect_references(document, found);
    std::vector<std::string> dangling;
    for (const std::string& pointer : found) {
        if (!target_of(document, pointer)) {
            dangling.push_back(pointer);
        }
    }
    return dangling;
}

}  // namespace ponte::openapi
