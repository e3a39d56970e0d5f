// Which column of a file fills which field of an entity: what can be filled, what a header probably
// means, and whether a mapping that somebody sends makes sense.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/resources/catalogue.hpp"

namespace ponte::imports {

// Something that a column can fill.
struct Target {
    std::string name;  // "email", "customFields.plano", "id": as the API names it
    Type type = Type::text;
    const Field* field = nullptr;                    // of the declaration
    const resources::CustomField* custom = nullptr;  // of the tenant; borrowed from its facts
    bool is_id() const { return !field && !custom; }
};
std::vector<Target> targets_of(const resources::Kind& kind, const resources::TenantFacts& facts);

// One column that is read.
struct MappedColumn {
    std::size_t index = 0;
    std::string header, target;
};
using Mapping = std::vector<MappedColumn>;
Json mapping_json(const Mapping& mapping);  // as stored
Mapping mapping_from(const Json& stored);
Json mapping_shown(const Mapping& mapping);  // as the API shows it: {"Nome": "name"}

using Cells = std::vector<std::string>;
using Suggestions = std::vector<std::optional<std::string>>;  // one a column

// By the header's words in both languages; columns whose header says nothing, by what is in them.
Suggestions suggest(const resources::Kind& kind, const std::vector<Target>& targets,
                    const Cells& headers, const std::vector<Cells>& samples);
// Is one of these cells the name of a field?
bool names_fields(const resources::Kind& kind, const std::vector<Target>& targets,
                  const Cells& cells);
bool looks_like_header(const resources::Kind& kind, const std::vector<Target>& targets,
                       const Cells& first);

// The mapping that was sent, {"<header or index>": "<target>" | null}; the suggestions where none
// was. Adds a problem for unknown columns and targets, and targets filled twice.
Mapping read_mapping(const Json& sent, const std::vector<Target>& targets, const Cells& headers,
                     const Suggestions& suggestions, std::vector<FieldProblem>& problems);
// Required fields that no column fills.
void require_targets(const resources::Kind& kind, const Mapping& mapping, std::string_view mode,
                     std::vector<FieldProblem>& problems);

}  // namespace ponte::imports
