#include "kernel/events/announcer.hpp"
#include "kernel/people.hpp"
#include "kernel/realtime.hpp"
#include "kernel/realtime/polling.hpp"
#include "kernel/realtime/probe.hpp"
#include "kernel/realtime/relay.hpp"
#include "kernel/realtime/station.hpp"
#include "kernel/services.hpp"

namespace ponte::realtime {
namespace {

constexpr Milliseconds between_beats{1'000};

void beat(std::shared_ptr<Core> core, Station& station) {
    station.loop().post_after(between_beats, [core, &station] {
        station.beat();
        if (!core->is_draining) {
            beat(core, station);
        }
    });
}

http::Response upgrade_error(int status, std::string_view message) {
    http::Response response;
    response.status = status;
    response.content_type = "text/plain; charset=UTF-8";
    response.body = message;
    return response;
}

}  // namespace

// Shared with whatever is under way on the loops and may end a moment after the hub.
struct Hub::Parts {
    explicit Parts(Services& services) : core(std::make_shared<Core>(services)), relay(core) {}
    const std::shared_ptr<Core> core;
    Relay relay;
};

Hub::Hub(Services& services) : parts_(std::make_unique<Parts>(services)) {}

void Hub::follow_the_log() {
    const std::shared_ptr<Core>& core = parts_->core;
    Services& services = core->services;
    services.feed().subscribe([core](const std::vector<Event>& batch) { core->publish(batch); });
    services.sessions().on_revoked([core](const Id& id) { core->revoke(id); });
    services.announcer().carried_by([this](const Announcement& announced) {
        parts_->core->tell(announced);
        parts_->relay.send(announced);
    });
}

Hub::~Hub() { stop(); }

void Hub::start() {
    for (const auto& station : parts_->core->stations) {
        beat(parts_->core, *station);
    }
    parts_->relay.start();
}

void Hub::stop() { parts_->core->close_all(); }

Task<http::Response> Hub::poll(Loop& loop, const http::Request& request) {
    http::Response response = co_await answer_polling(parts_->core, loop, request);
    co_return response;
}

std::function<void(std::shared_ptr<http::WebSocket>)> Hub::upgrade(const http::Request& request,
                                                                   http::Response& refusal) {
    const std::shared_ptr<Core> core = parts_->core;
    constexpr int unavailable_status = 503, bad_request_status = 400;
    if (core->is_draining) {
        refusal = upgrade_error(unavailable_status, "Shutting down");
        return {};
    }
    if (const auto problem = engine_problem(request, true, *core)) {
        refusal = upgrade_error(bad_request_status, engine_problem_text(*problem));
        return {};
    }
    const auto sid = request.query_value("sid");
    if (!sid) {
        return [core](std::shared_ptr<http::WebSocket> socket) {
            core->station_of(socket->loop()).open(std::move(socket));
        };
    }
    return [core, sid = *sid](std::shared_ptr<http::WebSocket> socket) {
        std::make_shared<Probe>(core, sid, std::move(socket))->begin();
    };
}

std::size_t Hub::connected() const { return parts_->core->connected; }

}  // namespace ponte::realtime
