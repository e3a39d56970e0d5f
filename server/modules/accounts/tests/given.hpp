// What tests of accounts begin with.
#pragma once

#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::accounts {

struct MadeKey {
    std::string id, key, path;
    testing::Api api;  // shows the key
};

// Throws when it is refused.
inline MadeKey make_key(testing::Api& maker, Json::Array scopes, Json also = Json::object()) {
    Json body = Json::object({{"name", "Loja virtual"}, {"scopes", Json(std::move(scopes))}});
    for (const auto& [name, value] : also.members()) {
        body.set(name, value);
    }
    const testing::Reply made = maker.post("/api/v1/api-keys", body);
    if (made.status != 201) {
        throw std::runtime_error("no key: " + made.shown());
    }
    const std::string key = made["key"].as_string();
    return {made.id(), key, "/api/v1/api-keys/" + made.id(), testing::Api(key, maker.url())};
}

}  // namespace ponte::accounts
