// What was called: a row each, written behind the calls, many at once, so that none waits for it.
// What a process that is killed has not written yet, half a second's worth, is lost.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "kernel/ctx.hpp"
#include "kernel/outbound.hpp"

namespace ponte::outbound {

class Ledger : public std::enable_shared_from_this<Ledger> {
public:
    explicit Ledger(Services& services) : services_(services) {}
    void note(const Ctx& ctx, const Call& call, const Answer& answer);  // any loop
    void stop();                                                        // not on a loop: waits

private:
    static Task<> write(std::shared_ptr<Ledger> self);
    Task<> write_all();
    Loop& loop();

    Services& services_;
    std::mutex mutex_;
    std::vector<Json> waiting_;
    bool is_due_ = false;
};

}  // namespace ponte::outbound
