// What whoever looks right now is told, and nobody later: progress, a listener that stopped. It is
// kept nowhere; realtime carries it.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "kernel/id.hpp"
#include "kernel/json.hpp"

namespace ponte {

struct Announcement {
    Id tenant;
    std::optional<Id> user;  // to one person…
    // …or to those who may read this, all of it when there is a person, too; empty: everybody.
    std::string resource;
    std::string name;
    std::string payload_json;
};

class Announcer {
public:
    using Carry = std::function<void(const Announcement&)>;
    void carried_by(Carry carry);  // before the program serves
    // Any thread. To those of the company who may read `resource`…
    void tell(const Id& tenant, std::string_view resource, std::string_view name,
              const Json& payload) const;
    // …to one user and to those who may read every record of `resource`.
    void tell_author(const Id& tenant, const std::optional<Id>& author, std::string_view resource,
                     std::string_view name, const Json& payload) const;

private:
    Carry carry_;
};

}  // namespace ponte
