#include "kernel/realtime/relay.hpp"

#include "kernel/error.hpp"
#include "kernel/events/notice.hpp"
#include "kernel/services.hpp"

namespace ponte::realtime {
namespace {

constexpr const char* channel = "ponte_told";
constexpr Milliseconds between_notices{50};
constexpr std::size_t most_bytes = 7'500;  // PostgreSQL takes 8000

std::string line_of(const Announcement& told) {
    return Json::array({Json(told.tenant), told.user ? Json(*told.user) : Json{}, told.resource,
                        told.name, told.payload_json})
        .dump();
}

std::optional<Announcement> told_in(const Json& line) {
    const Json::Array& items = line.items();
    constexpr std::size_t parts = 5;
    const auto tenant = items.size() == parts ? Id::parse(items[0].as_string()) : std::nullopt;
    if (!tenant) {
        return {};
    }
    return Announcement{*tenant, Id::parse(items[1].as_string()), items[2].as_string(),
                        items[3].as_string(), items[4].as_string()};
}

}  // namespace

struct Relay::Parts : std::enable_shared_from_this<Relay::Parts> {
    explicit Parts(std::shared_ptr<Core> core_)
        : core(std::move(core_)), loop(core->services.loops.at(0)) {}

    const std::shared_ptr<Core> core;
    Loop& loop;
    const std::string node = Id::make().text();
    std::mutex mutex;
    std::string lines;  // JSON, comma-separated
    bool is_due = false;

    void flush() {
        std::string payload = "{\"node\":\"" + node + "\",\"told\":[";
        {
            const std::scoped_lock lock(mutex);
            payload += std::exchange(lines, {}) + "]}";
            is_due = false;
        }
        if (!core->is_draining) {
            spawn(loop, notify(shared_from_this(), std::move(payload)), [](std::exception_ptr) {});
        }
    }
    static Task<> notify(std::shared_ptr<Parts> self, std::string payload) {
        constexpr const char* sql =
            "select set_config('synchronous_commit', 'off', true), pg_notify($1, $2)";
        const db::Scope scope{db::Role::system, {}};
        db::Params params{channel, std::move(payload)};
        co_await self->core->services.database().query(self->loop, scope, sql, std::move(params));
    }
    void receive(const std::string& payload) {
        if (payload.empty()) {
            return;  // only a sign that the line stands again
        }
        const Json json = Json::parse(payload);
        if (json["node"].as_string() == node) {
            return;
        }
        for (const Json& line : json["told"].items()) {
            if (const auto told = told_in(line)) {
                core->tell(*told);
            }
        }
    }
};

Relay::Relay(std::shared_ptr<Core> core) : parts_(std::make_shared<Parts>(std::move(core))) {}

void Relay::start() {
    Services& services = parts_->core->services;
    if (others_may_exist(services.settings)) {
        services.database().listen(parts_->loop, channel,
                                   [parts = parts_](const std::string& payload) {
                                       try {
                                           parts->receive(payload);
                                       } catch (const Error&) {
                                           // Somebody else uses our channel; it is not for us.
                                       }
                                   });
    }
}

void Relay::send(const Announcement& told) {
    if (!others_may_exist(parts_->core->services.settings)) {
        return;
    }
    const std::string line = line_of(told);
    const std::scoped_lock lock(parts_->mutex);
    if (parts_->lines.size() + line.size() + 1 > most_bytes) {
        return;
    }
    parts_->lines += (parts_->lines.empty() ? "" : ",") + line;
    if (!std::exchange(parts_->is_due, true)) {
        parts_->loop.post_after(between_notices, [parts = parts_] { parts->flush(); });
    }
}

}  // namespace ponte::realtime
