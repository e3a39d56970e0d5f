#include "kernel/testing/wait.hpp"

#include <stdexcept>
#include <string>
#include <thread>

namespace ponte::testing {
namespace {

constexpr std::chrono::milliseconds between_looks{3};

}  // namespace

bool comes_true(const std::function<bool()>& condition, std::chrono::milliseconds deadline) {
    const auto end = std::chrono::steady_clock::now() + deadline;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) {
            return false;
        }
        std::this_thread::sleep_for(between_looks);
    }
    return true;
}

void let_pass(std::chrono::milliseconds time) { std::this_thread::sleep_for(time); }

void until(const std::function<bool()>& condition, std::string_view what,
           std::chrono::milliseconds deadline) {
    if (!comes_true(condition, deadline)) {
        throw std::runtime_error("waited in vain for " + std::string(what));
    }
}

}  // namespace ponte::testing
