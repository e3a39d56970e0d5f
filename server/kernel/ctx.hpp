// Everything one request or job may touch. It belongs to that request or job alone: pass it down,
// never keep it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/auth.hpp"
#include "kernel/db.hpp"
#include "kernel/entity.hpp"
#include "kernel/error.hpp"
#include "kernel/jobs.hpp"
#include "kernel/loop.hpp"
#include "kernel/words.hpp"

namespace ponte {

class Ctx;
class Services;
struct Event;
struct Route;

// The transaction of a request or job, opened when the first query needs it. What is only queued
// goes out with the commit as one unit: one round trip. On GET every query is a unit of its own.
class Tx {
public:
    explicit Tx(Ctx& ctx) : ctx_(ctx) {}
    Task<db::Rows> query(std::string sql, db::Params params = {});
    void queue(std::string sql, db::Params params = {});
    Task<> commit();
    Task<db::Rows> commit_with(std::string sql, db::Params params = {});
    Task<> rollback();
    Task<std::int64_t> copy_in(std::string sql, std::string data);
    // For code that acts before a tenant is known (sign-in) or across tenants (the kernel's
    // tables).
    void act_as(db::Scope scope);
    void use_slow_pool() {
        options_.slow = true;
        options_.timeout = Milliseconds{600'000};
    }
    bool has_work() const { return transaction_.is_open() || !queued_.empty(); }
    bool has_committed() const { return has_committed_; }
    // From here on `commit` and `commit_with` of a handler only send; who asked for this commits
    // with `commit_deferred`, so that the answer to a request can be part of its transaction.
    void defer_commit() { is_deferred_ = true; }
    Task<> commit_deferred();

    template <class Row, class... Args>
    Task<Row> one(std::string sql, Args... args);
    template <class Row, class... Args>
    Task<std::optional<Row>> maybe(std::string sql, Args... args);
    template <class Row, class... Args>
    Task<std::vector<Row>> all(std::string sql, Args... args);

private:
    friend class Ctx;
    Task<> open();
    void committed();
    Ctx& ctx_;
    db::Transaction transaction_;
    std::vector<db::Statement> queued_;
    std::optional<db::Scope> scope_;
    db::Options options_;
    bool is_deferred_ = false, has_committed_ = false;
    std::vector<std::function<void()>> after_commit_;
};

class Ctx {
public:
    Ctx(Services& services_, Loop& loop_) : services(services_), loop(loop_), tx(*this) {}
    Ctx(const Ctx&) = delete;
    Ctx& operator=(const Ctx&) = delete;

    Services& services;
    Loop& loop;
    Principal who;
    Language language = Language::pt;
    std::string request_id;
    std::string remote_address, user_agent;
    // Address and agent as the log keeps them: a number that `origins` explains. None in jobs.
    std::optional<std::int64_t> origin;
    Time now{};
    const Route* route = nullptr;  // of the request; null in jobs
    Values input, asked;           // what the route takes and asks, canonical, by snake_case name
    bool reads_only = false;       // GET: every query is a unit
    std::optional<Id> operation;   // writes of a bulk, an import, an undo carry it
    std::optional<Id> job;         // the running job
    Tx tx;

    // From here on this company, and somebody of it: for code that finds out who asks (sign-in),
    // and for what the program does by itself, which may do everything there.
    void enter(const Id& tenant, const Id& user = {});
    void enter_as_system(const Id& tenant, const Id& user = {});

    // Writes go through the declaration: validation, history and the event come along. Queued where
    // possible. Throws 422 with all problems at once.
    Task<Id> create(std::string_view entity, Values values);
    Task<> update(std::string_view entity, Id id, Values values,
                  std::optional<std::int64_t> expected_version = {});
    Task<> remove(std::string_view entity, Id id,
                  std::optional<std::int64_t> expected_version = {});
    Task<> restore(std::string_view entity, Id id);
    // Many at once: a statement for all of them, one for their events, and each hook once.
    Task<std::vector<Id>> create_many(std::string_view entity, std::vector<Values> records);
    Task<> update_many(std::string_view entity, std::vector<std::pair<Id, Values>> changes);
    Task<> remove_many(std::string_view entity, std::vector<Id> ids);
    Task<> restore_many(std::string_view entity, std::vector<Id> ids);

