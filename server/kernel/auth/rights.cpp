#include "kernel/rights.hpp"

#include <algorithm>
#include <stdexcept>

namespace ponte {
namespace {

void add_once(std::vector<std::string>& actions, std::string_view action) {
    if (!action.empty() && std::find(actions.begin(), actions.end(), action) == actions.end()) {
        actions.emplace_back(action);
    }
}

}  // namespace

void Rights::role(std::string_view name, Extent extent) { roles_.emplace(name, extent); }

void Rights::resource(std::string_view name, std::string_view rights) {
    const std::string_view one = name.ends_with('s') ? name.substr(0, name.size() - 1) : name;
    std::vector<std::string> actions(std::begin(verbs), std::end(verbs));
    resources_.push_back({std::string(name), std::string(one), rights, std::move(actions)});
}

void Rights::entity(const Entity& entity) {
    std::vector<std::string> actions(std::begin(verbs), std::end(verbs));
    for (const Action& action : entity.actions) {
        add_once(actions, right_of(action));
    }
    for (const Field& field : entity.fields) {
        add_once(actions, action_in(field.seen_with, entity.table));
        add_once(actions, action_in(field.changed_with, entity.table));
    }
    resources_.push_back(
        {std::string(entity.table), std::string(entity.name), entity.rights, std::move(actions)});
}

const Rights::Resource* Rights::find(std::string_view resource_or_entity) const {
    const auto found =
        std::find_if(resources_.begin(), resources_.end(), [&](const Resource& resource) {
            return resource.name == resource_or_entity || resource.entity == resource_or_entity;
        });
    return found == resources_.end() ? nullptr : &*found;
}

Permissions Rights::computed(std::string_view role, Extent extent) const {
    Json all = Json::object();
    for (const Resource& resource : resources_) {
        Json allowed = Json::object();
        bool is_named = false;
        each_right(resource.rights, [&](const Right& right) {
            if (right.role == role) {
                is_named = true;
                if (!right.action.empty()) {
                    allowed.set(right.action, right.reach);
                }
            }
        });
        if (!is_named && extent == Extent::reading) {
            allowed.set("read", "all");
        }
        for (const std::string& action : resource.actions) {
            if (!is_named && extent == Extent::everything) {
                allowed.set(action, "all");
            }
        }
        all.set(resource.name, std::move(allowed));
    }
    return Permissions::from_json(all);
}

Permissions Rights::of(const Json& stored) const {
    if (!stored.is_string()) {
        return Permissions::from_json(stored);
    }
    const std::string& role = stored.as_string();
    const std::scoped_lock lock(mutex_);
    const auto known = computed_.find(role);
    if (known != computed_.end()) {
        return known->second;
    }
    const auto declared = roles_.find(role);
    if (declared == roles_.end()) {
        return {};  // of a later version of the program
    }
    return computed_.emplace(role, computed(role, declared->second)).first->second;
}

void Rights::check() const {
    for (const Resource& resource : resources_) {
        each_right(resource.rights, [&](const Right& right) {
            if (!roles_.empty() && !roles_.contains(right.role)) {
                throw std::logic_error("rights on " + resource.name + ": there is no role " +
                                       std::string(right.role));
            }
        });
    }
}

}  // namespace ponte
