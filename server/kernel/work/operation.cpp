#include "kernel/work/operation.hpp"

#include <algorithm>

#include "kernel/db/budgets.hpp"
#include "kernel/entities/catalogue.hpp"
#include "kernel/lists/list.hpp"
#include "kernel/records/changes.hpp"
#include "kernel/services.hpp"
#include "kernel/work/taking_back.hpp"

namespace ponte::work {
namespace {

// What was changed, not to what: values are read where the records are.
Json changed_fields(const Json& change) {
    Json fields = Json::array();
    for (const char* part : {"values", "sets"}) {
        for (const auto& [name, value] : change[part].members()) {
            if (name != "custom") {
                fields.push(camel_case(name));
            }
        }
    }
    for (const auto& [key, value] : change["values"]["custom"].members()) {
        fields.push("customFields." + key);
    }
    return fields;
}

}  // namespace

Json Operation::json() const {
    Json own = Json::object({{"kind", kind},
                             {"fields", changed_fields(args["values"])},
                             {"changed", changed},
                             {"skipped", skipped}});
    return records_json(*this, std::move(own));
}

Json Operation::shown(const Ctx& ctx) const {
    const std::string_view plural = Words::all().find(ctx.language, entity + ".plural");
    const Json params = Json::object({{"things", plural.empty() ? entity : std::string(plural)}});
    Json operation = json();
    operation.set("title", Words::all().format(ctx.language, "operation." + kind, params));
    return operation;
}

std::vector<Id> ids_given(const Json& given, Problems& problems) {
    if (!given.is_array() || given.items().size() > most_ids) {
        const char* const code = given.is_array() ? "too_many" : "type";
        const auto limit = static_cast<std::int64_t>(most_ids);
        problems.push_back({"ids", code, Json::object({{"limit", limit}}), {}});
        return {};
    }
    std::vector<Id> ids;
    for (const Json& one : given.items()) {
        const auto id = Id::parse(one.as_string());
        if (!id) {
            problems.push_back({"ids", "format", Json::object(), {}});
            return {};
        }
        ids.push_back(*id);
    }
    if (ids.empty()) {
        problems.push_back({"ids", "required", Json::object(), {}});
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

Id start(Ctx& ctx, const WorkKind& kind, std::string_view entity, Json args) {
    const Id id = Id::make();
    const bool is_undoable =
        kind.undo && ctx.services.entities().get(entity).entity->history == History::full;
    const auto total = static_cast<std::int64_t>(args["ids"].items().size());
    ctx.tx.queue(
        "insert into operations (id, kind, entity, args, total, created_at, created_by, asker_id, "
        "asker_key_id, undoable_until) values ($1, $2, $3, $4::jsonb, $5, $6::timestamptz, $7, $7, "
        "$10, case when $9::boolean then $6::timestamptz + make_interval(days => $8::int) end)",
        {id, kind.name, entity, db::Param(args), total, format_time(ctx.now), asker_of(ctx),
         undo_days, is_undoable, ctx.who.key_id()});
    ctx.audit("operation.started", id, Json::object({{"kind", kind.name}, {"of", entity}}));
    enqueue_run(ctx, kind, id);
    return id;
}

Columns OperationWork::columns() const {
    return {{"changed", row_.changed},
            {"skipped", row_.skipped},
            {"cursor_id", row_.cursor_id},
            {"undoable_until", row_.undoable_until}};
}

Task<> OperationWork::begin(Ctx& ctx) {
    if (row_.args.find("ids")) {
        named_.emplace();
        for (const Json& one : row_.args["ids"].items()) {
            if (const auto id = Id::parse(one.as_string())) {
                named_->push_back(*id);
            }
        }
        row_.args.erase("ids");  // the row is told and copied with each batch
    } else if (row_.state == "queued") {
        const db::Rows counted = co_await chosen(ctx, "count(*)", "");
        db::read_cell(counted.text(0, 0), row_.total);
    }
}

Task<std::size_t> OperationWork::next(Ctx& ctx) {
    batch_ = co_await next_ids(ctx);
    if (!batch_.empty()) {
        batch_ = co_await that_fit(ctx, *entity, row_, std::move(batch_));
    }
    co_return batch_.size();
}

Task<> OperationWork::write(Ctx& ctx, Part part) {
    const auto first = batch_.begin() + static_cast<std::ptrdiff_t>(part.first);
    std::vector<Id> ids(first, first + static_cast<std::ptrdiff_t>(part.count));
    co_await step(ctx, std::move(ids));
}

Task<> OperationWork::refuse(Ctx&, std::size_t, Error) {
    ++row_.failed;
    co_return;
}

void OperationWork::move_on(Part part) {
    row_.processed += static_cast<std::int64_t>(part.count);
    row_.cursor_id = batch_[part.last()];
}

Task<> OperationWork::finish(Ctx&) {
    row_.total = row_.processed;
    if (row_.changed == 0) {
        row_.undoable_until.reset();
    }
    co_return;
}

void OperationWork::count(std::size_t changed, std::size_t of) {
    row_.changed += static_cast<std::int64_t>(changed);
    row_.skipped += static_cast<std::int64_t>(of - changed);
}

void OperationWork::count(const Changes& written, std::size_t of) {
    row_.failed += static_cast<std::int64_t>(written.locked);
    count(written.records.size(), of - written.locked);
}

Task<std::vector<Id>> OperationWork::next_ids(Ctx& ctx) {
    if (named_) {
        co_return next_named();
    }
    auto chosen = co_await next_chosen(ctx);
    co_return chosen;
}

// Those after the last one that is done.
std::vector<Id> OperationWork::next_named() const {
    const auto first = row_.cursor_id
                           ? std::upper_bound(named_->begin(), named_->end(), *row_.cursor_id)
                           : named_->begin();
    const auto count = std::min<std::ptrdiff_t>(records_per_batch, named_->end() - first);
    return {first, first + count};
}

// In the order of their ids, so that each is met once however many stop matching on the way.
Task<std::vector<Id>> OperationWork::next_chosen(Ctx& ctx) {
    const db::Rows rows =
        co_await chosen(ctx, "t.id", " order by t.id limit " + std::to_string(records_per_batch));
    std::vector<Id> ids;
    for (int i = 0; i < rows.size(); ++i) {
        db::read_cell(rows.text(i, 0), ids.emplace_back());
    }
    co_return ids;
}

// Of those that the filter finds, what comes after the last one that is done. What was created
// after the work was asked for is not meant. As lists read, but with the time that a whole company
// may need.
Task<db::Rows> OperationWork::chosen(Ctx& ctx, std::string what, std::string in_which_order) {
    const records::Kind& seen = ctx.services.entities().seen(*entity, ctx.who);
    records::ListQuery query = co_await records::read_selection(ctx, seen, row_.args);
    db::Statement read;
    read.sql = "select " + what + " from " + std::string(entity->entity->table) + " t where " +
               query.where + " and t.created_at <= " + query.sql.add(row_.created_at) +
               "::timestamptz";
    if (row_.cursor_id) {
        read.sql += " and t.id > " + query.sql.add(*row_.cursor_id) + "::uuid";
    }
    read.sql += in_which_order;
    read.params = std::move(query.sql.params);
    std::vector<db::Statement> unit;
    unit.push_back(std::move(read));
    const db::Scope scope{db::Role::reader, ctx.who.tenant};
    db::Options options;
    options.slow = true;
    options.timeout = db::background;
    auto answers = co_await ctx.services.database().run(ctx.loop, scope, std::move(unit), options);
    co_return std::move(answers.front());
}

}  // namespace ponte::work
