// Nodes with listeners for tests, on one database, and what they heard. A handler of a test writes
// an event for each that it hears, in its transaction: what stands in the log has happened.
#pragma once

#include "kernel/jobs/tests/worker.hpp"
#include "kernel/listeners/listeners.hpp"

namespace ponte::listeners {

// "test.hear", which hears "contact.*" and leaves "heard.<number of the event>" in the log.
Task<> leave_word(Ctx& ctx, const Event& event);
int number_of(const Event& event);

struct ListenerWorld : JobWorld {
    ListenerWorld() { sql("truncate listener_leases, listeners"); }

    Worker& drive(void (*declare)(App&));
    // Until it is driven by somebody: from then on it hears.
    void wait_for_lease(std::string_view name);
    void write(const Id& tenant, int number, std::string_view name = "contact.updated");
    // In the order in which they were heard.
    std::vector<int> heard(const Id& tenant);
    void wait_for_heard(const Id& tenant, std::size_t count);
    std::string state_of(const Id& tenant, std::string_view column = "state");

private:
    Worker* writer_ = nullptr;
};

std::vector<int> numbers_until(int end);

}  // namespace ponte::listeners
