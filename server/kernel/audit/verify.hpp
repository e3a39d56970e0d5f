// Is a company's audit what was entered? Walks its chain and compares each entry with what stands
// in the log; names the first that is not as it was.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kernel/audit/anchor.hpp"
#include "kernel/loop.hpp"
#include "kernel/task.hpp"

namespace ponte {
class Services;
}

namespace ponte::audit {

enum class Fault {
    entry_missing,   // a number has no entry
    entry_changed,   // an entry is not what its hash covers, or was put in
    event_changed,   // its event in the log says something else
    event_missing,   // its event is no longer in the log, though its month is
    batch_changed,   // the events of its bulk or import do
    event_put_in,    // the log has an event that was never entered
    end_missing,     // the chain ends before its end
    anchor_differs,  // an anchor says that another entry stood there
};

struct Verdict {
    std::int64_t entries = 0;  // that are as they were, up to the fault if there is one
    std::string until;         // when the last of them happened
    std::optional<Fault> fault;
    std::int64_t number = 0;      // of the entry at fault
    std::string what;             // its name; of an event without an entry, its place
    std::int64_t dropped = 0;     // entries whose month the log no longer keeps
    std::int64_t uncompared = 0;  // bulks of before a restoration
};

std::string in_words(Fault fault);
std::string_view name_of(Fault fault);  // "event_changed"
Task<Verdict> verify(Services& services, Loop& loop, Id company,
                     const std::vector<Anchor>& anchors);

// Those that have a chain.
Task<std::vector<Id>> companies(Services& services, Loop& loop);

}  // namespace ponte::audit
