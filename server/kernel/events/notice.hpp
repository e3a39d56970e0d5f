// Tells other nodes that there is something to look for, at most once in 50 ms, in a transaction of
// its own: a NOTIFY takes a database-wide lock until its commit, so no business transaction may
// send one. Silent when this process is the whole installation.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "kernel/loop.hpp"

namespace ponte {

class Services;

class Notice {
public:
    // `channel` is a name of ours, never input.
    Notice(Services& services, Loop& loop, std::string channel);
    ~Notice();
    void send();  // any thread

private:
    struct Parts;
    std::shared_ptr<Parts> parts_;
};

}  // namespace ponte
