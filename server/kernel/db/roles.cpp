#include "kernel/db/roles.hpp"

namespace ponte::db {
namespace {

constexpr std::size_t longest_name = 63;
constexpr const char* insufficient_privilege = "42501";

bool exists(OwnerConnection& owner, const std::string& role) {
    return !owner.value("select 1 from pg_roles where rolname = $1", {role}).empty();
}

bool is_member(OwnerConnection& owner, const std::string& role, const std::string& member) {
    return !owner
                .value(
                    "select 1 from pg_auth_members m join pg_roles r on r.oid = m.roleid "
                    "join pg_roles a on a.oid = m.member where r.rolname = $1 and a.rolname = $2",
                    {role, member})
                .empty();
}

// What has to run so that the roles are as they should be, in order.
std::vector<std::string> repairs(OwnerConnection& owner, const RoleNames& roles) {
    std::vector<std::string> statements;
    const std::string app = owner.quoted_name(roles.app);
    if (!exists(owner, roles.app)) {
        statements.push_back("create role " + app + " login noinherit");
    }
    for (const std::string& role : {roles.reader, roles.system}) {
        if (!exists(owner, role)) {
            statements.push_back("create role " + owner.quoted_name(role));
        }
        if (!is_member(owner, role, roles.app)) {
            statements.push_back("grant " + owner.quoted_name(role) + " to " + app);
        }
    }
    const bool is_able_to_log_in =
        owner.value("select rolcanlogin and not rolinherit from pg_roles where rolname = $1",
                    {roles.app}) != "f";
    if (!is_able_to_log_in) {
        statements.push_back("alter role " + app + " login noinherit");
    }
    return statements;
}

// Row security does not bind these, so everything would seem to work, without any wall.
void refuse_unbound(OwnerConnection& owner, const RoleNames& roles) {
    for (const std::string& role : {roles.app, roles.reader, roles.system}) {
        const std::string is_unbound = owner.value(
            "select rolsuper or rolbypassrls or exists (select from pg_class c "
            "where c.relowner = r.oid and c.relnamespace = 'public'::regnamespace) "
            "from pg_roles r where rolname = $1",
            {role});
        if (is_unbound == "t") {
            throw std::runtime_error("the role " + role +
                                     " is a superuser, bypasses row security or owns tables; it "
                                     "must not, because nothing would separate the companies");
        }
    }
    // Policies bind whoever has the rights of their role; the application takes them on only by
    // `set role`.
    for (const std::string& role : {roles.reader, roles.system}) {
        if (owner.value("select pg_has_role($1, $2, 'usage')", {roles.app, role}) == "t") {
            throw std::runtime_error("the role " + roles.app + " inherits the rights of " + role +
                                     "; it must not, because nothing would separate the companies "
                                     "(revoke it, and grant it with inherit false)");
        }
    }
}

void run_or_explain(OwnerConnection& owner, const std::vector<std::string>& statements) {
    try {
        for (const std::string& statement : statements) {
            owner.run(statement);
        }
    } catch (const DatabaseProblem& problem) {
        if (problem.sqlstate != insufficient_privilege) {
            throw;
        }
        std::string text = "the role " + owner.user() +
                           " may not create roles. Let the administrator of PostgreSQL either run\n"
                           "    alter role " +
                           owner.quoted_name(owner.user()) + " createrole;\nor run\n";
        for (const std::string& statement : statements) {
            text += "    " + statement + ";\n";
        }
        throw std::runtime_error(text);
    }
}

bool can_log_in(const std::string& conninfo, std::string& problem) {
    try {
        const OwnerConnection trial(conninfo);
        return true;
    } catch (const DatabaseProblem& refusal) {
        problem = refusal.what();
        return false;
    }
}

void ensure_password(OwnerConnection& owner, const std::string& owner_conninfo,
                     const Login& login) {
    const std::string conninfo = with_login(with_database(owner_conninfo, owner.database()), login);
    std::string problem;
    if (can_log_in(conninfo, problem)) {
        return;
    }
    const std::string secret = owner.quoted_text(owner.scram(login.user, login.password));
    try {
        owner.run("alter role " + owner.quoted_name(login.user) + " password " + secret);
    } catch (const DatabaseProblem& refusal) {
        throw std::runtime_error("the role " + login.user + " cannot log in (" + problem +
                                 ") and its password cannot be set: " + refusal.what());
    }
    if (!can_log_in(conninfo, problem)) {
        throw std::runtime_error("the role " + login.user + " cannot log in: " + problem);
    }
}

}  // namespace

RoleNames roles_of(const std::string& database) {
    RoleNames roles{database + "_app", database + "_reader", database + "_system"};
    if (roles.reader.size() > longest_name) {
        throw std::runtime_error(
            "the name of the database is too long for the names of its roles: " + database);
    }
    return roles;
}

void ensure_roles(OwnerConnection& owner, const std::string& owner_conninfo,
                  const std::string& app_password) {
    const RoleNames roles = roles_of(owner.database());
    run_or_explain(owner, repairs(owner, roles));
    refuse_unbound(owner, roles);
    if (owner.value("select has_database_privilege($1, current_database(), 'connect')",
                    {roles.app}) != "t") {
        owner.run("grant connect on database " + owner.quoted_name(owner.database()) + " to " +
                  owner.quoted_name(roles.app));
    }
    if (!app_password.empty()) {
        const Login login{roles.app, app_password};
        ensure_password(owner, owner_conninfo, login);
    }
}

}  // namespace ponte::db
