// Does a value obey the schema that the API's description gives it? As much of JSON Schema as the
// description uses: types, required members, enums, arrays, maps, references, alternatives.
#pragma once

#include <string>

#include "kernel/json.hpp"

namespace ponte::testing {

class JsonSchema {
public:
    explicit JsonSchema(const Json& document) : document_(document) {}

    // What a reference points to; null when it points nowhere.
    const Json& resolved(const Json& schema) const;
    // Empty when `value` obeys; otherwise where it does not, and why.
    std::string fault(const Json& schema, const Json& value) const;
    // Every reference of the document that points nowhere.
    std::string broken_references() const;

private:
    std::string fault_at(const std::string& place, const Json& schema, const Json& value) const;
    std::string fault_of_members(const std::string& place, const Json& schema,
                                 const Json& value) const;
    const Json& document_;
};

}  // namespace ponte::testing
