#include "kernel/listeners/pattern.hpp"

#include <algorithm>

#include "kernel/events/bulk.hpp"

namespace ponte::listeners {
namespace {

std::string_view before_dot(std::string_view name) { return name.substr(0, name.find('.')); }
std::string_view after_dot(std::string_view name) {
    const std::size_t dot = name.find('.');
    return dot == name.npos ? std::string_view{} : name.substr(dot + 1);
}

}  // namespace

bool matches(std::string_view pattern, std::string_view name) {
    if (pattern == "*" || pattern == name) {
        return true;
    }
    const std::string_view entity = before_dot(pattern), past = after_dot(pattern);
    return (entity == "*" || entity == before_dot(name)) &&
           (past == "*" || past == after_dot(name));
}

bool concerns(const Listener& listener, const Event& event) {
    if (matches(listener.pattern, event.name)) {
        return true;
    }
    const Json::Object& members = events::bulk_counts(event).members();
    return std::ranges::any_of(
        members, [&](const Json::Member& one) { return matches(listener.pattern, one.first); });
}

bool is_told(const Listener& listener, const Event& event) {
    if (events::is_bulk(event)) {
        return !listener.is_of_each && concerns(listener, event);
    }
    return matches(listener.pattern, event.name);
}

std::vector<std::string> likes_of(const Listener& listener) {
    std::string like = listener.pattern;
    std::ranges::replace(like, '*', '%');
    std::vector<std::string> likes{std::move(like)};
    const std::string_view entity = before_dot(listener.pattern);
    likes.push_back((entity == "*" ? "%" : std::string(entity)) + std::string(events::bulk_past));
    return likes;
}

}  // namespace ponte::listeners
