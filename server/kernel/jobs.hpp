// Durable work: rows written in the transaction of the change that wants them, taken with leases,
// fair between tenants, retried with backoff and jitter, kept as dead letters when given up; in
// line behind others where their kind says so (decision 0155).
// A job is a struct of ids with FIELDS and a function safe to run twice. Its Ctx speaks the
// language of its company and knows its zone.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <typeindex>
#include <vector>

#include "kernel/db.hpp"
#include "kernel/id.hpp"
#include "kernel/json.hpp"
#include "kernel/loop.hpp"
#include "kernel/pacing.hpp"
#include "kernel/task.hpp"

namespace ponte {

class Services;
class Ctx;
struct Event;

// Which places a kind takes, so that no sort of work keeps another waiting.
enum class JobLane : std::int16_t {
    brief,    // computes, reads, writes: a few at a time
    lengthy,  // commits for itself in batches: fewer
    calling,  // waits for somebody else: hundreds
};

struct JobKind {
    std::string name;
    std::function<Task<>(Ctx&, const Json& args)> run;
    int max_tries = 8;
    int priority = 0;                         // higher first
    std::chrono::milliseconds lease{60'000};  // renewed while the job runs
    std::chrono::milliseconds every{0};       // schedule: once per installation, no arguments
    std::string daily_at;                     // "03:00" in APP_TIMEZONE
    std::string daily_in_companies;           // "08:00" in the zone of each
    std::string serial_field, paced_field;    // of the arguments: whose line a job stands in
    std::vector<Rate> rates;
    bool own_transaction = false;  // the function commits for itself (long work in batches)
    bool waits_for_others = false;

    JobLane lane() const {
        return waits_for_others  ? JobLane::calling
               : own_transaction ? JobLane::lengthy
                                 : JobLane::brief;
    }

    JobKind& tries(int count) {
        max_tries = count;
        return *this;
    }
    JobKind& first(int priority_) {
        priority = priority_;
        return *this;
    }
    JobKind& repeat_every(std::chrono::milliseconds period) {
        every = period;
        return *this;
    }
    JobKind& at(std::string time_of_day) {
        daily_at = std::move(time_of_day);
        return *this;
    }
    // Without arguments, once a day in every company; a day that nobody worked is made up for.
    JobKind& daily_for_each_company_at(std::string time_of_day) {
        daily_in_companies = std::move(time_of_day);
        return *this;
    }
    // Of those with the same value of this argument one at a time, in the order in which they were
    // enqueued; one tried again keeps its place, one that is given up lets the others go on.
    JobKind& serial_by(std::string field) {
        serial_field = std::move(field);
        return *this;
    }
    // Each start takes one of the budget of this name in the company, the value of the argument,
    // which whoever calls out may share (pacing::take). Those that wait for it are no tries.
    JobKind& paced_by(std::string field, std::vector<Rate> rates_) {
        paced_field = std::move(field);
        rates = std::move(rates_);
        return *this;
    }
    bool stands_in_line() const { return !serial_field.empty() || !paced_field.empty(); }
    JobKind& commits_itself() {
        own_transaction = true;
        return *this;
    }
    // It reads, commits, calls out (outbound.hpp) and writes what came of it: while it waits it
    // holds no connection, so hundreds may.
    JobKind& calls_out() {
        waits_for_others = true;
        return *this;
    }
};

struct EnqueueOptions {
    std::chrono::milliseconds delay{0};
    int priority = 0;
    std::string unique_key;   // a waiting job of the same kind and key is not enqueued twice
    std::optional<Id> group;  // job_groups.hpp: held, moved, cancelled and counted together
};

// Thrown by a job: not now, but from then on (Retry-After, an open circuit). That is no failure of
// it, up to sixty times.
struct RetryAt : std::exception {
    explicit RetryAt(Time at_, std::string why_ = "later") : at(at_), why(std::move(why_)) {}
    const char* what() const noexcept override { return why.c_str(); }
    Time at;
    std::string why;
};

// Writes the job within a unit or transaction: the statement to queue.
db::Statement enqueue_statement(std::string_view kind, const Json& args,
                                const std::optional<Id>& tenant,
                                const EnqueueOptions& options = {});
// Thousands in one statement, in their order. A unique key is of one job, so none here.
db::Statement enqueue_many_statement(std::string_view kind, const Json& all_args,
                                     const std::optional<Id>& tenant,
                                     const EnqueueOptions& options = {});

class Jobs {
public:
    explicit Jobs(Services& services);
    ~Jobs();
    JobKind& declare(std::string name, std::type_index args_type,
                     std::function<Task<>(Ctx&, const Json&)> run);
    std::string_view kind_of(std::type_index args_type) const;
    const JobKind* find(std::string_view name) const;
    std::vector<const JobKind*> kinds() const;
    // Language and zone of the company of `ctx`, remembered until an event says otherwise.
    Task<> speak_for_company(Ctx& ctx);
    void apply(const Event& event);
    void start();  // worker roles only
    void stop();   // lets running jobs reach their end, bounded; leases expire otherwise
    void wake();   // any thread; after a commit that enqueued
    // Reports progress of the running job; shown by screens, throttled to a few a second.
    Task<> progress(Ctx& ctx, std::int64_t done, std::int64_t total);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

// Arguments ↔ JSON through FIELDS.
void read_json(const Json& from, Id& to);
void read_json(const Json& from, std::string& to);
void read_json(const Json& from, std::int64_t& to);
void read_json(const Json& from, int& to);
void read_json(const Json& from, bool& to);
template <class Args>
Args args_from(const Json& json) {
    Args args{};
    visit_fields(args, [&](const char* name, auto& member) { read_json(json[name], member); });
    return args;
}
template <class Args>
Json args_to(const Args& args) {
    Json json = Json::object();
    visit_fields(args, [&](const char* name, const auto& member) { json.set(name, Json(member)); });
    return json;
}

}  // namespace ponte
