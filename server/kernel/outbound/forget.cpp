#include "kernel/outbound/forget.hpp"

#include "kernel/app.hpp"
#include "kernel/sweeping.hpp"

namespace ponte::outbound {
namespace {

struct ForgetCalls {};
template <class Visit>
void visit_fields(const ForgetCalls&, Visit&&) {}

// bulk: what two weeks have passed over is no change of anything.
constexpr const char* passed_calls =
    "delete from outgoing_calls where ctid = any (array(select ctid from outgoing_calls "
    "where at < now() - interval '14 days' limit 5000)) returning 1";
constexpr const char* passed_circuits =
    "delete from call_circuits where ctid = any (array(select ctid from call_circuits "
    "where failed_at < now() - interval '1 day' and coalesce(open_until < now(), true) "
    "limit 5000)) returning 1";
constexpr const char* passed_budgets =
    "delete from call_budgets where ctid = any (array(select ctid from call_budgets "
    "where used_at < now() - interval '32 days' and due_at is null limit 5000)) returning 1";

Task<> forget(Ctx& ctx, const ForgetCalls&) {
    for (const char* passed : {passed_calls, passed_circuits, passed_budgets}) {
        co_await repeat_until_none(ctx, passed);
    }
}

}  // namespace

void declare_forgetting(App& app) {
    app.job<ForgetCalls>("outbound.forget", forget).at("03:46").commits_itself();
}

}  // namespace ponte::outbound
