// The one engine of long work (decision 0129): imports, bulks, and what comes. A kind of work says
// what its next batch is, does some of it and counts; what is the same for all stands here: one
// runner at a time, which goes on where a killed one was; batches that commit with their progress
// and are halved around a record that the database refuses; the rights of whoever asked, before
// each batch; trying again, giving up, cancelling, resuming, undoing; telling.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/ctx.hpp"
#include "kernel/entities/catalogue.hpp"
#include "kernel/work/row.hpp"

namespace ponte {
class App;
}

namespace ponte::work {

// No further attempt would help; where `may_resume`, it would by somebody else.
struct Hopeless {
    std::string code;
    bool may_resume = false;
};

class Work;

// A declaration; it outlives the program's App.
struct WorkKind {
    std::string_view name;    // of its jobs, "bulk_update.run": for ever
    std::string_view action;  // on the records: whoever asks for it, or undoes it, must be allowed
    std::unique_ptr<Work> (*run)(const WorkKind&);
    std::unique_ptr<Work> (*undo)(const WorkKind&) = nullptr;  // null: cannot be taken back
};

template <class W>
std::unique_ptr<Work> make(const WorkKind& kind) {
    return std::make_unique<W>(kind);
}

// Items of the batch that was read last: all, or a half of those in which one was refused.
struct Part {
    std::size_t first = 0, count = 0;
    std::size_t last() const { return first + count - 1; }
};

// A piece of work, or its undo, while it runs.
class Work {
public:
    explicit Work(const WorkKind& kind_) : kind(kind_) {}
    virtual ~Work() = default;

    const WorkKind& kind;
    const records::Kind* entity = nullptr;  // whose records they are, once it was taken over

    // Its row: WorkOn below.
    virtual const Table& table() const = 0;
    virtual Row& row() = 0;
    virtual Json json() const = 0;
    virtual Task<bool> read(Ctx& ctx, Id id, bool locked) = 0;  // false: there is none
    virtual void mark() = 0;                                    // before a batch is tried
    virtual void go_back() = 0;                                 // it was refused

    // What is to be written down beside the columns that every work has.
    virtual Columns columns() const = 0;
    // How many records it has written so far: others are told.
    virtual std::int64_t written() const = 0;
    // Whether others hear that it came to its end ("import.finished"): a trial is nobody's news.
    virtual bool is_told() const { return true; }
    // Whether its asker may do it still, as ctx.who says.
    virtual bool is_permitted(const Ctx& ctx) const;

    // In the transaction that takes it over, its row as it was; and after that one's commit.
    virtual Task<> begin(Ctx&) { co_return; }
    virtual Task<> prepare(Ctx&) { co_return; }
    // Reads the next batch, after what the row says is done; how many items it has. None: the end.
    virtual Task<std::size_t> next(Ctx& ctx) = 0;
    // Queued before anything else of a batch.
    virtual void take_turn(Ctx&) {}
    // Does a part of it and counts, in one transaction with the progress.
    virtual Task<> write(Ctx& ctx, Part part) = 0;
    // Instead: this one item was refused, and is only counted.
    virtual Task<> refuse(Ctx& ctx, std::size_t item, Error error) = 0;
    // Written or refused: the row shall say that they are done.
    virtual void move_on(Part part) = 0;
    // In the transaction that says that it is done.
    virtual Task<> finish(Ctx&) { co_return; }
};

// Work whose row is an R: a struct with FIELDS that adds its own to Row, and has `table`, `json()`.
template <class R>
class WorkOn : public Work {
public:
    using Work::Work;
    const Table& table() const override { return R::table; }
    Row& row() override { return row_; }
    Json json() const override { return row_.json(); }
    Task<bool> read(Ctx& ctx, Id id, bool locked) override {
        auto found = co_await find<R>(ctx, id, locked);
        if (found) {
            row_ = std::move(*found);
        }
        co_return found.has_value();
    }
    void mark() override { marked_ = row_; }
    void go_back() override { row_ = marked_; }

protected:
    R row_;

private:
    R marked_;
};

// Its jobs.
void declare(App& app, const WorkKind& kind);
const WorkKind* find_kind(const Services& services, std::string_view name);

// The right that a kind of work on records of this entity asks for: "contacts.update".
std::string right_of(const Ctx& ctx, const WorkKind& kind, std::string_view entity);

void enqueue_run(Ctx& ctx, const WorkKind& kind, Id id);

// What follows is for routes, with the row locked.

// `own`: columns that only this table has. Throws 409 import.not_undoable when it is too late.
void start_undo(Ctx& ctx, const WorkKind& kind, const Table& table, const Row& row, Columns own);
// What failed, but not for good, goes on as before its failure, in the name of whoever says so.
// Throws 409 import.not_resumable.
void resume(Ctx& ctx, const WorkKind& kind, const Table& table, const Row& row);
// Throws 409 import.already_finished; its runner sees it at the next batch.
void cancel(Ctx& ctx, const Table& table, const Row& row);

}  // namespace ponte::work
