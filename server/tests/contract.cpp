#include "tests/contract.hpp"

#include <algorithm>

#include "kernel/testing/api.hpp"

namespace ponte::testing {
namespace {

constexpr std::string_view methods[] = {"get", "post", "put", "patch", "delete"};

std::string upper(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return static_cast<char>(c - 'a' + 'A'); });
    return text;
}

const Json& json_schema(const Json& of) { return of["content"]["application/json"]["schema"]; }

}  // namespace

const Json& Operation::body() const { return json_schema((*description)["requestBody"]); }

const Json& Operation::answer(int status) const {
    return json_schema((*description)["responses"][std::to_string(status)]);
}

bool Operation::declares(int status) const {
    return (*description)["responses"].find(std::to_string(status)) != nullptr;
}

const Json& contract() {
    static const Json document = Api().get("/api/v1/openapi.json").body;
    return document;
}

std::vector<Operation> operations() {
    std::vector<Operation> all;
    for (const auto& [path, item] : contract()["paths"].members()) {
        for (const auto& [name, description] : item.members()) {
            if (std::ranges::find(methods, name) != std::end(methods)) {
                const Json* security = description.find("security");
                const bool is_open = security && security->items().empty();
                all.push_back({upper(name), path, &description, !is_open});
            }
        }
    }
    return all;
}

}  // namespace ponte::testing
