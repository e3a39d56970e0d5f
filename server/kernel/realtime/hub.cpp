#include "kernel/app.hpp"
#include "kernel/realtime.hpp"
#include "kernel/realtime/polling.hpp"
#include "kernel/realtime/probe.hpp"
#include "kernel/realtime/relay.hpp"
#include "kernel/realtime/station.hpp"

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
    explicit Parts(App& app) : core(std::make_shared<Core>(app)), relay(core) {}
    const std::shared_ptr<Core> core;
    Relay relay;
};

Hub::Hub(App& app) : parts_(std::make_unique<Parts>(app)) {
    const std::shared_ptr<Core>& core = parts_->core;
    app.feed().subscribe([core](const std::vector<Event>& batch) { core->publish(batch); });
    app.sessions().on_revoked([core](const Id& id) { core->revoke(id); });
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

void Hub::tell_tenant(const Id& tenant, std::string_view resource, std::string_view name,
                      Json payload) {
    const Told told{tenant, {}, std::string(resource), std::string(name), payload.dump()};
    parts_->core->tell(told);
    parts_->relay.send(told);
}

void Hub::tell_author(const Id& tenant, const std::optional<Id>& author, std::string_view resource,
                      std::string_view name, Json payload) {
    const Told told{tenant, author ? *author : Id{}, std::string(resource), std::string(name),
                    payload.dump()};
    parts_->core->tell(told);
    parts_->relay.send(told);
}

void Hub::tell_user(const Id& tenant, const Id& user, std::string_view name, Json payload) {
    const Told told{tenant, user, {}, std::string(name), payload.dump()};
    parts_->core->tell(told);
    parts_->relay.send(told);
}

std::size_t Hub::connected() const { return parts_->core->connected; }

}  // namespace ponte::realtime
