// An operation on many records as it stands in its table, and who asked for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kernel/ctx.hpp"
#include "kernel/entities/catalogue.hpp"

namespace ponte::records {

constexpr int undo_days = 30;
constexpr std::int64_t records_per_batch = 500;
constexpr std::size_t most_ids = 10'000;

struct Operation {
    Id id;
    std::string kind, entity, state;
    Json args;
    std::int64_t total = 0, processed = 0, changed = 0, skipped = 0, failed = 0;
    std::int64_t undone = 0, kept = 0;
    std::optional<Id> cursor_id, created_by;
    std::optional<std::string> error, failed_in;
    std::string created_at;
    std::optional<std::string> finished_at, undoable_until;

    bool is_over() const { return state == "done" || state == "failed" || state == "undone"; }
};
FIELDS(Operation, id, kind, entity, state, args, total, processed, changed, skipped, failed, undone,
       kept, cursor_id, created_by, error, failed_in, created_at, finished_at, undoable_until);

Json operation_json(const Operation& operation);

std::string operation_select();  // every column, bound to the tenant; goes on with "and …"
Task<std::optional<Operation>> find_operation(Ctx& ctx, Id id, bool locked);

// What its author, or whoever undoes it, must be allowed: "contacts.update".
std::string right_of(const Ctx& ctx, const Operation& operation);

// Told to whoever looks at the operation, beside the log.
void tell_progress(Ctx& ctx, const Operation& operation);

struct RunOperation {
    Id operation_id;
};
FIELDS(RunOperation, operation_id);

struct UndoOperation {
    Id operation_id;
};
FIELDS(UndoOperation, operation_id);

// Either job was killed with its program too often.
struct OperationGivenUp {
    Id operation_id;
};
FIELDS(OperationGivenUp, operation_id);

// The two jobs. Both commit in batches, each with its progress, and go on from there.
Task<> run_operation(Ctx& ctx, const RunOperation& args);
Task<> undo_operation(Ctx& ctx, const UndoOperation& args);
Task<> give_up_operation(Ctx& ctx, const OperationGivenUp& args);

}  // namespace ponte::records
