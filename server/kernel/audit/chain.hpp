// Keeps the chains of the audit going, on a node that works: looks each second and after each batch
// of the log. The nodes take turns as they come; the database lets one of them.
#pragma once

#include <memory>

namespace ponte {
class Services;
}

namespace ponte::audit {

class Chain {
public:
    explicit Chain(Services& services);
    ~Chain();
    void start();
    void stop();  // not on a loop: waits

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace ponte::audit
