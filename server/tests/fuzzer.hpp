// Requests that nobody sends on purpose: mostly what the API's description asks for, here and there
// something else. One seed always makes the same ones.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/testing/api.hpp"
#include "tests/contract.hpp"
#include "tests/json_schema.hpp"

namespace ponte::testing {

class Fuzzer {
public:
    explicit Fuzzer(std::uint64_t seed) : random_(seed) {}

    void know(std::string id) { ids_.push_back(std::move(id)); }  // of a record that exists
    std::size_t below(std::size_t end);
    bool chance(int in) { return below(static_cast<std::size_t>(in)) == 0; }

    std::string target_of(const Operation& operation);
    Body body_of(const JsonSchema& schemas, const Operation& operation);
    http::Headers odd_headers();
    FormFields odd_form();  // of an import
    std::string odd_file();

private:
    template <class List>
    const auto& pick(const List& list) {
        return list[below(std::size(list))];
    }
    std::string odd_text(std::size_t longest);
    Json odd_value(int depth = 0);
    Json fine_text();
    Json value_of(const JsonSchema& schemas, const Json& schema, int depth = 0);
    Json object_of(const JsonSchema& schemas, const Json& schema, int depth);
    Json array_of(const JsonSchema& schemas, const Json& schema, int depth);
    std::string odd_parameter(const std::string& name);
    std::string odd_filter();

    std::mt19937_64 random_;
    std::vector<std::string> ids_{Id::make().text(), "1", "cust_" + Id::make().text(), "stats",
                                  "null"};
};

}  // namespace ponte::testing
