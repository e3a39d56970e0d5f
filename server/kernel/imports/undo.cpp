#include <algorithm>
#include <map>

#include "kernel/imports/kept.hpp"
#include "kernel/imports/row_ids.hpp"
#include "kernel/imports/run.hpp"

namespace ponte::imports {
namespace {

using records::Locked;
using records::Reclaim;

constexpr std::int64_t records_per_batch = 1'000;

// Two walks: what the import made, by its ids; then what it changed, by its events.
class ImportUndo : public ImportWork {
public:
    using ImportWork::ImportWork;

    work::Columns columns() const override {
        return {{"undo_phase", row_.undo_phase}, {"undo_after", row_.undo_after}};
    }
    std::int64_t written() const override { return row_.undone; }
    Task<std::size_t> next(Ctx& ctx) override;
    Task<> write(Ctx& ctx, work::Part part) override;
    Task<> refuse(Ctx& ctx, std::size_t item, Error error) override;
    void move_on(work::Part part) override { row_.undo_after = batch_[part.last()]; }

private:
    bool is_of_us(const Id& id) const { return is_of_import(id, row_.id); }
    Task<std::vector<Id>> next_made(Ctx& ctx);
    Task<std::vector<Id>> next_changed(Ctx& ctx);
    Task<> put_in_bin(Ctx& ctx, std::vector<Id> ids);
    Task<> put_back(Ctx& ctx, std::vector<Id> ids);

    std::vector<Id> batch_;
};

Task<std::size_t> ImportUndo::next(Ctx& ctx) {
    batch_.clear();
    if (row_.undo_phase == "created") {
        batch_ = co_await next_made(ctx);
        if (batch_.empty()) {
            row_.undo_phase = "updated";
            row_.undo_after.reset();
        }
    }
    if (batch_.empty()) {
        batch_ = co_await next_changed(ctx);
    }
    co_return batch_.size();
}

// Others that were made at the same moment may be among them.
Task<std::vector<Id>> ImportUndo::next_made(Ctx& ctx) {
    std::vector<Id> ids;
    if (!entity->entity->can_be_deleted) {
        co_return ids;
    }
    const Id after = row_.undo_after.value_or(id_of_row(row_.id, 0)),
             last = id_of_row(row_.id, 0xFFFFFFFF);
    ids = co_await ctx.tx.all<Id>("select id from " + std::string(entity->entity->table) +
                                      " where tenant_id = current_tenant() and id > $1 and "
                                      "id <= $2 order by id limit $3",
                                  after, last, records_per_batch);
    co_await ctx.tx.commit();
    co_return ids;
}

Task<std::vector<Id>> ImportUndo::next_changed(Ctx& ctx) {
    work::Touched touched{row_.id, row_.entity + ".updated", row_.undo_after, records_per_batch,
                          row_.created_at};
    auto ids = co_await work::touched_by(ctx, std::move(touched));
    if (!ids.empty()) {
        ids = co_await work::that_fit(ctx, *entity, row_, std::move(ids));
    }
    co_return ids;
}

Task<> ImportUndo::write(Ctx& ctx, work::Part part) {
    std::vector<Id> ids;
    for (std::size_t i = part.first; i <= part.last(); ++i) {
        if (is_of_us(batch_[i]) == (row_.undo_phase == "created")) {
            ids.push_back(batch_[i]);
        }
    }
    if (row_.undo_phase == "created") {
        co_await put_in_bin(ctx, std::move(ids));
    } else {
        co_await put_back(ctx, std::move(ids));
    }
}

Task<> ImportUndo::put_in_bin(Ctx& ctx, std::vector<Id> ids) {
    std::vector<Locked> locked = co_await records::lock_many(ctx, *entity, std::move(ids));
    std::erase_if(locked, [](const Locked& one) { return one.is_deleted; });
    std::vector<Id> alive;
    for (const Locked& one : locked) {
        alive.push_back(one.id);
    }
    std::map<Id, Kept> kept;
    if (!row_.undo_reclaims && !alive.empty()) {
        kept = co_await find_kept(ctx, *entity, row_, std::move(alive));
    }
    Changes changes(ctx, *entity, Verb::remove);
    for (Locked& one : locked) {
        if (!kept.contains(one.id)) {
            changes.records.push_back(records::change_of(*entity, std::move(one)));
        }
    }
    row_.undone += static_cast<std::int64_t>(changes.records.size());
    row_.kept += static_cast<std::int64_t>(kept.size());
    std::vector<Kept> list;
    for (auto& [id, one] : kept) {
        list.push_back(std::move(one));
    }
    queue_kept(ctx, row_, list);
    co_await records::write(ctx, changes);
}

Task<> ImportUndo::put_back(Ctx& ctx, std::vector<Id> ids) {
    const auto reclaim = row_.undo_reclaims ? Reclaim::touched_too : Reclaim::untouched;
    work::TakingBack how{{row_.id, row_.created_at}, reclaim, false};
    const auto kept =
        co_await work::put_back_all(ctx, *entity, std::move(how), std::move(ids), row_);
    queue_kept(ctx, row_, kept);
}

Task<> ImportUndo::refuse(Ctx& ctx, std::size_t item, Error) {
    ++row_.kept;
    std::vector<Kept> kept;
    kept.push_back({batch_[item], "changed", {}});
    queue_kept(ctx, row_, kept);
    co_return;
}

}  // namespace

std::unique_ptr<work::Work> undo_of(const work::WorkKind& kind) {
    return work::make<ImportUndo>(kind);
}

}  // namespace ponte::imports
