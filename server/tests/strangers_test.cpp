// What strangers may make the server read: of a route that needs a token nothing, of an open one
// little. The answer comes while the body is still awaited.
#include "kernel/http/route_table.hpp"
#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::testing {
namespace {

// The answer to a head that announces a body, of which nothing is sent.
Reply answer_to_head(const std::string& method, const std::string& path, std::uint64_t announced) {
    Api nobody;
    return nobody.send_raw(method + " " + path +
                               " HTTP/1.1\r\nHost: ponte\r\nContent-Type: application/json\r\n"
                               "Content-Length: " +
                               std::to_string(announced) + "\r\n\r\n",
                           method);
}

std::string any_path_of(const Route& route) {
    std::string path = "/api/v1" + route.pattern;
    for (auto at = path.find('{'); at != path.npos; at = path.find('{')) {
        path.replace(at, path.find('}') - at + 1, Id::make().text());
    }
    return path;
}

TEST(StrangersTest, no_route_waits_for_a_body_that_it_does_not_want) {
    int refused = 0, bounded = 0;
    for (const auto& route : server().services().routes().all()) {
        SCOPED_TRACE(route->method + " " + route->pattern);
        if (route->method == "GET") {
            continue;
        }
        // What others tell us is signed: before it is read nobody knows by whom. It has its bound.
        const std::uint64_t announced = route->is_from_outside ? 5'000'000 : 900'000;
        const Reply reply = answer_to_head(route->method, any_path_of(*route), announced);

        EXPECT_EQ(reply.status, route->is_open ? 413 : 401) << reply.shown();
        (route->is_open ? bounded : refused) += 1;
    }
    EXPECT_GT(refused, 40);
    EXPECT_GE(bounded, 5);
}

TEST(StrangersTest, nobody_sends_anything_to_where_there_is_nothing) {
    EXPECT_EQ(answer_to_head("POST", "/api/v1/nothing", 900'000).status, 404);
    EXPECT_EQ(answer_to_head("POST", "/clientes", 900'000).status, 405);
}

}  // namespace
}  // namespace ponte::testing
