#include "kernel/openapi/naming.hpp"

namespace ponte::openapi {
namespace {

std::vector<std::string> segments_of(std::string_view pattern) {
    std::vector<std::string> segments;
    while (!pattern.empty()) {
        pattern.remove_prefix(1);  // the slash
        const auto slash = pattern.find('/');
        segments.emplace_back(pattern.substr(0, slash));
        pattern = slash == std::string_view::npos ? std::string_view{} : pattern.substr(slash);
    }
    return segments;
}

bool is_parameter(std::string_view segment) { return segment.starts_with('{'); }

std::string singular(std::string_view plural) {
    return std::string(plural.ends_with('s') ? plural.substr(0, plural.size() - 1) : plural);
}

std::string lower_first(std::string name) {
    if (!name.empty() && name[0] >= 'A' && name[0] <= 'Z') {
        name[0] = static_cast<char>(name[0] + 32);
    }
    return name;
}

std::string verb_of(const Route& route) {
    if (route.method == "GET") {
        return "get";
    }
    if (route.method == "POST") {
        return "create";
    }
    if (route.method == "PUT") {
        return "replace";
    }
    return route.method == "PATCH" ? "update" : "delete";
}

std::string made_name(const Shape& shape, const Route& route) {
    const std::string verb = verb_of(route);
    const std::string rest = pascal_case(shape.rest);
    if (route.piece) {
        const bool is_list = gives_many(route);
        return is_list ? "list" + shape.thing + rest : verb + pascal_case(route.piece->name);
    }
    if (!shape.is_plain) {
        std::string all;
        for (const std::string& segment : segments_of(route.pattern)) {
            all += is_parameter(segment) ? "" : pascal_case(segment);
        }
        return verb + all;
    }
    if (shape.rest.empty()) {
        const bool is_list = verb == "get" && gives_many(route) && !shape.is_of_record;
        return is_list ? "list" + shape.collection : verb + shape.thing;
    }
    if (verb == "create") {  // an action: undo an import, change many contacts
        return lower_first(rest) + (shape.is_of_record ? shape.thing : shape.collection);
    }
    const bool is_list = verb == "get" && gives_many(route) && shape.rest.ends_with('s');
    return (is_list ? "list" : verb) + shape.thing + rest;
}

// Verbs that a body's name can do without: NoteInput, not CreateNoteInput.
std::string_view without_verb(std::string_view operation) {
    for (const std::string_view verb : {"create", "replace", "update", "change"}) {
        if (operation.starts_with(verb) && operation.size() > verb.size()) {
            return operation.substr(verb.size());
        }
    }
    return operation;
}

std::string_view generic_word(const Shape& shape, const Route& route) {
    if (route.piece && route.method == "DELETE") {
        return "route.generic.remove";
    }
    if (shape.rest.empty() || route.piece) {
        const bool is_list = route.method == "GET" && (!shape.is_of_record || route.piece);
        return is_list                    ? "route.generic.list"
               : route.method == "GET"    ? "route.generic.get"
               : route.method == "POST"   ? "route.generic.create"
               : route.method == "PUT"    ? "route.generic.replace"
               : route.method == "PATCH"  ? "route.generic.update"
               : route.method == "DELETE" ? "route.generic.delete"
                                          : "";
    }
    if (shape.rest == "restore") {
        return "route.generic.restore";
    }
    if (shape.rest == "history") {
        return "route.generic.history";
    }
    if (shape.rest == "counts") {
        return "route.generic.counts";
    }
    if (shape.rest == "timeline") {
        return "route.generic.timeline";
    }
    return shape.rest == "bulk" ? "route.generic.bulk" : "";
}

}  // namespace

bool gives_many(const Route& route) {
    return route.answers.ends_with("Page") || route.answers.ends_with("List");
}

Shape shape_of(const Declared& declared, const Route& route) {
    const auto segments = segments_of(route.pattern);
    Shape shape;
    if (segments.empty()) {
        return shape;
    }
    shape.kind = declared.entities.by_route(segments[0]);
    shape.collection = pascal_case(segments[0]);
    shape.thing = shape.kind ? pascal_case(shape.kind->entity->name) : singular(shape.collection);
    shape.is_of_record = segments.size() > 1 && is_parameter(segments[1]);
    const std::size_t fixed = shape.is_of_record ? 2 : 1;
    if (segments.size() > fixed) {
        shape.rest = segments[fixed];
    }
    shape.is_plain = segments.size() <= fixed + 1 && !is_parameter(shape.rest);
    return shape;
}

std::string operation_name(const Declared& declared, const Route& route) {
    return route.name.empty() ? made_name(shape_of(declared, route), route) : route.name;
}

std::string body_name(const Declared& declared, const Route& route) {
    const Shape shape = shape_of(declared, route);
    if (shape.kind && shape.rest == "bulk") {
        return "BulkInput";
    }
    const std::string operation = operation_name(declared, route);
    if (route.body_rule.multipart_to_disk) {
        return pascal_case(operation) + "Form";
    }
    return pascal_case(without_verb(operation)) + (route.method == "PATCH" ? "Patch" : "Input");
}

std::string summary(const Declared& declared, const Route& route, Language language) {
    const Words& words = Words::all();
    const std::string operation = operation_name(declared, route);
    const std::string own = "route." + operation;
    if (words.has(own)) {
        return std::string(words.text(language, own));
    }
    const Shape shape = shape_of(declared, route);
    const std::string_view key = generic_word(shape, route);
    if (shape.kind && (shape.is_plain || route.piece) && !key.empty()) {
        const std::string name(route.piece ? route.piece->name : shape.kind->entity->name);
        const std::string thing(words.text(language, name));
        const std::string things(words.text(language, name + ".plural"));
        return words.format(
            language, key,
            Json::object({{"thing", lower_first(thing)}, {"things", lower_first(things)}}));
    }
    return std::string(words.text(language, own));
}

std::string_view field_word(std::string_view entity, std::string_view field, Language language) {
    const Words& words = Words::all();
    if (!entity.empty()) {
        const std::string own = std::string(entity) + "." + std::string(field);
        if (words.has(own)) {
            return words.find(language, own);
        }
    }
    return words.find(language, "field." + std::string(field));
}

}  // namespace ponte::openapi
