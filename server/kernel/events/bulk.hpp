// A batch of a bulk or an import as the log tells it: the event of each record is quiet, and one
// `<entity>.bulk` after them says how many there are of which name. Whoever ends a batch queues it.
#pragma once

#include "kernel/ctx.hpp"
#include "kernel/events.hpp"

namespace ponte::events {

constexpr std::string_view bulk_past = ".bulk";

// Of all that the transaction has written quietly for `ctx.operation`, one event an entity:
// {"count": 40, "events": {"contact.updated": 40}}. None when it has written nothing.
void queue_bulk_events(Ctx& ctx);

bool is_bulk(const Event& event);
// {"contact.updated": 40} of such an event, else nothing.
const Json& bulk_counts(const Event& event);

}  // namespace ponte::events