    // Something that happened to a record beside its changes ("proposal.accepted"). Whose it is,
    // who made it and its version are the record's, so that the event reaches whoever may see it.
    void emit(std::string_view event, Id entity_id, Json changes = Json::object());
    // What is no change of a record and yet must be answered for: "export.downloaded", of which
    // record, and facts about it (never a secret). For the audit alone; nobody else hears of it.
    void audit(std::string_view event, std::optional<Id> entity_id = {},
               Json details = Json::object());
    template <class Args, class... Values_>
    void enqueue(Values_... values) {
        enqueue_args(std::type_index(typeid(Args)), args_to(Args{std::move(values)...}));
    }
    void enqueue_args(std::type_index type, Json args, const EnqueueOptions& options = {});
    // Thousands in one statement, in their order.
    template <class Args>
    void enqueue_many(const std::vector<Args>& all, const EnqueueOptions& options = {}) {
        Json all_args = Json::array();
        for (const Args& one : all) {
            all_args.push(args_to(one));
        }
        enqueue_many_args(std::type_index(typeid(Args)), all_args, options);
    }
    void enqueue_many_args(std::type_index type, const Json& all_args,
                           const EnqueueOptions& options);

    Reach reach(std::string_view resource, std::string_view action) const;
    void require(std::string_view permission) const;  // "contacts.read"; throws 403

    // Runs on this loop once what was written until then is committed, before the answer is sent;
    // dropped by a rollback. For what this process remembers (sessions, caches) and must not fail.
    void after_commit(std::function<void()> run);

    // What this process remembers (sessions, custom fields) follows an event of its own as soon as
    // it is committed, not when the feed brings it round. Whoever writes an event calls this.
    void heed(const Event& event);

    // A setting of a module as its company has it ("customers.new_contact_days"), else its default.
    Task<Json> setting(std::string_view name);
    std::string_view word(std::string_view key) const { return Words::all().text(language, key); }

    bool wrote_events = false, enqueued = false;  // what to wake after the commit
    // Entities of the records that were written, names of declarations; "": something else. Jobs
    // and listeners write nothing else that an answer tells; a request may, by hand.
    std::vector<std::string_view> written;
    bool writes_by_hand = true;
    void wrote(std::string_view entity);

private:
    friend class Tx;
    bool has_noted_origin_ = false;
    void note_origin();
};

template <class Row, class... Args>
Task<std::optional<Row>> Tx::maybe(std::string sql, Args... args) {
    db::Params params{db::Param(args)...};
    const db::Rows rows = co_await query(std::move(sql), std::move(params));
    std::optional<Row> found;
    if (!rows.empty()) {
        found = db::read_row<Row>(rows, 0);
    }
    co_return found;
}
template <class Row, class... Args>
Task<Row> Tx::one(std::string sql, Args... args) {
    db::Params params{db::Param(args)...};
    const db::Rows rows = co_await query(std::move(sql), std::move(params));
    if (rows.empty()) {
        db::throw_no_record();
    }
    co_return db::read_row<Row>(rows, 0);
}
template <class Row, class... Args>
Task<std::vector<Row>> Tx::all(std::string sql, Args... args) {
    db::Params params{db::Param(args)...};
    const db::Rows rows = co_await query(std::move(sql), std::move(params));
    std::vector<Row> found;
    for (int i = 0; i < rows.size(); ++i) {
        found.push_back(db::read_row<Row>(rows, i));
    }
    co_return found;
}

}  // namespace ponte
