// What an API key may, on every route that there is; and on another node.
#include <algorithm>

#include "kernel/http/route_table.hpp"
#include "kernel/testing/wait.hpp"
#include "modules/accounts/tests/given.hpp"
#include "tests/samples.hpp"

namespace ponte::testing {
namespace {

using accounts::MadeKey;
using accounts::make_key;

struct Walk {
    Company company;
    Samples samples{company, "chave"};
    Walk() { samples.make_everything(); }
};

Walk& walk() {
    static Walk one;
    return one;
}

std::string target_of(const Route& route) {
    std::string out = "/api/v1" + with_names(route.pattern);
    for (std::size_t brace = out.find('{'); brace != out.npos; brace = out.find('{')) {
        out = out.substr(0, brace) + Id::make().text() + out.substr(out.find('}', brace) + 1);
    }
    return out;
}

Reply try_with(Api& api, const Route& route) {
    const bool has_body = route.method != "GET" && route.method != "DELETE";
    const std::string_view owner = route.entity ? route.entity->name : "";
    const Body body = has_body ? Body(walk().samples.body(route.body, owner)) : Body();
    return api.send(route.method, target_of(route), body);
}

std::string name_of(const Route& route) { return route.method + " " + route.pattern; }

TEST(ApiKeysTest, a_key_with_one_scope_is_refused_on_every_other_route) {
    MadeKey made = make_key(walk().company.api(), {"contacts.read"});
    int refused = 0, allowed = 0;
    for (const auto& route : server().services().routes().all()) {
        if (route->is_open) {
            continue;
        }
        const Reply reply = try_with(made.api, *route);
        const bool is_in_scope = route->permission == "contacts.read";
        const bool asks_itself = route->keys == Route::Keys::by_handler;
        if (is_in_scope) {
            ++allowed;
            EXPECT_NE(reply.status, 403) << name_of(*route) << ": " << reply.shown();
        } else if (!asks_itself) {
            ++refused;
            EXPECT_EQ(reply.status, 403) << name_of(*route) << ": " << reply.shown();
        } else if (route->method != "GET") {
            EXPECT_GE(reply.status, 400) << name_of(*route) << ": " << reply.shown();
        }
        EXPECT_LT(reply.status, 500) << name_of(*route) << ": " << reply.shown();
    }
    EXPECT_GT(allowed, 4);
    EXPECT_GT(refused, 80);
}

// What is no matter of keys is declared so, and nothing else asks for no right.
TEST(ApiKeysTest, a_key_with_every_scope_is_kept_from_what_is_for_people) {
    MadeKey made = make_key(walk().company.api(), {"*"});
    for (const auto& route : server().services().routes().all()) {
        if (route->is_open || (route->keys != Route::Keys::never && route->method != "GET")) {
            continue;
        }
        const Reply reply = try_with(made.api, *route);
        if (route->keys == Route::Keys::never) {
            EXPECT_EQ(reply.code(), "api_key_not_here") << name_of(*route) << reply.shown();
        } else {
            EXPECT_NE(reply.status, 401) << name_of(*route);
            EXPECT_NE(reply.status, 403) << name_of(*route) << ": " << reply.shown();
        }
    }
}

TEST(ApiKeysTest, whoever_signs_in_or_changes_a_password_is_a_person) {
    for (const auto& route : server().services().routes().all()) {
        const bool is_of_people = route->pattern.starts_with("/auth/") ||
                                  route->pattern.find("password") != std::string::npos;
        if (is_of_people) {
            EXPECT_EQ(route->keys, Route::Keys::never) << name_of(*route);
        }
    }
}

TEST(ApiKeysTest, a_revoked_key_is_refused_on_every_node) {
    Server first{Server::settings_of_a_node()};
    Server second{first, Server::settings_of_a_node()};
    Company company{first.url()};
    MadeKey made = make_key(company.api(), {"*"});
    Api there(made.key, second.url());
    ASSERT_EQ(there.get("/api/v1/contacts").status, 200);

    ASSERT_EQ(company.api().del(made.path).status, 204);

    EXPECT_TRUE(
        comes_true([&] { return there.get("/api/v1/contacts").code() == "api_key_revoked"; }));
}

}  // namespace
}  // namespace ponte::testing
