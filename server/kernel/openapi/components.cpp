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

Components::Components(const resources::Catalogue& entities, Language language)
    : language_(language) {
    for (const EmbeddedFile& file : embedded_files()) {
        if (!file.path.starts_with("schemas/")) {
            continue;
        }
        for (const auto& [name, schema] : Json::parse(file.bytes).members()) {
            if (!written_.emplace(name, schema).second) {
                throw std::logic_error(name + " stands in two schemas.json");
            }
        }
    }
    for (const auto& kind : entities.all()) {
        kinds_[pascal(kind->entity->name)] = kind.get();
    }
    for (const auto& [name, kind] : kinds_) {
        refer(name);
    }
    for (const auto& [name, schema] : written_) {
        if (!kinds_.contains(name)) {
            made_[name] = schema;
        }
    }
}

// What schemas.json says of an entity's fields; `schema` may be its record or one of its bodies.
void Components::improve(const std::string& entity_component, Json& schema) const {
    const auto written = written_.find(entity_component);
    if (written == written_.end()) {
        return;
    }
    const bool is_record = schema["properties"].find("id") != nullptr;
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

Json Components::refer(const std::string& name) {
    if (made_.contains(name)) {
        return reference(name);
    }
    if (const auto kind = kinds_.find(name); kind != kinds_.end()) {
        Json schema = record_schema(*kind->second, language_);
        improve(name, schema);
        made_[name] = std::move(schema);
    } else if (name.ends_with("Page")) {
        refer(without_ending(name, "Page"));
        made_[name] = page_schema(without_ending(name, "Page"));
    } else if (name.ends_with("List")) {
        refer(without_ending(name, "List"));
        made_[name] = list_schema(without_ending(name, "List"));
    }
    return reference(name);
}

Json Components::refer_body(const std::string& name, const std::string& otherwise, Json schema) {
    if (is_written(name)) {
        return reference(name);
    }
    for (const std::string_view ending : {"Input", "Patch", "Replacement"}) {
        if (name.ends_with(ending)) {
            improve(without_ending(name, ending), schema);
        }
    }
    const auto [existing, is_new] = made_.emplace(name, schema);
    if (is_new || existing->second == schema) {
        return reference(name);
    }
    made_.emplace(otherwise, std::move(schema));
    return reference(otherwise);
}

Json Components::all() const {
    Json out = Json::object();
    for (const auto& [name, schema] : made_) {
        out.set(name, schema);
    }
    return out;
}

}  // namespace ponte::openapi
