// Which events there are to subscribe to, and which of them a subscription means.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kernel/records.hpp"

namespace ponte::webhooks {

constexpr std::size_t most_patterns = 50;

// "contact.created", "proposal.accepted"… of every entity that is told outside.
std::vector<std::string> known_events(const Services& services);
// A name that is known, all of an entity ("contact.*"), one past of all ("*.created") or "*".
bool is_pattern(const std::vector<std::string>& known, std::string_view pattern);
bool matches(std::string_view pattern, std::string_view event);
// What is told outside: records of a business, not subscriptions to them.
bool is_told(const Entity& entity);

}  // namespace ponte::webhooks
