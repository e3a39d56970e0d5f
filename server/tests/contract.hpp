// The API's description as the server publishes it, taken apart for tests.
#pragma once

#include <string>
#include <vector>

#include "kernel/json.hpp"

namespace ponte::testing {

// One method of one path.
struct Operation {
    std::string method, path;  // "POST", "/api/v1/contacts/{id}"
    const Json* description = nullptr;
    bool needs_token = true;

    const Json& body() const;              // its schema, perhaps a reference; null when it has none
    const Json& answer(int status) const;  // the schema of what comes back; null when undeclared
    bool declares(int status) const;
};

const Json& contract();
std::vector<Operation> operations();

}  // namespace ponte::testing
