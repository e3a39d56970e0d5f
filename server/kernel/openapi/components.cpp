// The components of a document: records and bodies from declarations, the rest from schemas.json.
#include <stdexcept>

#include "kernel/embedded.hpp"
#include "kernel/openapi/naming.hpp"
#include "kernel/openapi/schemas.hpp"

namespace ponte::openapi {
namespace {

Json rows_of(const std::string& thing) {
    return Json::object({{"type", "array"}, {"items", reference(thing)}});
}

Json list_schema(const std::string& thing) {
    return Json::object({{"type", "object"},
                         {"properties", Json::object({{"data", rows_of(thing)}})},
                         {"required", Json::array({"data"})}});
}

Json page_schema(const std::string& thing) {
    return Json::object({{"type", "object"},
                         {"properties", Json::object({{"data", rows_of(thing)},
                                                      {"pagination", reference("Pagination")}})},
                         {"required", Json::array({"data", "pagination"})}});
}

std::string without_ending(const std::string& name, std::string_view ending) {
    return name.substr(0, name.size() - ending.size());
}

}  // namespace

Components::Components(const records::Catalogue& entities, Language language)
    : language_(language) {
    for (const EmbeddedFile& file : embedded_files()) {
        if (!file.path.starts_with("schemas/")) {
            continue;
        }
        const Json schemas = Json::parse(file.bytes);
        for (const auto& [name, schema] : schemas.members()) {
            if (!written_.emplace(name, schema).second) {
                throw std::logic_error(name + " stands in two schemas.json");
            }
        }
    }
    for (const auto* kinds : {&entities.all(), &entities.pieces()}) {
        for (const auto& kind : *kinds) {
            kinds_[pascal_case(kind->entity->name)] = kind.get();
        }
    }
    for (const auto& [name, kind] : kinds_) {
        refer(name);
    }
}

// What schemas.json says of an entity's fields; `schema` may be its record or one of its bodies.
// With a "type" it is the whole record, for entities whose routes answer in their own way.
void Components::improve(const std::string& entity_component, Json& schema) const {
    const auto written = written_.find(entity_component);
    if (written == written_.end()) {
        return;
    }
    const bool is_record = schema["properties"].find("id") != nullptr;
    if (is_record && written->second.find("type")) {
        schema = written->second;
        return;
    }
    Json properties = schema["properties"], required = schema["required"];
    for (const auto& [name, better] : written->second["properties"].members()) {
        if (is_record && !properties.find(name)) {
            required.push(name);
        }
        if (is_record || properties.find(name)) {
            properties.set(name, better);
        }
    }
    schema.set("properties", std::move(properties));
    if (!required.items().empty()) {
        schema.set("required", std::move(required));
    }
}

// What a schema points to is part of the document as well.
void Components::follow(const Json& schema) {
    for (const Json& item : schema.items()) {
        follow(item);
    }
    for (const auto& [name, value] : schema.members()) {
        if (name == "$ref" && value.is_string()) {
            refer(value.as_string().substr(value.as_string().rfind('/') + 1));
        } else {
            follow(value);
        }
    }
}

void Components::keep(const std::string& name, Json schema) {
    const Json& kept = made_.insert_or_assign(name, std::move(schema)).first->second;
    follow(kept);
}

// "ProposalItemInput": what a part takes, in its whole and at its own address.
const records::Kind* Components::piece_of_body(const std::string& name) const {
    for (const std::string_view ending : {"Input", "Patch"}) {
        const auto kind =
            name.ends_with(ending) ? kinds_.find(without_ending(name, ending)) : kinds_.end();
        if (kind != kinds_.end() && kind->second->entity->lives_inside) {
            return kind->second;
        }
    }
    return nullptr;
}

Json Components::refer(const std::string& name) {
    if (made_.contains(name)) {
        return reference(name);
    }
    if (const records::Kind* piece = piece_of_body(name)) {
        const Side side = name.ends_with("Patch") ? Side::changed : Side::created;
        keep(name, body_schema(piece->own_fields, side, {piece->entity->name, language_}));
    } else if (const auto kind = kinds_.find(name); kind != kinds_.end()) {
        Json schema = record_schema(*kind->second, language_);
        improve(name, schema);
        keep(name, std::move(schema));
    } else if (const auto written = written_.find(name); written != written_.end()) {
        keep(name, written->second);
    } else if (name.ends_with("Page")) {
        keep(name, page_schema(without_ending(name, "Page")));
    } else if (name.ends_with("List")) {
        keep(name, list_schema(without_ending(name, "List")));
    }
    return reference(name);
}

Json Components::refer_body(const std::string& name, const std::string& otherwise, Json schema) {
    if (is_written(name)) {
        return refer(name);
    }
    if (piece_of_body(name)) {
        return refer(name);
    }
    for (const std::string_view ending : {"Input", "Patch", "Replacement"}) {
        if (name.ends_with(ending)) {
            improve(without_ending(name, ending), schema);
        }
    }
    const auto existing = made_.find(name);
    const bool is_taken = existing != made_.end() && existing->second != schema;
    const std::string& chosen = is_taken ? otherwise : name;
    keep(chosen, std::move(schema));
    return reference(chosen);
}

Json Components::all() const {
    Json out = Json::object();
    for (const auto& [name, schema] : made_) {
        out.set(name, schema);
    }
    return out;
}

}  // namespace ponte::openapi
