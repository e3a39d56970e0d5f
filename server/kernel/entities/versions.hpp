// Numbers that move with what a company's records of an entity are: what is kept of answers holds
// while they stand. In memory, of this process.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "kernel/id.hpp"

namespace ponte::records {

class Versions {
public:
    // Of all that these entities' records say. Never goes back.
    std::uint64_t of(const Id& tenant, std::span<const std::string_view> entities) const;
    void move(const Id& tenant, std::string_view entity);
    void move_all(const Id& tenant);  // something was written of which nobody says what

private:
    struct Company {
        std::uint64_t all = 0;
        std::map<std::string, std::uint64_t, std::less<>> by_entity;
    };
    mutable std::mutex mutex_;
    std::unordered_map<Id, Company> companies_;
};

}  // namespace ponte::records
