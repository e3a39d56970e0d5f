// One batch of an operation: its records in one transaction with the progress. A record that breaks
// a rule of the database would take its whole batch with it, so the batch is halved until that
// record stands alone and is counted.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "kernel/records/write.hpp"
#include "kernel/work/operation.hpp"

namespace ponte::records {

struct Running {
    Operation operation;
    const Kind* kind = nullptr;
    const char* asker = "asker";  // of the operation's arguments: "undoer" when it is undone
    std::chrono::steady_clock::time_point last_told{};
    std::int64_t untold = 0;  // records written since others were last told
};

// Does the work with these records, as the operation's counters say afterwards.
using Step = Task<> (*)(Ctx&, Running&, const std::vector<Id>& ids);
// Counts a record that the database refused.
using Refused = void (*)(Operation&);

// Those that come next, after what the operation's cursor has passed; none: all are done.
using Next = Task<std::vector<Id>> (*)(Ctx&, const Running&);

struct BatchWork {
    Next next;
    Step step;
    Refused refused;
};

// Batch after batch to the end, which `end_sql` writes down ($1: the operation's id). Without a
// word when the operation is no longer ours to run, since another worker went on with it.
Task<> run_batches(Ctx& ctx, Running& running, const BatchWork& work, std::string end_sql);

// Acts as the asker with the rights of this moment; throws Hopeless when the work is not theirs to
// do any more.
Task<> act_as_asker(Ctx& ctx, const Running& running);

void tell(Ctx& ctx, Running& running, bool at_once);

}  // namespace ponte::records
