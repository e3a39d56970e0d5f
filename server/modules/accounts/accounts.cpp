#include "modules/accounts/accounts.hpp"

#include "kernel/app.hpp"
#include "modules/accounts/account.hpp"
#include "modules/accounts/api_key.hpp"
#include "modules/accounts/built_in_roles.hpp"
#include "modules/accounts/email_change.hpp"
#include "modules/accounts/invitation.hpp"
#include "modules/accounts/password_reset.hpp"
#include "modules/accounts/people.hpp"
#include "modules/accounts/provider_sign_in.hpp"
#include "modules/accounts/role.hpp"
#include "modules/accounts/second_factor.hpp"
#include "modules/accounts/session.hpp"
#include "modules/accounts/sign_in.hpp"
#include "modules/accounts/tenant.hpp"
#include "modules/accounts/user.hpp"

namespace ponte::accounts {
namespace {

struct ClearSessions {};
template <class Visit>
void visit_fields(const ClearSessions&, Visit&&) {}

// Ended sessions are kept a month, so that "who was signed in where" can still be answered; whence
// a key was used, a year.
Task<> clear_sessions(Ctx& ctx, const ClearSessions&) {
    ctx.tx.act_as({db::Role::system, {}});
    // bulk: what is removed here has been invalid for a month.
    ctx.tx.queue("delete from sessions where expires_at < now() - interval '30 days'");
    ctx.tx.queue("delete from api_key_addresses where seen_at < now() - interval '1 year'");
    co_return;
}

}  // namespace

void declare(App& app) {
    app.people(people());
    declare_built_in_roles(app);
    // Own routes stand before the entities: the first declaration of a route wins.
    declare_sign_in_routes(app);
    declare_provider_routes(app);
    declare_session_routes(app);
    declare_account_routes(app);
    declare_email_change_routes(app);
    declare_second_factor_routes(app);
    declare_tenant_routes(app);
    declare_role_routes(app);
    declare_user_routes(app);
    declare_password_reset_routes(app);
    declare_invitation_routes(app);
    declare_api_key_routes(app);
    app.entity(team_entity);
    app.entity(user_entity);
    app.entity(role_entity);
    app.entity(api_key_entity);
    app.job<ClearSessions>("accounts.clear_sessions", clear_sessions).at("03:30");
}

}  // namespace ponte::accounts
