// Is the program alive, and can it work? For load balancers and people who watch.
#include <algorithm>
#include <chrono>
#include <memory>

#include "kernel/entities/meta.hpp"
#include "kernel/files/store.hpp"
#include "kernel/log.hpp"
#include "kernel/records/input.hpp"
#include "kernel/services.hpp"
#include "kernel/storage.hpp"

namespace ponte::records {
namespace {

using Clock = std::chrono::steady_clock;
constexpr Milliseconds longest_check{2'000};

// A question to the database on its way. A frozen database answers when it thaws, so who asked goes
// on after a while; the question ends by itself.
struct Probe {
    bool is_over = false;
    std::optional<double> latency_ms;
};

Task<> ask_database(const Services& services, Loop& loop, std::shared_ptr<Probe> probe) {
    const auto began = Clock::now();
    std::vector<db::Statement> unit;
    unit.push_back({"select 1", {}});
    db::Options options;
    options.timeout = longest_check;
    const db::Scope scope{db::Role::system, {}};
    try {
        co_await services.database().run(loop, scope, std::move(unit), options);
        const std::chrono::duration<double, std::milli> took = Clock::now() - began;
        probe->latency_ms = static_cast<double>(static_cast<int>(took.count() * 100)) / 100;
    } catch (const std::exception& failure) {
        log::warning("health: the database is away", {{"error", failure.what()}});
    }
    probe->is_over = true;
}

// The time that it took, or nothing when the database does not answer.
Task<std::optional<double>> database_latency(Ctx& ctx) {
    constexpr Milliseconds first_look{1}, longest_pause{50};
    const auto probe = std::make_shared<Probe>();
    spawn_now(ctx.loop, ask_database(ctx.services, ctx.loop, probe));
    const auto end = Clock::now() + longest_check;
    for (Milliseconds pause = first_look; !probe->is_over && Clock::now() < end;) {
        co_await ctx.loop.sleep(pause);
        pause = std::min(pause * 2, longest_pause);
    }
    co_return probe->latency_ms;
}

Json check_json(bool is_well, Json latency, std::string_view reason, bool is_required = true) {
    return Json::object({{"status", is_well ? "ok" : "unavailable"},
                         {"required", is_required},
                         {"latencyMs", std::move(latency)},
                         {"reason", is_well ? Json{} : Json(reason)}});
}

Json health_json(const Ctx& ctx, bool is_well, Json checks) {
    return Json::object({{"status", is_well ? "ok" : "unavailable"},
                         {"timestamp", format_time(ctx.now)},
                         {"checks", std::move(checks)}});
}

http::Response not_kept(http::Response response) {
    response.with("Cache-Control", "no-store");
    return response;
}

Task<http::Response> show_health(Ctx& ctx, const http::Request&) {
    const auto latency = co_await database_latency(ctx);
    const bool has_room = !storage_of(ctx.services.settings.data_dir).is_short();
    Json checks =
        Json::object({{"database", check_json(latency.has_value(),
                                              latency ? Json(*latency) : Json{}, "database")},
                      {"storage", check_json(has_room, Json{}, "storage_full")}});
    if (files::Store& store = ctx.services.files(); store.is_shared()) {
        // Without files the rest works, so no node is taken out for it. Why, the log says.
        const bool works = store.last_trouble(ctx.loop).empty();
        checks.set("files", check_json(works, Json{}, "files", false));
    }
    const bool is_well = latency && has_room;
    co_return not_kept(reply(is_well ? 200 : 503, health_json(ctx, is_well, std::move(checks))));
}

// Alive means: it answers. Who restarts a program because its database is away helps nobody.
Task<http::Response> show_alive(Ctx& ctx, const http::Request&) {
    co_return not_kept(reply(200, health_json(ctx, true, Json::object())));
}

}  // namespace

void declare_health_routes(App& app) {
    for (const auto& [pattern, name] :
         {std::pair{"/health", "getHealth"}, std::pair{"/health/ready", "getReadiness"}}) {
        Route& ready = app.route("GET", pattern, show_health);
        ready.open().in("meta").called(name).gives(200, "Health");
        ready.is_counted = false;
    }
    Route& alive = app.route("GET", "/health/live", show_alive);
    alive.open().in("meta").called("getLiveness").gives(200, "Health");
    alive.is_counted = false;
}

}  // namespace ponte::records
