// Fields as JSON schemas, and the components of a document.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "kernel/openapi/openapi.hpp"

namespace ponte::openapi {

// A value as it is read, as it is given for a new record, as it is given for a change.
enum class Side { shown, created, changed };

struct Speaker {
    std::string_view entity;  // whose words name the fields; may be empty
    Language language = Language::en;
};

Json field_schema(const Field& field, Side side, const Speaker& speaker);
// A record as it is answered.
Json record_schema(const records::Kind& kind, Language language);
// What a new record or a change of one takes.
Json input_schema(const records::Kind& kind, Side side, Language language);
// The body of a route of its own.
Json body_schema(std::span<const Field> fields, Side side, const Speaker& speaker);

Json reference(std::string_view component);

// The components of one document: made from declarations when asked for, or read from the
// schemas.json files. There, a component with the name of an entity tells better what the
// declaration alone cannot say.
class Components {
public:
    Components(const records::Catalogue& entities, Language language);
    // A reference to the component, which exists from now on if anything can be known about it.
    Json refer(const std::string& name);
    // The same for a body; `otherwise` is its name when another body has taken `name` already.
    Json refer_body(const std::string& name, const std::string& otherwise, Json schema);
    bool is_written(const std::string& name) const { return written_.contains(name); }
    Json all() const;  // by name

private:
    const records::Kind* piece_of_body(const std::string& name) const;
    void improve(const std::string& entity_component, Json& schema) const;
    void keep(const std::string& name, Json schema);
    void follow(const Json& schema);

    Language language_;
    std::map<std::string, Json> made_, written_;
    std::map<std::string, const records::Kind*> kinds_;  // by component name
};

}  // namespace ponte::openapi
