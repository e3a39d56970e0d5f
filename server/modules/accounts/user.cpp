#include "modules/accounts/user.hpp"

#include "kernel/records.hpp"
#include "modules/accounts/identity.hpp"
#include "modules/accounts/password_reset.hpp"
#include "modules/accounts/role.hpp"
#include "modules/accounts/session.hpp"

namespace ponte::accounts {
namespace {

bool is_active_admin(const Json& user) {
    return user["role"].as_string() == "admin" && user["active"].as_bool();
}

// Somebody must always be able to let the others in. The company's row is the queue in which two
// administrators who demote each other stand.
Task<> require_another_admin(Ctx& ctx, std::vector<Id> leaving) {
    ctx.tx.queue("select 1 from tenants where tenant_id = current_tenant() for no key update");
    const auto others = co_await ctx.tx.one<std::int64_t>(
        "select count(*) from users where tenant_id = current_tenant() and role = 'admin' "
        "and active and deleted_at is null and id <> all ($1::uuid[])",
        std::move(leaving));
    if (others == 0) {
        throw conflict("user.last_admin");
    }
}

Task<> require_known_role(Ctx& ctx, std::string role) {
    const auto names = co_await ctx.tx.all<std::string>(
        "select name from roles where tenant_id = current_tenant() and deleted_at is null "
        "order by created_at, id");
    Json allowed = Json::array();
    for (const std::string& name : names) {
        if (name == role) {
            co_return;
        }
        allowed.push(name);
    }
    throw invalid("role", "not_an_option", Json::object({{"allowed", std::move(allowed)}}));
}

Task<> check_user(Ctx& ctx, const Change& change, bool is_new, std::vector<Id>& leaving) {
    const Json& old = change.before;
    const Json* role = change.values.find("role");
    const Json* active = change.values.find("active");
    const bool new_role = role && role->as_string() != old["role"].as_string();
    const bool new_state = !is_new && active && active->as_bool() != old["active"].as_bool();
    const auto differs = [&](const char* field, const char* member) {
        const Json* given = is_new ? nullptr : change.values.find(field);
        return given && !(*given == old[member]);
    };
    // How somebody signs in, and whose records they see: as much theirs as their role.
    const bool is_sensitive = differs("email", "email") || differs("team_id", "teamId");
    if (!new_role && !new_state && !is_sensitive) {
        co_return;
    }
    std::vector<std::string> touched;
    if (!is_new) {
        touched.push_back(old["role"].as_string());
    }
    if (new_role) {
        co_await require_known_role(ctx, role->as_string());
        touched.push_back(role->as_string());
    }
    co_await require_covering(ctx, std::move(touched));
    const bool stays_admin =
        (!role || role->as_string() == "admin") && (!active || active->as_bool());
    if (!is_new && is_active_admin(old) && !stays_admin) {
        leaving.push_back(change.id);
    }
}

Task<> before_user(Ctx& ctx, Changes& changes) {
    std::vector<Id> leaving;  // administrators who will be none
    for (const Change& change : changes.records) {
        co_await check_user(ctx, change, changes.verb == Verb::create, leaving);
    }
    if (!leaving.empty()) {
        co_await require_another_admin(ctx, std::move(leaving));
    }
}

bool is_leaving(const Json& difference) {
    const Json& active = difference["active"]["to"];
    return active.is_bool() && !active.as_bool();
}

// The e-mail is a login; who is deactivated is signed out everywhere.
Task<> after_user(Ctx& ctx, const Changes& changes) {
    if (changes.verb != Verb::update) {
        co_return;
    }
    for (const Change& change : changes.records) {
        if (const Json* email = change.difference.find("email")) {
            change_email(ctx, change.id, (*email)["to"].as_string());
        }
        if (is_leaving(change.difference)) {
            const Ending ending{change.id, {}, {}, Ended::deactivated};
            co_await end_sessions(ctx, ending);
            withdraw_reset_links(ctx, change.id);
        }
    }
}

constexpr Field user_fields[] = {
    text("name").required().length(2, 255).searchable().sorted_as_name(),
    email("email").required().unique().searchable(),
    text("role").required().up_to(40).starts_as("agent").not_sortable(),
    link("team_id", "team"),
    boolean("active").starts_as("true").not_sortable(),
    file("photo_id").accepts("image").up_to_mb(5),
    datetime("last_login_at").read_only().not_sortable(),
};

constexpr Field team_fields[] = {
    text("name").required().length(2, 100).unique().searchable().sorted_as_name(),
};

}  // namespace

constexpr Entity user_entity{
    .name = "user",
    .table = "users",
    .fields = user_fields,
    .default_sort = "name",
    .rights = "supervisor: read | agent: read | sales: read",
    .can_be_deleted = false,  // deactivated instead: their name stays on what they did
    .is_written_by_system = true,
    .is_in_menu = false,
    .is_in_search = true,
    .tells = "password_link_made | password_reset",
    .before_write = before_user,
    .after_write = after_user,
};
static_assert(valid(user_entity));

constexpr Entity team_entity{
    .name = "team",
    .table = "teams",
    .fields = team_fields,
    .default_sort = "name",
    .rights = "supervisor: read create update delete export | agent: read | sales: read",
    .is_in_menu = false,
    .is_in_search = true,
};
static_assert(valid(team_entity));

Task<Id> insert_user(Ctx& ctx, UserDraft draft, std::string password_hash, bool is_operator) {
    const Id identity =
        co_await make_identity(ctx, draft.email, std::move(password_hash), is_operator);
    Values values;
    values.set("name", std::move(draft.name));
    values.set("email", std::move(draft.email));
    values.set("role", std::move(draft.role));
    values.set("team_id", draft.team ? Json(*draft.team) : Json{});
    values.set("active", draft.active);
    values.set("photo_id", draft.photo ? Json(*draft.photo) : Json{});
    const auto& kind = ctx.services.entities().get("user");
    const Id id = co_await records::insert(ctx, kind, std::move(values));
    // bulk: who signs in as this user is no field of the user and no news for anybody.
    ctx.tx.queue("update users set identity_id = $2 where tenant_id = current_tenant() and id = $1",
                 {id, identity});
    co_return id;
}

}  // namespace ponte::accounts
