// What every long work has in its table, and the statements that change it there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/ctx.hpp"

namespace ponte::work {

constexpr int undo_days = 30;

// "imports", and "import" as problems and messages call one of them.
struct Table {
    std::string_view name, one;
    // What only reads (an export) has no columns for records that failed, were put back or kept.
    bool writes_records = true;
};

struct Row {
    Id id;
    std::string entity, state;
    std::int64_t total = 0, processed = 0, failed = 0, undone = 0, kept = 0;
    std::optional<Id> asker_id;      // in whose name it goes on; none: the system
    std::optional<Id> asker_key_id;  // by which API key, with no more than that may
    std::optional<Id> created_by;
    std::optional<std::string> error, failed_in;  // failed_in: where it can go on
    std::string created_at;
    std::optional<std::string> finished_at, undoable_until;
};

bool may_be_undone(const Ctx& ctx, const Row& row);  // not too late

// As screens see it; what is a kind's own comes in between.
Json row_json(const Row& row, Json own);
Json records_json(const Row& row, Json own);  // …of work that writes records
Json time_json(const std::optional<std::string>& database_text);

// "select … from imports where tenant_id = current_tenant()"; goes on with "and …".
template <class R>
std::string select_of() {
    std::string columns;
    visit_fields(R{}, [&](const char* name, const auto&) {
        columns += (columns.empty() ? "" : ", ") + std::string(name);
    });
    return "select " + columns + " from " + std::string(R::table.name) +
           " where tenant_id = current_tenant()";
}

template <class R>
Task<std::optional<R>> find(Ctx& ctx, Id id, bool locked) {
    std::string sql = select_of<R>() + " and id = $1";
    if (locked) {
        sql += " for update";
    }
    auto found = co_await ctx.tx.maybe<R>(std::move(sql), id);
    co_return found;
}

template <class R>
Task<R> get(Ctx& ctx, Id id, bool locked) {  // throws 404 import.not_found
    auto found = co_await find<R>(ctx, id, locked);
    if (!found) {
        throw not_found(R::table.one);
    }
    co_return std::move(*found);
}

// Who starts something, as its row keeps it.
std::optional<Id> asker_of(const Ctx& ctx);

// Locked: whether it stands there as whoever runs it left it. Else somebody cancelled it, or
// another worker went on with it.
Task<bool> is_still_run_by(Ctx& ctx, const Table& table, const Row& row, Id runner);

// Columns with what is to stand in them.
using Columns = std::vector<std::pair<std::string_view, db::Param>>;

void queue_change(Ctx& ctx, const Table& table, Id id, Columns columns);
// A job that gets on is no hopeless one, however often the program was killed meanwhile.
void queue_job_progress(Ctx& ctx);

// What its end tells of it, in the log.
Json end_facts(const Row& row);

struct Failed {
    std::string code;
    bool is_hopeless = false, may_resume = true;
};
// One more attempt failed.
enum class Failing { again, given_up, over_before };
Task<Failing> fail(Ctx& ctx, const Table& table, Id id, Failed failed);

}  // namespace ponte::work
