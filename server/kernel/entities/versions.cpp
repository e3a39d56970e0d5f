#include "kernel/entities/versions.hpp"

namespace ponte::records {

std::uint64_t Versions::of(const Id& tenant, std::span<const std::string_view> entities) const {
    const std::scoped_lock lock(mutex_);
    const auto company = companies_.find(tenant);
    if (company == companies_.end()) {
        return 0;
    }
    std::uint64_t sum = company->second.all;
    for (const std::string_view entity : entities) {
        const auto found = company->second.by_entity.find(entity);
        sum += found == company->second.by_entity.end() ? 0 : found->second;
    }
    return sum;
}

void Versions::move(const Id& tenant, std::string_view entity) {
    const std::scoped_lock lock(mutex_);
    auto& by_entity = companies_[tenant].by_entity;
    const auto found = by_entity.find(entity);
    if (found == by_entity.end()) {
        by_entity.emplace(entity, 1);
    } else {
        ++found->second;
    }
}

void Versions::move_all(const Id& tenant) {
    const std::scoped_lock lock(mutex_);
    ++companies_[tenant].all;
}

}  // namespace ponte::records
