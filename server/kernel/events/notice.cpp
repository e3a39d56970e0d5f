#include "kernel/events/notice.hpp"

#include <atomic>

#include "kernel/db.hpp"
#include "kernel/services.hpp"

namespace ponte {
namespace {

constexpr Milliseconds between_notices{50};

}  // namespace

struct Notice::Parts : std::enable_shared_from_this<Notice::Parts> {
    Parts(Services& services_, Loop& loop_, std::string channel_)
        : services(services_), loop(loop_), channel(std::move(channel_)) {}

    Services& services;
    Loop& loop;
    const std::string channel;
    std::atomic<bool> is_wanted = false, is_over = false;

    // The first wish starts the pause; all that come meanwhile are told together at its end.
    void want() {
        if (is_wanted.exchange(true)) {
            return;
        }
        loop.post_after(between_notices, [self = shared_from_this()] { self->fire(); });
    }
    void fire() {
        is_wanted = false;
        if (!is_over) {
            // Others look each second anyhow, so a failure is not worth more than silence.
            spawn(loop, tell(shared_from_this()), [](std::exception_ptr) {});
        }
    }
    static Task<> tell(std::shared_ptr<Parts> self) {
        // Nothing here needs to survive a crash: do not make the lane wait for the disk.
        constexpr const char* sql =
            "select set_config('synchronous_commit', 'off', true), pg_notify($1, '')";
        const db::Scope scope{db::Role::system, {}};
        db::Params params{self->channel};
        co_await self->services.database().query(self->loop, scope, sql, std::move(params));
    }
};

Notice::Notice(Services& services, Loop& loop, std::string channel)
    : parts_(std::make_shared<Parts>(services, loop, std::move(channel))) {}

Notice::~Notice() { parts_->is_over = true; }

void Notice::send() {
    if (others_may_exist(parts_->services.settings)) {
        parts_->want();
    }
}

}  // namespace ponte
