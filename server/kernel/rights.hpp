// What there is to be allowed, and what the roles that every company has allow of it: computed from
// what modules declare. A role that a company made itself is a row.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/auth.hpp"
#include "kernel/entity.hpp"

namespace ponte {

// A role is stored as a row with what it allows; of one that every company has only the name
// counts. `r` is the row.
inline constexpr std::string_view stored_rights_sql =
    "case when r.is_built_in then to_jsonb(r.name) else r.permissions end";

class Rights {
public:
    // What a role allows without being named: nothing, to read everything, everything.
    enum class Extent { declared, reading, everything };
    void role(std::string_view name, Extent extent);

    struct Resource {
        std::string name, entity;  // "contacts", "contact"
        std::string_view rights;
        std::vector<std::string> actions;  // the verbs and what the entity brings
    };
    void resource(std::string_view name, std::string_view rights);
    void entity(const Entity& entity);
    const std::vector<Resource>& resources() const { return resources_; }
    const Resource* find(std::string_view resource_or_entity) const;

    // Of a role as it is stored: the name of one of these, or what its company wrote.
    Permissions of(const Json& stored) const;
    // Throws when a declaration names a role that there is not.
    void check() const;

private:
    Permissions computed(std::string_view role, Extent extent) const;

    std::map<std::string, Extent, std::less<>> roles_;
    std::vector<Resource> resources_;
    mutable std::mutex mutex_;
    mutable std::map<std::string, Permissions, std::less<>> computed_;
};

}  // namespace ponte
