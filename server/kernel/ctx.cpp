#include "kernel/ctx.hpp"

#include <utility>

#include "kernel/app.hpp"
#include "kernel/db/budgets.hpp"
#include "kernel/entities/catalogue.hpp"
#include "kernel/records/statements.hpp"
#include "kernel/settings/module_settings.hpp"

namespace ponte {

Task<> Tx::open() {
    const db::Scope scope = scope_ ? *scope_ : db::Scope{db::Role::app, ctx_.who.tenant};
    transaction_ = co_await ctx_.app.database().begin(ctx_.loop, scope, options_);
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
        auto answers = co_await ctx_.app.database().run(ctx_.loop, scope, std::move(unit), options);
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
        co_await ctx_.app.database().run(ctx_.loop, scope, std::move(unit), options_);
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
            co_await ctx_.app.database().run(ctx_.loop, scope, std::move(unit), options_);
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
    ctx_.app.entities().changed(ctx_.who.tenant);
    if (ctx_.wrote_events) {
        ctx_.app.feed().wake();
        ctx_.wrote_events = false;
    }
    if (ctx_.enqueued) {
        ctx_.app.jobs().wake();
        ctx_.enqueued = false;
    }
    for (const auto& run : std::exchange(after_commit_, {})) {
        run();
    }
}

void Ctx::after_commit(std::function<void()> run) { tx.after_commit_.push_back(std::move(run)); }

bool Ctx::heeds(std::string_view entity) {
    return auth::Sessions::concerns(entity) || records::Catalogue::concerns(entity) ||
           ModuleSettings::concerns(entity);
}

void Ctx::heed(const Event& event) {
    if (heeds(event.entity)) {
        after_commit([&app = app, event] {
            app.sessions().apply(event);
            app.entities().apply(event);
            app.company_settings().apply(event);
        });
    }
}

void Ctx::emit(std::string_view event_name, Id entity_id, Json changes) {
    Event event;
    event.tenant = who.tenant;
    event.name = event_name;
    event.entity = event_name.substr(0, event_name.find('.'));
    event.entity_id = entity_id;
    event.at = now;
    if (!who.user.is_nil()) {
        event.actor = who.user;
    }
    event.operation = operation;
    event.changes = std::move(changes);
    event.request_id = request_id;
    const records::Kind* kind = app.entities().find(event.entity);
    db::Statement statement =
        kind ? records::told_statement(*this, *kind, event) : event_statement(event, false);
    tx.queue(std::move(statement.sql), std::move(statement.params));
    wrote_events = true;
    heed(event);
}

void Ctx::enqueue_args(std::type_index type, Json args, const EnqueueOptions& options) {
    const std::optional<Id> tenant = who.tenant.is_nil() ? std::optional<Id>{} : who.tenant;
    db::Statement statement = enqueue_statement(app.jobs().kind_of(type), args, tenant, options);
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
