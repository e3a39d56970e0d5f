// Somebody else's mail server on the loopback: takes what is sent, or refuses it as it is told.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "kernel/testing/loopback.hpp"

namespace ponte::testing {

struct Received {
    std::string from, to, data;                         // as it came, with its CRLFs
    std::string header(const std::string& name) const;  // unfolded, still encoded
};

class Mailbox {
public:
    // The reply to RCPT TO; "250 OK" when there is none: "550 5.1.1 no such user".
    using Judge = std::function<std::string(const std::string& to)>;
    explicit Mailbox(Judge judge = {});
    ~Mailbox() { loopback_.end(); }
    Mailbox(const Mailbox&) = delete;
    Mailbox& operator=(const Mailbox&) = delete;

    int port() const { return loopback_.port(); }
    std::vector<Received> received() const;

private:
    void serve(int socket);

    const Judge judge_;
    mutable std::mutex mutex_;
    std::vector<Received> received_;
    Loopback loopback_;
};

}  // namespace ponte::testing
