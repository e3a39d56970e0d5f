#include "kernel/blocking_pool.hpp"

namespace ponte {
namespace {
constexpr std::size_t most_threads = 4;
}

void BlockingPool::run(std::function<void()> work) {
    const std::lock_guard lock(mutex_);
    if (is_stopped_) {
        return;
    }
    waiting_.push_back(std::move(work));
    if (idle_ < waiting_.size() && threads_.size() < most_threads) {
        threads_.emplace_back([this] { serve(); });
    }
    has_work_.notify_one();
}

void BlockingPool::serve() {
    std::unique_lock lock(mutex_);
    for (;;) {
        ++idle_;
        has_work_.wait(lock, [this] { return is_stopped_ || !waiting_.empty(); });
        --idle_;
        if (is_stopped_) {
            return;
        }
        const auto work = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        work();
        lock.lock();
    }
}

void BlockingPool::stop() {
    std::vector<std::thread> threads;
    {
        const std::lock_guard lock(mutex_);
        is_stopped_ = true;
        waiting_.clear();
        threads.swap(threads_);
    }
    has_work_.notify_all();
    for (auto& thread : threads) {
        thread.join();
    }
}

}  // namespace ponte
