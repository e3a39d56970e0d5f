// Feeds of nodes on one database, and writers who commit late, in any order, or not at all.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "kernel/jobs/tests/worker.hpp"

namespace ponte {

// What one node's feed carried, in its order.
struct Heard {
    std::mutex mutex;
    std::vector<Event> events;

    void add(const std::vector<Event>& batch) {
        const std::scoped_lock lock(mutex);
        events.insert(events.end(), batch.begin(), batch.end());
    }
    std::vector<std::string> names() {
        const std::scoped_lock lock(mutex);
        std::vector<std::string> all;
        for (const Event& event : events) {
            all.push_back(event.name);
        }
        return all;
    }
};

Event event_named(std::string name, const Id& tenant);

// Opens a transaction, writes, waits, and commits or not, as chance will have it.
struct Writer {
    Services& services;
    Loop& loop;
    Id tenant;
    int number = 0, transactions = 0;
    std::mutex& mutex;
    std::set<std::string>& committed;
    std::atomic<int>& left;
};

Task<> write_many(Writer writer);

struct FeedWorld : JobWorld {
    std::shared_ptr<Heard> follow(Worker& worker);
    void write(Worker& worker, const std::string& name, bool is_quiet = false);
    static db::Transaction open_transaction(Worker& worker);
    // A storm of ten writers on the worker's loops, `meanwhile` again and again: all that they
    // committed was heard, nothing else, nothing twice, in the order of the log.
    void expect_whole(Worker& worker, int transactions,
                      const std::vector<std::shared_ptr<Heard>>& heard,
                      const std::function<void()>& meanwhile);
};

}  // namespace ponte
