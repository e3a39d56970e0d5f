#include "kernel/events/announcer.hpp"

#include <utility>

namespace ponte {

void Announcer::carried_by(Carry carry) { carry_ = std::move(carry); }

void Announcer::tell(const Id& tenant, std::string_view resource, std::string_view name,
                     const Json& payload) const {
    if (carry_) {
        carry_({tenant, {}, std::string(resource), std::string(name), payload.dump()});
    }
}

void Announcer::tell_author(const Id& tenant, const std::optional<Id>& author,
                            std::string_view resource, std::string_view name,
                            const Json& payload) const {
    if (carry_) {
        carry_({tenant, author.value_or(Id{}), std::string(resource), std::string(name),
                payload.dump()});
    }
}

}  // namespace ponte
