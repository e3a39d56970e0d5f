// Who may not, on every route and for every built-in role: the refusal, and that nothing else
// happened.
#include <algorithm>
#include <set>

#include "kernel/entities/catalogue.hpp"
#include "kernel/http/route_table.hpp"
#include "kernel/rights.hpp"
#include "tests/samples.hpp"

namespace ponte::testing {
namespace {

// What needs no token. A route joins this list on purpose or not at all.
const std::set<std::string> open_routes{
    "POST /auth/register",
    "POST /auth/login",
    "POST /auth/refresh",
    "POST /auth/logout",
    "GET /health",
    "GET /openapi.json",
    "GET /health/live",
    "GET /health/ready",
    "POST /auth/reset",
    "POST /auth/forgot",
    "POST /auth/email/confirm",
    "GET /file-links/{token}",
    "POST /webhooks/sendgrid/{connection}",
    "GET /auth/providers",
    "POST /auth/provider",
    "POST /auth/provider/start",
};

// One's own account, and what oneself was told: everybody who is signed in may.
bool is_of_oneself(const Route& route) {
    return route.pattern.starts_with("/auth/") || route.pattern.starts_with("/notifications");
}

std::string name_of(const Route& route) { return route.method + " " + route.pattern; }

struct House {
    Company company;
    Samples samples{company, "casa"};
    House() { samples.make_everything(); }
};

House& house() {
    static House one;
    return one;
}

// A record that exists, so that the refusal is not about that.
std::string target_of(const Route& route) {
    std::string out = "/api/v1" + with_names(route.pattern);
    for (std::size_t brace = out.find('{'); brace != std::string::npos; brace = out.find('{')) {
        const std::size_t start = out.rfind('/', brace - 2) + 1;
        const std::string word = out.substr(start, brace - 1 - start);
        const bool is_of_part = route.piece && !server().services().entities().by_route(word);
        const std::string table = is_of_part ? std::string(route.piece->table) : table_of(word);
        const std::string id =
            server().value("select id from " + table + " where tenant_id = $1 order by id limit 1",
                           {house().company.id()});
        out = out.substr(0, brace) + id + out.substr(out.find('}', brace) + 1);
    }
    return out;
}

Reply try_as(Api& api, const Route& route) {
    const bool has_body = route.method != "GET" && route.method != "DELETE";
    const std::string_view owner = route.entity ? route.entity->name : "";
    const Body body = has_body ? Body(house().samples.body(route.body, owner)) : Body();
    return api.send(route.method, target_of(route), body);
}

// Everything that a company has, as one number that any write would move.
std::string state() {
    std::string all;
    for (const auto& kind : server().services().entities().all()) {
        all += server().value("select count(*) || ':' || coalesce(sum(version), 0) from " +
                                  std::string(kind->entity->table) + " where tenant_id = $1",
                              {house().company.id()}) +
               " ";
    }
    return all +
           server().value("select count(*) from events where tenant_id = $1",
                          {house().company.id()}) +
           " " +
           // What was under way before comes and goes.
           server().value(
               "select count(*) from jobs where tenant_id = $1 "
               "and kind not in ('webhooks.deliver', 'mail.send')",
               {house().company.id()}) +
           " " +
           server().value("select count(*) from imports where tenant_id = $1",
                          {house().company.id()});
}

Permissions rights_of(const std::string& role) {
    return server().services().rights().of(Json(role));
}

std::vector<std::string> roles() {
    std::vector<std::string> names;
    for (const auto& row :
         server().sql("select name from roles where tenant_id = $1 and is_built_in",
                      {house().company.id()})) {
        names.push_back(row[0]);
    }
    return names;
}

TEST(PermissionsTest, only_these_routes_are_open) {
    std::set<std::string> open;
    for (const auto& route : server().services().routes().all()) {
        if (route->is_open) {
            open.insert(name_of(*route));
        }
    }
    EXPECT_EQ(open, open_routes);
}

TEST(PermissionsTest, without_a_token_nothing_is_told) {
    Api nobody;
    house();
    const std::string before = state();
    for (const auto& route : server().services().routes().all()) {
        if (route->is_open) {
            continue;
        }
        const Reply reply = try_as(nobody, *route);
        EXPECT_EQ(reply.status, 401) << name_of(*route) << ": " << reply.shown();
        EXPECT_EQ(reply.code(), "unauthenticated") << name_of(*route);
        EXPECT_EQ(reply.header("www-authenticate"), "Bearer") << name_of(*route);
    }
    EXPECT_EQ(state(), before);
}

TEST(PermissionsTest, a_token_that_is_none_is_refused) {
    for (const char* token : {"x", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", " ", "\"", "\xff"}) {
        Api api(token);
        EXPECT_EQ(api.get("/api/v1/auth/me").status, 401) << token;
    }
}

TEST(PermissionsTest, who_may_not_is_refused_and_nothing_happens) {
    house();
    for (const std::string& role : roles()) {
        const Permissions rights = rights_of(role);
        Api api = house().company.user(role).api;
        const std::string before = state();
        int refused = 0;
        for (const auto& route : server().services().routes().all()) {
            if (route->is_open || route->permission.empty() || rights.allows(route->permission)) {
                continue;
            }
            const Reply reply = try_as(api, *route);
            EXPECT_EQ(reply.status, 403) << role << " " << name_of(*route) << ": " << reply.shown();
            EXPECT_EQ(reply.code(), "forbidden") << role << " " << name_of(*route);
            ++refused;
        }
        EXPECT_EQ(state(), before) << role;
        if (role != "admin") {
            EXPECT_GT(refused, 5) << role;
        }
    }
}

TEST(PermissionsTest, who_only_reads_changes_nothing_on_any_route) {
    house();
    Api api = house().company.user("readonly").api;
    const std::string before = state();
    for (const auto& route : server().services().routes().all()) {
        if (route->is_open || route->method == "GET" || is_of_oneself(*route)) {
            continue;
        }
        const Reply reply = try_as(api, *route);
        EXPECT_GE(reply.status, 400) << name_of(*route) << ": " << reply.shown();
        EXPECT_LT(reply.status, 500) << name_of(*route) << ": " << reply.shown();
    }
    EXPECT_EQ(state(), before);
}

TEST(PermissionsTest, an_administrator_is_refused_nothing) {
    for (const auto& route : server().services().routes().all()) {
        if (route->method == "GET") {
            const Reply reply = try_as(house().company.api(), *route);
            EXPECT_NE(reply.status, 401) << name_of(*route) << ": " << reply.shown();
            EXPECT_NE(reply.status, 403) << name_of(*route) << ": " << reply.shown();
        }
    }
}

// A new resource must be thought of when roles are written: an administrator has all of it.
TEST(PermissionsTest, every_permission_that_a_route_needs_is_one_that_administrators_have) {
    house();
    const Permissions rights = rights_of("admin");
    for (const auto& route : server().services().routes().all()) {
        const bool may = route->permission.empty() || rights.allows(route->permission);
        EXPECT_TRUE(may) << name_of(*route) << " needs " << route->permission;
    }
}

}  // namespace
}  // namespace ponte::testing
