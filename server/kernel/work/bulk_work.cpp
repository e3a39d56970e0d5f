// What a bulk does with the records of a batch, and what its undo does.
#include <algorithm>
#include <map>

#include "kernel/entities/catalogue.hpp"
#include "kernel/records/field_rights.hpp"
#include "kernel/records/write.hpp"
#include "kernel/services.hpp"
#include "kernel/work/bulk.hpp"
#include "kernel/work/bulk_work.hpp"
#include "kernel/work/taking_back.hpp"

namespace ponte::work {
namespace {

using records::BulkValues;
using records::Kind;
using records::Locked;

class BulkUpdate : public OperationWork {
public:
    using OperationWork::OperationWork;

    bool is_permitted(const Ctx& ctx) const override {
        const Json& values = row_.args["values"];
        const Kind& seen = ctx.services.entities().seen(*entity, ctx.who);
        const auto may = [&](const Json& named) {
            return std::all_of(named.members().begin(), named.members().end(),
                               [&](const Json::Member& one) {
                                   return records::may_change(seen, camel_case(one.first));
                               });
        };
        return OperationWork::is_permitted(ctx) && may(values["values"]) && may(values["sets"]);
    }

protected:
    Task<> step(Ctx& ctx, std::vector<Id> ids) override {
        const std::size_t of = ids.size();
        const BulkValues values = records::bulk_values_from(*entity, row_.args["values"]);
        const bool wants_deleted = row_.args["deleted"].as_bool();
        std::vector<Locked> locked =
            co_await records::lock_many(ctx, *entity, std::move(ids), "update");
        Changes changes(ctx, *entity, Verb::update);
        changes.skips_locked = true;
        for (Locked& before : locked) {
            const bool is_meant = before.is_deleted == wants_deleted;
            if (is_meant && before.is_permitted) {
                Values wanted = records::values_for(values, before.record);
                changes.records.push_back(
                    records::change_of(*entity, std::move(before), std::move(wanted)));
            }
        }
        co_await records::write(ctx, changes);
        count(changes, of);
    }
};

// Into the bin or out of it.
template <Verb verb>
class BulkMove : public OperationWork {
public:
    using OperationWork::OperationWork;

protected:
    Task<> step(Ctx& ctx, std::vector<Id> ids) override {
        const std::size_t of = ids.size();
        std::vector<Locked> locked =
            co_await records::lock_many(ctx, *entity, std::move(ids), "delete");
        Changes changes(ctx, *entity, verb);
        changes.skips_locked = true;
        for (Locked& before : locked) {
            const bool is_movable = before.is_deleted != (verb == Verb::remove);
            if (is_movable && before.is_permitted) {
                changes.records.push_back(records::change_of(*entity, std::move(before)));
            }
        }
        co_await records::write(ctx, changes);
        count(changes, of);
    }
};

// Records that the events of the bulk name.
class UndoWork : public OperationWork {
public:
    using OperationWork::OperationWork;

    Task<> begin(Ctx&) override {
        row_.args.erase("ids");  // the events name what it changed
        co_return;
    }
    Task<> refuse(Ctx&, std::size_t, Error) override {
        ++row_.kept;
        co_return;
    }

protected:
    virtual std::string_view past() const = 0;  // of its events: "updated"

    Task<std::vector<Id>> next_ids(Ctx& ctx) override {
        Touched touched{row_.id, row_.entity + "." + std::string(past()), row_.cursor_id,
                        records_per_batch, row_.created_at};
        auto ids = co_await touched_by(ctx, std::move(touched));
        co_return ids;
    }
};

class UndoUpdate : public UndoWork {
public:
    using UndoWork::UndoWork;

protected:
    std::string_view past() const override { return "updated"; }
    Task<> step(Ctx& ctx, std::vector<Id> ids) override {
        TakingBack how{{row_.id, row_.created_at}};
        co_await put_back_all(ctx, *entity, std::move(how), std::move(ids), row_);
    }
};

struct LastMove {
    Id entity_id;
    std::int64_t version = 0;
};
FIELDS(LastMove, entity_id, version);

// Out of the bin again, or back into it: only what nobody has touched since.
template <Verb moves_to>
class UndoMove : public UndoWork {
public:
    using UndoWork::UndoWork;

protected:
    std::string_view past() const override {
        return moves_to == Verb::remove ? "restored" : "deleted";
    }
    Task<> step(Ctx& ctx, std::vector<Id> ids) override {
        std::vector<Locked> locked = co_await records::lock_many(ctx, *entity, ids, "delete");
        const auto moves = co_await ctx.tx.all<LastMove>(
            "select entity_id, max(version) as version from events "
            "where tenant_id = current_tenant() and operation_id = $1 and version > 1 "
            "and entity = $2 and entity_id = any ($3::uuid[]) "
            "and sequence >= log_since($4::timestamptz) group by entity_id",
            row_.id, row_.entity, ids, row_.created_at);
        std::map<Id, std::int64_t> version_of;
        for (const LastMove& move : moves) {
            version_of[move.entity_id] = move.version;
        }
        Changes changes(ctx, *entity, moves_to);
        changes.skips_locked = true;
        for (Locked& before : locked) {
            const bool is_untouched = before.version == version_of[before.id];
            const bool is_movable = before.is_deleted != (moves_to == Verb::remove);
            if (is_untouched && is_movable && before.is_permitted) {
                changes.records.push_back(records::change_of(*entity, std::move(before)));
            }
        }
        co_await records::write(ctx, changes);
        const std::size_t moved = changes.records.size();
        row_.undone += static_cast<std::int64_t>(moved);
        row_.kept += static_cast<std::int64_t>(ids.size() - moved);
    }
};

}  // namespace

constexpr WorkKind bulk_kinds[] = {
    {"bulk_update", "update", make<BulkUpdate>, make<UndoUpdate>},
    {"bulk_delete", "delete", make<BulkMove<Verb::remove>>, make<UndoMove<Verb::restore>>},
    {"bulk_restore", "delete", make<BulkMove<Verb::restore>>, make<UndoMove<Verb::remove>>},
};

}  // namespace ponte::work
