// What a client shows to get what it missed: its former self, sealed with the installation's key.
// No memory is needed to honour it, so recovery works after a restart and on another node, too.
#pragma once

#include <optional>
#include <string>

#include "kernel/events.hpp"

namespace ponte::realtime {

struct Ticket {
    Id tenant, user;
    std::string sid;
    Position position;  // when it was given: for a client that never saw an event
};
std::string seal_ticket(const Ticket& ticket, std::string_view key);
std::optional<Ticket> open_ticket(std::string_view pid, std::string_view key);

}  // namespace ponte::realtime
