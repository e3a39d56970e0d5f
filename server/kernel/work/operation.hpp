// Long work on records of one entity, chosen by their ids or by a filter: a row of `operations`.
// Bulks are such work; whatever else walks through records needs no more than a WorkKind and a
// class with `step`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kernel/work/work.hpp"

namespace ponte {
struct Changes;
}

namespace ponte::work {

constexpr std::int64_t records_per_batch = 500;
constexpr std::size_t most_ids = 10'000;

struct Operation : Row {
    static constexpr Table table{"operations", "operation"};

    std::string kind;  // a WorkKind's name
    Json args;         // {"ids": […]} or what `read_selection` reads; and what is the kind's own
    std::int64_t changed = 0, skipped = 0;
    std::optional<Id> cursor_id;

    Json json() const;
    // With what it is called in the language of whoever asks: "operation.<kind>" of words.json.
    Json shown(const Ctx& ctx) const;
};
FIELDS(Operation, id, kind, entity, state, args, total, processed, changed, skipped, failed, undone,
       kept, cursor_id, asker_id, asker_key_id, created_by, error, failed_in, created_at,
       finished_at, undoable_until);

// The ids that a body names, at most `most_ids`: sorted, each once, the order in which records are
// locked and progress is kept.
std::vector<Id> ids_given(const Json& given, Problems& problems);

// Queues the row and its job: it begins when the transaction is committed.
Id start(Ctx& ctx, const WorkKind& kind, std::string_view entity, Json args);

class OperationWork : public WorkOn<Operation> {
public:
    using WorkOn<Operation>::WorkOn;

    Columns columns() const override;
    std::int64_t written() const override { return row_.changed + row_.undone; }
    Task<> begin(Ctx& ctx) override;
    Task<std::size_t> next(Ctx& ctx) final;
    Task<> write(Ctx& ctx, Part part) final;
    Task<> refuse(Ctx& ctx, std::size_t item, Error error) override;
    void move_on(Part part) final;
    Task<> finish(Ctx& ctx) override;

protected:
    // Does the work with these records and counts what became of them.
    virtual Task<> step(Ctx& ctx, std::vector<Id> ids) = 0;
    // Those that come next, in the order of their ids; none: all are done.
    virtual Task<std::vector<Id>> next_ids(Ctx& ctx);

    void count(std::size_t changed, std::size_t of);
    // What the state of a record held back has failed.
    void count(const Changes& written, std::size_t of);

private:
    std::vector<Id> next_named() const;
    Task<std::vector<Id>> next_chosen(Ctx& ctx);
    Task<db::Rows> chosen(Ctx& ctx, std::string what, std::string in_which_order);

    std::optional<std::vector<Id>> named_;  // all of them, sorted
    std::vector<Id> batch_;
};

}  // namespace ponte::work
