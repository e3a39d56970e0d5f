// The jobs that tests enqueue, and what became of them.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <vector>

#include "kernel/fields_macro.hpp"
#include "kernel/loop.hpp"

namespace ponte {

struct Note {
    std::string text;
};
FIELDS(Note, text);
struct Slow {
    std::string text;
};
FIELDS(Slow, text);
struct Tick {};
template <class Visit>
void visit_fields(Tick&, Visit&&) {}
template <class Visit>
void visit_fields(const Tick&, Visit&&) {}

// What the jobs of a test did; each test has its own.
struct Record {
    std::mutex mutex;
    std::vector<std::string> ran;
    std::atomic<int> failures_to_come = 0;
    std::atomic<int> running = 0, most_running = 0;
    std::atomic<Milliseconds> takes = Milliseconds{0};

    std::vector<std::string> all() {
        const std::scoped_lock lock(mutex);
        return ran;
    }
};

}  // namespace ponte
