#include <filesystem>

#include "kernel/http/worker.hpp"
#include "kernel/log.hpp"

namespace ponte::http {
namespace {

// Runs `work` on every loop; when it returns all have done it, or `patience` is over.
template <class Work>
void on_every_loop(const std::vector<std::shared_ptr<Worker>>& workers, Milliseconds patience,
                   Work work) {
    struct Count {
        std::mutex mutex;
        std::condition_variable changed;
        std::size_t left = 0;
    };
    const auto count = std::make_shared<Count>();  // outlives us when a loop is stuck
    count->left = workers.size();
    for (std::size_t i = 0; i < workers.size(); ++i) {
        workers[i]->loop().post([count, i, worker = workers[i], work] {
            work(*worker, i);
            const std::lock_guard lock(count->mutex);
            --count->left;
            count->changed.notify_all();
        });
    }
    std::unique_lock lock(count->mutex);
    count->changed.wait_for(lock, patience, [&] { return count->left == 0; });
}

}  // namespace

struct Server::Parts {
    Loops& loops;
    std::shared_ptr<Shared> shared;
    std::vector<std::shared_ptr<Worker>> workers;
    std::vector<std::shared_ptr<Listener>> listeners;
    std::string address;

    Parts(Loops& loops_, std::shared_ptr<Shared> shared_)
        : loops(loops_), shared(std::move(shared_)) {}
};

Server::Server(Loops& loops, ServerConfig config, Handlers handlers)
    : parts_(std::make_unique<Parts>(
          loops, std::make_shared<Shared>(std::move(config), std::move(handlers)))) {}

// After Loops::stop, or after drain: nothing may still be answered from our memory.
Server::~Server() = default;

void Server::start() {
    Parts& parts = *parts_;
    const ServerConfig& config = parts.shared->config;
    if (!config.upload_dir.empty()) {
        std::filesystem::create_directories(config.upload_dir);
    }
    std::string listen = config.listen;
    Listener::check_free(parts.loops.at(0), listen);
    for (std::size_t i = 0; i < parts.loops.size(); ++i) {
        Loop& loop = parts.loops.at(i);
        const auto worker = std::make_shared<Worker>(loop, parts.shared);
        auto accept = [worker](std::unique_ptr<Stream> stream, std::string peer) {
            worker->accept(std::move(stream), std::move(peer));
        };
        parts.listeners.push_back(std::make_shared<Listener>(loop, listen, std::move(accept)));
        parts.workers.push_back(worker);
        listen = parts.listeners.front()->address();
    }
    parts.address = "http://" + listen;
    for (std::size_t i = 0; i < parts.workers.size(); ++i) {
        parts.loops.at(i).post([worker = parts.workers[i], listener = parts.listeners[i]] {
            worker->start_clock();
            listener->start();
        });
    }
}

std::string Server::address() const { return parts_->address; }

void Server::drain(Milliseconds grace) {
    Parts& parts = *parts_;
    constexpr Milliseconds patience{2'000};  // with a loop that is busy
    const auto listeners = parts.listeners;
    on_every_loop(parts.workers, patience, [listeners](Worker& worker, std::size_t i) {
        listeners[i]->close();
        worker.drain();
    });
    {
        std::unique_lock lock(parts.shared->mutex);
        parts.shared->became_empty.wait_for(lock, grace,
                                            [&] { return parts.shared->connections == 0; });
    }
    on_every_loop(parts.workers, patience, [](Worker& worker, std::size_t) { worker.kill_all(); });
}

}  // namespace ponte::http
