// A few threads for work that would hold up a loop: hashing, files, documents. Shared by all loops;
// reached through `offload` in loop.hpp only.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace ponte {

class BlockingPool {
public:
    BlockingPool() = default;
    ~BlockingPool() { stop(); }
    BlockingPool(const BlockingPool&) = delete;
    BlockingPool& operator=(const BlockingPool&) = delete;

    void run(std::function<void()> work);  // any thread; `work` must not throw
    void stop();  // ends what runs, drops what waits; later work is dropped, too

private:
    void serve();

    std::mutex mutex_;
    std::condition_variable has_work_;
    std::deque<std::function<void()>> waiting_;
    std::vector<std::thread> threads_;  // started when first needed
    std::size_t idle_ = 0;
    bool is_stopped_ = false;
};

}  // namespace ponte
