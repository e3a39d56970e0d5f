#include "modules/connections/check.hpp"

#include <typeindex>

#include "kernel/sweeping.hpp"
#include "modules/connections/connection.hpp"
#include "modules/connections/connections.hpp"
#include "modules/connections/settings.hpp"
#include "modules/connections/tokens.hpp"

namespace ponte::connections {
namespace {

struct Check {
    Id connection;
};
FIELDS(Check, connection);
struct CheckAll {};
template <class Visit>
void visit_fields(const CheckAll&, Visit&&) {}

constexpr Milliseconds while_another_renews{2'000};

void check_soon(Ctx& ctx, const Id& connection, Milliseconds delay = Milliseconds{0}) {
    EnqueueOptions options;
    options.unique_key = connection.text();
    options.delay = delay;
    ctx.enqueue_args(std::type_index(typeid(Check)), args_to(Check{connection}), options);
}

struct Looked {
    Access access;
    oauth::Profile profile;
};

Task<Looked> look_once(Ctx& ctx, Id connection, const OAuthProvider& provider) {
    Looked looked;
    looked.access = co_await access_token(ctx, connection);
    co_await ctx.tx.commit();
    if (looked.access.token) {
        looked.profile =
            co_await oauth::profile_of(ctx, provider, *looked.access.token, connection);
        ctx.now = now();
    }
    co_return looked;
}

Task<> write_down(Ctx& ctx, Id connection, const Looked& looked) {
    const auto& [access, profile] = looked;
    if (access.token && profile.outcome == outbound::Outcome::ok) {
        co_await say_well(ctx, connection, profile.email);
    } else if (access.token) {
        const bool is_lasting = profile.outcome != outbound::Outcome::later;
        co_await say_problem(ctx, connection, profile.problem, is_lasting);
    } else if (access.is_later && access.problem.empty()) {
        check_soon(ctx, connection, while_another_renews);
    } else if (access.is_later) {
        co_await say_problem(ctx, connection, access.problem, false);
    } else {
        // Nothing is left to ask with; why, was said when it was lost.
        const auto standing = co_await standing_of(ctx, connection);
        const bool is_known = standing && standing->problem;
        const std::string problem = is_known ? *standing->problem : "invalid_grant";
        co_await say_problem(ctx, connection, problem, true);
    }
}

Task<> check(Ctx& ctx, const Check& job) { co_await look_at(ctx, job.connection); }

Task<> check_all(Ctx& ctx, const CheckAll&) {
    const db::Rows rows = co_await ctx.tx.query(
        "select tenant_id, id from connections where state = 'connected' and deleted_at is null "
        "limit 5000");
    enqueue_for_each(ctx, rows, "connections.check", "connection");
}

}  // namespace

Task<> check_now(Ctx& ctx, const records::Locked& connection, const Values&) {
    // So that whoever asked sees when it was, whatever comes of it.
    Values values{{"checked_at", nullptr}};
    co_await ctx.update("connection", connection.id, std::move(values));
    check_soon(ctx, connection.id);
}

Task<> look_at(Ctx& ctx, Id connection) {
    const auto standing = co_await standing_of(ctx, connection);
    if (!standing || standing->state == "disconnected") {
        co_return;
    }
    const OAuthProvider& provider = *integration_of(ctx, standing->integration).oauth;
    Looked looked = co_await look_once(ctx, connection, provider);
    // A token that was taken back before its time: the other one may still be good.
    if (looked.profile.outcome == outbound::Outcome::needs_attention) {
        distrust_token(ctx, connection);
        looked = co_await look_once(ctx, connection, provider);
    }
    co_await write_down(ctx, connection, looked);
}

void declare_checks(App& app) {
    app.job<Check>("connections.check", check).calls_out();
    app.job<CheckAll>("connections.check_all", check_all).repeat_every(std::chrono::hours{6});
}

}  // namespace ponte::connections
