#include "kernel/events/followers.hpp"

#include <algorithm>

namespace ponte {

bool Followers::concern(std::string_view entity) const {
    return std::any_of(all_.begin(), all_.end(),
                       [&](const auto& one) { return one.first(entity); });
}

void Followers::apply(const Event& event) const {
    for (const auto& [concerns, apply] : all_) {
        apply(event);
    }
}

void Followers::committed(const Id& tenant, std::span<const std::string_view> entities) const {
    for (const auto& run : for_commits_) {
        run(tenant, entities);
    }
}

}  // namespace ponte
