#include <algorithm>

#include "kernel/auth.hpp"

namespace ponte {
namespace {

constexpr std::string_view names[] = {"none", "own", "team", "all"};

std::string key_of(std::string_view resource, std::string_view action) {
    std::string key;
    key.reserve(resource.size() + action.size() + 1);
    return key.append(resource).append(".").append(action);
}

}  // namespace

std::string_view reach_name(Reach reach) { return names[static_cast<std::size_t>(reach)]; }

std::optional<Reach> parse_reach(std::string_view name) {
    const auto found = std::find(std::begin(names), std::end(names), name);
    if (found == std::end(names)) {
        return {};
    }
    return static_cast<Reach>(found - std::begin(names));
}

const Permissions::Grants& Permissions::grants() const {
    static const Grants none;
    return grants_ ? *grants_ : none;
}

Reach Permissions::reach(std::string_view resource, std::string_view action) const {
    const auto found = grants().find(key_of(resource, action));
    return found == grants().end() ? Reach::none : found->second;
}

bool Permissions::allows(std::string_view permission) const {
    const auto found = grants().find(permission);
    return found != grants().end() && found->second != Reach::none;
}

bool Permissions::allows_something() const {
    return std::any_of(grants().begin(), grants().end(),
                       [](const auto& grant) { return grant.second != Reach::none; });
}

bool Permissions::covers(const Permissions& other) const {
    const Grants& wanted = other.grants();
    return std::all_of(wanted.begin(), wanted.end(), [this](const auto& grant) {
        const auto found = grants().find(grant.first);
        return grant.second == Reach::none ||
               (found != grants().end() && found->second >= grant.second);
    });
}

Permissions Permissions::within(const std::vector<std::string>& scopes) const {
    const auto is_within = [&scopes](std::string_view permission) {
        return std::any_of(scopes.begin(), scopes.end(), [permission](const std::string& scope) {
            const std::string_view stem = std::string_view(scope).substr(0, scope.size() - 1);
            return scope == permission || (scope.ends_with('*') && permission.starts_with(stem));
        });
    };
    auto kept = std::make_shared<Grants>();
    for (const auto& grant : grants()) {
        if (is_within(grant.first)) {
            kept->insert(grant);
        }
    }
    Permissions permissions;
    permissions.set(std::move(kept));
    return permissions;
}

void Permissions::grant(std::string_view resource, std::string_view action, Reach reach) {
    auto changed = std::make_shared<Grants>(grants());
    (*changed)[key_of(resource, action)] = reach;
    set(std::move(changed));
}

Json Permissions::to_json() const {
    Json json = Json::object();
    for (const auto& [key, reach] : grants()) {
        const auto dot = key.find('.');
        Json actions = json[key.substr(0, dot)];
        actions.set(key.substr(dot + 1), reach_name(reach));
        json.set(key.substr(0, dot), std::move(actions));
    }
    return json;
}

Permissions Permissions::from_json(const Json& json) {
    auto grants = std::make_shared<Grants>();
    for (const auto& [resource, actions] : json.members()) {
        for (const auto& [action, reach] : actions.members()) {
            (*grants)[key_of(resource, action)] =
                parse_reach(reach.as_string()).value_or(Reach::none);
        }
    }
    Permissions permissions;
    permissions.set(std::move(grants));
    return permissions;
}

void Permissions::set(std::shared_ptr<const Grants> grants) {
    std::size_t hash = 14695981039346656037ull;  // FNV-1a
    const auto add = [&hash](unsigned char byte) { hash = (hash ^ byte) * 1099511628211ull; };
    for (const auto& [key, reach] : *grants) {
        for (const char c : key) {
            add(static_cast<unsigned char>(c));
        }
        add(static_cast<unsigned char>(0x80 + static_cast<int>(reach)));
    }
    grants_ = std::move(grants);
    digest_ = hash;
}

}  // namespace ponte
