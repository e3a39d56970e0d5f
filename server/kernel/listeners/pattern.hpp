// Which events a listener hears: its pattern is a name ("proposal.accepted"), all of an entity
// ("proposal.*"), one past of every entity ("*.created"), or everything ("*").
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kernel/events.hpp"

namespace ponte::listeners {

bool matches(std::string_view pattern, std::string_view name);

// The event is its business, as it stands in the log: what a bulk is made of counts.
bool concerns(const Listener& listener, const Event& event);
// The event is told to it. A bulk is told as a whole or record by record, never both.
bool is_told(const Listener& listener, const Event& event);

// Patterns of `like` that find all that concerns it, and perhaps a little more.
std::vector<std::string> likes_of(const Listener& listener);

}  // namespace ponte::listeners
