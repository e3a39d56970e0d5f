#include "kernel/ctx.hpp"

#include <utility>

#include "kernel/audit/facts.hpp"
#include "kernel/db/budgets.hpp"
#include "kernel/events.hpp"
#include "kernel/events/followers.hpp"
#include "kernel/events/origins.hpp"
#include "kernel/services.hpp"

namespace ponte {

Task<> Tx::open() {
    const db::Scope scope = scope_ ? *scope_ : db::Scope{db::Role::app, ctx_.who.tenant};
    transaction_ = co_await ctx_.services.database().begin(ctx_.loop, scope, options_);
    for (auto& statement : queued_) {
        transaction_.queue(std::move(statement.sql), std::move(statement.params));
    }
    queued_.clear();
}

Task<db::Rows> Tx::query(std::string sql, db::Params params) {
    if (ctx_.reads_only && !transaction_.is_open()) {
        std::vector<db::Statement> unit;
        unit.push_back({std::move(sql), std::move(params)});
        const db::Scope scope = scope_ ? *scope_ : db::Scope{db::Role::app, ctx_.who.tenant};
        const db::Options options = options_.slow ? options_ : db::for_reading;
        auto answers =
            co_await ctx_.services.database().run(ctx_.loop, scope, std::move(unit), options);
        co_return std::move(answers.front());
    }
    if (!transaction_.is_open()) {
        co_await open();
    }
    db::Rows rows = co_await transaction_.query(std::move(sql), std::move(params));
    co_return rows;
}

void Tx::queue(std::string sql, db::Params params) {
    if (transaction_.is_open()) {
        transaction_.queue(std::move(sql), std::move(params));
    } else {
        queued_.push_back({std::move(sql), std::move(params)});
    }
}

Task<> Tx::commit() {
    if (is_deferred_) {
        co_return;
    }
    if (transaction_.is_open()) {
        co_await transaction_.commit();
        transaction_ = {};
    } else if (!queued_.empty()) {
        const db::Scope scope = scope_ ? *scope_ : db::Scope{db::Role::app, ctx_.who.tenant};
        std::vector<db::Statement> unit = std::move(queued_);
        queued_.clear();
        co_await ctx_.services.database().run(ctx_.loop, scope, std::move(unit), options_);
    }
    committed();
}

Task<> Tx::commit_deferred() {
    is_deferred_ = false;
    co_await commit();
}

Task<db::Rows> Tx::commit_with(std::string sql, db::Params params) {
    db::Rows rows;
    if (is_deferred_) {
        rows = co_await query(std::move(sql), std::move(params));
        co_return rows;
    }
    if (transaction_.is_open()) {
        rows = co_await transaction_.commit_with(std::move(sql), std::move(params));
        transaction_ = {};
    } else {
        queued_.push_back({std::move(sql), std::move(params)});
        const db::Scope scope = scope_ ? *scope_ : db::Scope{db::Role::app, ctx_.who.tenant};
        std::vector<db::Statement> unit = std::move(queued_);
        queued_.clear();
        auto answers =
            co_await ctx_.services.database().run(ctx_.loop, scope, std::move(unit), options_);
        rows = std::move(answers.back());
    }
    committed();
    co_return rows;
}

Task<> Tx::rollback() {
    transaction_ = {};
    queued_.clear();
    after_commit_.clear();
    ctx_.wrote_events = false;
    ctx_.enqueued = false;
    ctx_.written.clear();
    ctx_.has_noted_origin_ = false;
    co_return;
}

Task<std::int64_t> Tx::copy_in(std::string sql, std::string data) {
    if (!transaction_.is_open()) {
        co_await open();
    }
    const std::int64_t count = co_await transaction_.copy_in(std::move(sql), std::move(data));
    co_return count;
}

void Tx::act_as(db::Scope scope) { scope_ = scope; }

// What others may now see: caches of this tenant are stale, readers of the log and workers wake.
void Tx::committed() {
    has_committed_ = true;
    if (ctx_.writes_by_hand || !ctx_.written.empty()) {
        ctx_.services.followers().committed(ctx_.who.tenant, ctx_.written);
    }
    ctx_.written.clear();
    if (ctx_.wrote_events) {
        ctx_.services.feed().wake();
        ctx_.wrote_events = false;
    }
    if (ctx_.enqueued) {
        ctx_.services.jobs().wake();
        ctx_.enqueued = false;
    }
    for (const auto& run : std::exchange(after_commit_, {})) {
        run();
    }
}

void Ctx::after_commit(std::function<void()> run) { tx.after_commit_.push_back(std::move(run)); }

void Ctx::wrote(std::string_view entity) {
    wrote_events = true;
    note_origin();
    if (written.empty() || written.back() != entity) {
        written.push_back(entity);
    }
}

void Ctx::note_origin() {
    if (origin && !has_noted_origin_ && !who.tenant.is_nil()) {
        has_noted_origin_ = true;
        services.origins().note(*this);
    }
}

void Ctx::audit(std::string_view event, std::optional<Id> entity_id, Json details) {
    audit::queue_fact(*this, event, entity_id, std::move(details));
    note_origin();
}

void Ctx::enter(const Id& tenant, const Id& user) {
    who.tenant = tenant;
    who.user = user;
}

void Ctx::enter_as_system(const Id& tenant, const Id& user) {
    who = Principal{};
    who.is_system = true;
    enter(tenant, user);
}

void Ctx::heed(const Event& event) {
    if (services.followers().concern(event.entity)) {
        after_commit([&followers = services.followers(), event] { followers.apply(event); });
    }
}

void Ctx::enqueue_args(std::type_index type, Json args, const EnqueueOptions& options) {
    const std::optional<Id> tenant = who.tenant.is_nil() ? std::optional<Id>{} : who.tenant;
    db::Statement statement =
        enqueue_statement(services.jobs().kind_of(type), args, tenant, options);
    tx.queue(std::move(statement.sql), std::move(statement.params));
    enqueued = true;
}

void Ctx::enqueue_many_args(std::type_index type, const Json& all_args,
                            const EnqueueOptions& options) {
    const std::optional<Id> tenant = who.tenant.is_nil() ? std::optional<Id>{} : who.tenant;
    db::Statement statement =
        enqueue_many_statement(services.jobs().kind_of(type), all_args, tenant, options);
    tx.queue(std::move(statement.sql), std::move(statement.params));
    enqueued = true;
}

Reach Ctx::reach(std::string_view resource, std::string_view action) const {
    return who.is_system ? Reach::all : who.permissions.reach(resource, action);
}

void Ctx::require(std::string_view permission) const {
    if (!who.is_system && !who.permissions.allows(permission)) {
        throw forbidden();
    }
}

}  // namespace ponte
