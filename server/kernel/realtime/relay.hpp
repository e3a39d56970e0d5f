// Carries messages outside the log to the other nodes, in a NOTIFY of at most a few kilobytes each
// 50 ms. What is too big or too much stays here: a screen asks again, it is only told to look.
#pragma once

#include "kernel/realtime/core.hpp"

namespace ponte::realtime {

class Relay {
public:
    explicit Relay(std::shared_ptr<Core> core);
    void start();
    void send(const Announcement& told);  // any thread

private:
    struct Parts;
    std::shared_ptr<Parts> parts_;
};

}  // namespace ponte::realtime
