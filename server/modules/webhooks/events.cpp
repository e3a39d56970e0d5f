#include "modules/webhooks/events.hpp"

#include <algorithm>

namespace ponte::webhooks {

bool is_told(const Entity& entity) {
    return !entity.lives_inside && entity.name != "webhook" && entity.name != "connection";
}

std::vector<std::string> known_events(const Services& services) {
    std::vector<std::string> known;
    for (const auto& kind : services.entities().all()) {
        const Entity& entity = *kind->entity;
        if (!is_told(entity)) {
            continue;
        }
        const auto add = [&](std::string_view past) {
            known.push_back(std::string(entity.name) + "." + std::string(past));
        };
        add("created");
        add("updated");
        if (entity.can_be_deleted) {
            add("deleted");
            add("restored");
        }
        for (const std::string_view past : records::split_options(entity.tells)) {
            add(past);
        }
    }
    return known;
}

bool matches(std::string_view pattern, std::string_view event) {
    if (pattern == "*" || pattern == event) {
        return true;
    }
    const std::size_t dot = event.find('.');
    const std::string_view entity = event.substr(0, dot), past = event.substr(dot + 1);
    return (pattern.ends_with(".*") && pattern.substr(0, pattern.size() - 2) == entity) ||
           (pattern.starts_with("*.") && pattern.substr(2) == past);
}

bool is_pattern(const std::vector<std::string>& known, std::string_view pattern) {
    return std::ranges::any_of(known, [&](const auto& event) { return matches(pattern, event); });
}

}  // namespace ponte::webhooks
