// Which column of a file fills which field of an entity: what can be filled, what a header probably
// means, and whether a mapping that somebody sends makes sense.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/entities/catalogue.hpp"
#include "kernel/words.hpp"

namespace ponte::imports {

// Something that a column can fill.
struct Target {
    std::string name;  // "email", "customFields.plano", "id": as the API names it
    Type type = Type::text;
    const Field* field = nullptr;                  // of the declaration
    const records::CustomField* custom = nullptr;  // of the tenant; borrowed from its facts
    bool is_id() const { return !field && !custom; }
};
std::vector<Target> targets_of(const records::Kind& kind, const records::TenantFacts& facts);

// One column that is read. Several may fill one text, in the order of the file.
struct MappedColumn {
    std::size_t index = 0;
    std::string header, target;
    bool skips_errors = false;                  // a bad cell costs this field, not the row
    std::map<std::string, std::string> values;  // as written → as the field has it; "": empty
};
using Mapping = std::vector<MappedColumn>;
Json mapping_json(const Mapping& mapping);  // as stored
Mapping mapping_from(const Json& stored);
// As the API shows it: {"Nome": "name", "UF": {"field": "state", "onError": "skip_field"}}
Json mapping_shown(const Mapping& mapping);
// [{"column": 2, "field": "state", …}]: by place, since two columns may have one header.
Json mapping_by_place(const Mapping& mapping);

using Cells = std::vector<std::string>;
using Suggestions = std::vector<std::optional<std::string>>;  // one a column

// By the header's words in both languages; columns whose header says nothing, by what is in them.
Suggestions suggest(const records::Kind& kind, const std::vector<Target>& targets,
                    const Cells& headers, const std::vector<Cells>& samples);
// Is one of these cells the name of a field?
bool names_fields(const records::Kind& kind, const std::vector<Target>& targets,
                  const Cells& cells);
bool looks_like_header(const records::Kind& kind, const std::vector<Target>& targets,
                       const Cells& first);

// "E-mail (principal)" → "e mail principal": what headers are compared by.
std::string plain_header(std::string_view header);
// What words.json lists under a key, so compared.
std::vector<std::string> listed(Language language, const std::string& key);

// A user who is not one of ours or a strange option costs the field only, unless somebody wants the
// row refused: so it is suggested.
bool is_suggested_to_skip(const Target& target);
bool can_join(Type type);

// The mapping that was sent, {"<header or index>": "<target>" | null | {"field", "onError",
// "values"}} or by place; the suggestions where none was. Adds a problem for unknown columns,
// targets and options, and for targets filled twice that hold one value only.
Mapping read_mapping(const records::Kind& kind, const Json& sent,
                     const std::vector<Target>& targets, const Cells& headers,
                     const Suggestions& suggestions, Problems& problems);
// Required fields that no column fills.
void require_targets(const records::Kind& kind, const std::vector<Target>& targets,
                     const Mapping& mapping, std::string_view mode, Problems& problems);

}  // namespace ponte::imports
