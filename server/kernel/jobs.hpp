// Durable work: rows written in the transaction of the change that wants them, taken with leases,
// fair between tenants, retried with backoff and jitter, kept as dead letters when given up.
// A job is a struct of ids with FIELDS and a function safe to run twice.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <typeindex>

#include "kernel/db.hpp"
#include "kernel/id.hpp"
#include "kernel/json.hpp"
#include "kernel/loop.hpp"
#include "kernel/task.hpp"

namespace ponte {

class Services;
class Ctx;

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
    std::string unique_key;  // a waiting job of the same kind and key is not enqueued twice
};

// Writes the job within a unit or transaction: the statement to queue.
db::Statement enqueue_statement(std::string_view kind, const Json& args,
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
