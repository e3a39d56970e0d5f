// libcurl on one loop: it says which sockets and which time it waits for, the loop waits for them.
#pragma once

#include <memory>

#include "kernel/outbound/transfer.hpp"

namespace ponte::outbound {

class Client {
public:
    Client(Loop& loop, const Ways& ways);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    // Answers in the order of the calls.
    Task<std::vector<Answer>> run(std::vector<Call> calls, std::size_t at_once);

private:
    class Engine;
    class Running;
    const Ways& ways_;
    const std::unique_ptr<Engine> engine_;
};

}  // namespace ponte::outbound
