// Clients that begin and never finish: what they have sent stays in memory only so far as it is
// little, for one address and for all of them.
#include "kernel/http/held_bytes.hpp"

#include "kernel/http/tests/running_server.hpp"
#include "kernel/http/tests/websocket_client.hpp"

namespace ponte::http {
namespace {

using namespace std::chrono_literals;

constexpr HeldLimits limits{100, 1'000, 3'000};

TEST(HeldBytesTest, an_address_and_all_together_hold_so_much_and_no_more) {
    HeldBytes held(limits);
    HeldBytes::Share a(held, "10.0.0.1"), b(held, "10.0.0.2"), c(held, "10.0.0.3"),
        d(held, "10.0.0.4"), e(held, "10.0.0.1");

    EXPECT_TRUE(a.hold(1'100)) << "the first hundred are not counted";
    EXPECT_FALSE(a.hold(1'101));
    EXPECT_FALSE(e.hold(101)) << "another connection of the same address";
    EXPECT_TRUE(e.hold(100));
    EXPECT_TRUE(b.hold(1'100));
    EXPECT_TRUE(c.hold(1'100));
    EXPECT_FALSE(d.hold(101)) << "all is full";
    EXPECT_TRUE(d.hold(100)) << "but what is small goes through";
    EXPECT_TRUE(b.hold(50));
    EXPECT_TRUE(d.hold(1'100));
}

TEST(HeldBytesTest, what_goes_is_let_go_of) {
    HeldBytes held(limits);
    {
        HeldBytes::Share a(held, "2001:db8:1:2::9");
        HeldBytes::Share neighbour(held, "2001:db8:1:2::a");
        EXPECT_TRUE(a.hold(1'100));
        EXPECT_FALSE(neighbour.hold(200)) << "a household has one network";
        EXPECT_EQ(held.total(), 1'000u);
    }
    EXPECT_EQ(held.total(), 0u);
}

struct HttpHeldTest : HttpTest {
    HttpHeldTest() {
        config.limits.held = {1'024, 40'000, 60'000};
        on_socket = [](std::shared_ptr<WebSocket> socket) { socket->on_message = {}; };
    }
    // Says that a body of 50,000 bytes comes, and sends some of it.
    Wire begun(std::size_t sent, const std::string& path = "/") {
        Wire wire = connect();
        wire.send(request_text("POST " + path + " HTTP/1.1", {"Content-Length: 50000"},
                               std::string(sent, 'x')));
        return wire;
    }
    bool is_served(std::size_t bytes) {
        const std::string length = "Content-Length: " + std::to_string(bytes);
        return ask(request_text("POST / HTTP/1.1", {length}, std::string(bytes, 'x'))).status ==
               200;
    }
};

TEST_F(HttpHeldTest, bodies_that_never_end_are_refused_when_they_are_too_many) {
    start();
    std::vector<Wire> held;
    held.push_back(begun(30'000));
    EXPECT_TRUE(eventually([&] { return !is_served(20'000); })) << "until the first has arrived";

    Wire refused = begun(30'000);
    const Answer answer = refused.read_answer();

    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.body.substr(0, answer.body.find(' ')), "overloaded");
    EXPECT_TRUE(is_served(1'000)) << "what is small goes through";
    held.clear();
    EXPECT_TRUE(eventually([&] { return is_served(30'000); })) << "and then there is room again";
}

TEST_F(HttpHeldTest, messages_that_never_end_are_refused_like_bodies) {
    start();
    WebSocketClient first(connect()), second(connect());
    first.send({Opcode::text, false, true, 0, std::string(30'000, 'x')});
    EXPECT_TRUE(eventually([&] { return !is_served(20'000); }));

    second.send({Opcode::text, false, true, 0, std::string(30'000, 'x')});

    EXPECT_EQ(second.read().close_code(), close_code::try_again_later);
}

}  // namespace
}  // namespace ponte::http
