#include "kernel/http/router.hpp"
#include "kernel/route.hpp"

#include <gtest/gtest.h>

#include <deque>

namespace ponte::http {
namespace {

struct RouterTest : ::testing::Test {
    const Route& add(std::string method, std::string pattern) {
        Route& route = routes.emplace_back();
        route.method = std::move(method);
        route.pattern = std::move(pattern);
        router.add(route);
        return route;
    }
    std::deque<Route> routes;
    Router router;
};

TEST_F(RouterTest, finds_a_route_with_its_parameters) {
    const Route& show = add("GET", "/contacts/{id}");
    const Route& note = add("GET", "/contacts/{id}/notes/{note_id}");

    EXPECT_EQ(router.match("GET", "/contacts/7").route, &show);
    const Match match = router.match("GET", "/contacts/7/notes/9");

    EXPECT_EQ(match.route, &note);
    ASSERT_EQ(match.params.size(), 2u);
    EXPECT_EQ(match.params[0], (std::pair<std::string, std::string>("id", "7")));
    EXPECT_EQ(match.params[1], (std::pair<std::string, std::string>("note_id", "9")));
}

TEST_F(RouterTest, fixed_words_win_over_parameters) {
    add("GET", "/contacts/{id}");
    const Route& stats = add("GET", "/contacts/stats");

    EXPECT_EQ(router.match("GET", "/contacts/stats").route, &stats);
}

TEST_F(RouterTest, the_first_declaration_wins) {
    const Route& own = add("PATCH", "/users/{id}");
    add("PATCH", "/users/{id}");

    EXPECT_EQ(router.match("PATCH", "/users/7").route, &own);
}

TEST_F(RouterTest, says_which_methods_a_path_has) {
    add("GET", "/contacts/{id}");
    add("PATCH", "/contacts/{id}");

    const Match match = router.match("PUT", "/contacts/7");

    EXPECT_EQ(match.route, nullptr);
    EXPECT_EQ(match.allowed, (std::vector<std::string>{"GET", "PATCH"}));
}

TEST_F(RouterTest, what_is_read_may_be_asked_for_its_head) {
    const Route& list = add("GET", "/contacts");

    EXPECT_EQ(router.match("HEAD", "/contacts").route, &list);
}

TEST_F(RouterTest, knows_nothing_of_other_paths) {
    add("GET", "/contacts/{id}");

    for (const char* path :
         {"/", "", "/contacts", "/contacts/7/8", "/other/7", "//", "/Contacts/7"}) {
        const Match match = router.match("GET", path);
        EXPECT_EQ(match.route, nullptr) << path;
        EXPECT_TRUE(match.allowed.empty()) << path;
    }
}

TEST_F(RouterTest, slashes_in_excess_make_no_difference) {
    const Route& show = add("GET", "/contacts/{id}");

    EXPECT_EQ(router.match("GET", "//contacts///7/").route, &show);
}

// A parameter stands where no fixed word does; the words below both are looked for in one of them.
TEST_F(RouterTest, a_fixed_word_without_the_rest_is_no_detour_to_the_parameter) {
    add("GET", "/contacts/{id}/notes");
    add("GET", "/contacts/stats");

    EXPECT_EQ(router.match("GET", "/contacts/stats/notes").route, nullptr);
}

TEST(ApiPathTest, three_prefixes_are_one) {
    EXPECT_EQ(api_path("/api/v1/contacts"), "/contacts");
    EXPECT_EQ(api_path("/v1/contacts"), "/contacts");
    EXPECT_EQ(api_path("/api/contacts"), "/contacts");
    EXPECT_EQ(api_path("/api/v1"), "/");
    EXPECT_EQ(api_path("/apidocs"), "");
    EXPECT_EQ(api_path("/v10/contacts"), "");
    EXPECT_EQ(api_path("/contacts"), "");
    EXPECT_EQ(api_path(""), "");
}

}  // namespace
}  // namespace ponte::http
