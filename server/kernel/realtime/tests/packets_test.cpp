// The tables of the contract, row by row: what is decoded to what, and what closes the connection.
#include "kernel/realtime/packets.hpp"

#include <gtest/gtest.h>

namespace ponte::realtime {
namespace {

struct Accepted {
    std::string text;
    PacketType type;
    std::string name_space, data;
    std::optional<std::uint64_t> ack;
    int attachments = 0;
};

TEST(Packets, accepts_every_row_of_the_contract) {
    const Accepted rows[] = {
        {"0", PacketType::connect, "/", "null", {}},
        {"0/adm", PacketType::connect, "/adm", "null", {}},
        {R"(0{"token":"x"})", PacketType::connect, "/", R"({"token":"x"})", {}},
        {R"(0/adm,{"a":1})", PacketType::connect, "/adm", R"({"a":1})", {}},
        {R"(0/adm?x=1,{"a":1})", PacketType::connect, "/adm", R"({"a":1})", {}},
        {"1", PacketType::disconnect, "/", "null", {}},
        {"1/adm,", PacketType::disconnect, "/adm", "null", {}},
        {R"(2["a"])", PacketType::event, "/", R"(["a"])", {}},
        {R"(213["a",1])", PacketType::event, "/", R"(["a",1])", 13},
        {R"(20["a"])", PacketType::event, "/", R"(["a"])", 0},
        {"2[1]", PacketType::event, "/", "[1]", {}},
        {R"(2/t/42,12["join"])", PacketType::event, "/t/42", R"(["join"])", 12},
        {R"(2["msg","Olá ✓"])", PacketType::event, "/", R"(["msg","Olá ✓"])", {}},
        {R"(30[{"ok":true}])", PacketType::ack, "/", R"([{"ok":true}])", 0},
        {"3/t/42,12[]", PacketType::ack, "/t/42", "[]", 12},
        {R"(4"x")", PacketType::connect_error, "/", R"("x")", {}},
        {R"(4{"message":"m"})", PacketType::connect_error, "/", R"({"message":"m"})", {}},
        {R"(51-["file",{"_placeholder":true,"num":0}])",
         PacketType::binary_event,
         "/",
         R"(["file",{"_placeholder":true,"num":0}])",
         {},
         1},
        {R"(52-/t/42,3["file",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}])",
         PacketType::binary_event, "/t/42",
         R"(["file",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}])", 3, 2},
        {R"(61-3[{"_placeholder":true,"num":0}])", PacketType::binary_ack, "/",
         R"([{"_placeholder":true,"num":0}])", 3, 1},
    };

    for (const Accepted& row : rows) {
        SCOPED_TRACE(row.text);
        const Decoded decoded = decode_packet(row.text);

        ASSERT_TRUE(decoded.packet) << decoded.problem;
        EXPECT_EQ(decoded.packet->type, row.type);
        EXPECT_EQ(decoded.packet->name_space, row.name_space);
        EXPECT_EQ(decoded.packet->data.dump(), row.data);
        EXPECT_EQ(decoded.packet->ack, row.ack);
        EXPECT_EQ(decoded.packet->attachments, row.attachments);
    }
}

TEST(Packets, refuses_every_row_of_the_contract) {
    const std::pair<std::string, std::string> rows[] = {
        {"", "unknown packet type "},
        {"7", "unknown packet type 7"},
        {"x", "unknown packet type x"},
        {"1{}", "invalid payload"},
        {"0[]", "invalid payload"},
        {R"(0"token")", "invalid payload"},
        {"2", "invalid payload"},
        {"3", "invalid payload"},
        {"4", "invalid payload"},
        {"2[]", "invalid payload"},
        {"2{}", "invalid payload"},
        {R"(2["a")", "invalid payload"},
        {"2[null]", "invalid payload"},
        {"2[{}]", "invalid payload"},
        {R"(2["connect"])", "invalid payload"},
        {R"(2["connect_error"])", "invalid payload"},
        {R"(2["disconnect"])", "invalid payload"},
        {R"(2["disconnecting"])", "invalid payload"},
        {R"(2["newListener"])", "invalid payload"},
        {R"(2["removeListener"])", "invalid payload"},
        {R"(299999999999999999999["a"])", "invalid ack id"},
        {"50-[]", "Illegal attachments"},
        {"5[]", "Illegal attachments"},
        {"51[]", "Illegal attachments"},
        {R"(511-["a"])", "too many attachments"},
    };

    for (const auto& [text, problem] : rows) {
        SCOPED_TRACE(text);
        const Decoded decoded = decode_packet(text);

        EXPECT_FALSE(decoded.packet);
        EXPECT_EQ(decoded.problem, problem);
    }
}

TEST(Packets, writes_what_the_contract_shows) {
    EXPECT_EQ(connect_message("S1", "P1"), R"(40{"sid":"S1","pid":"P1"})");
    EXPECT_EQ(refused_message("/", "unauthorized", Json::object({{"code", 401}})),
              R"(44{"message":"unauthorized","data":{"code":401}})");
    EXPECT_EQ(refused_message("/nope", "Invalid namespace", {}),
              R"(44/nope,{"message":"Invalid namespace"})");
    EXPECT_EQ(ack_message(0, Json::object({{"ok", true}})), R"(430[{"ok":true}])");
    EXPECT_EQ(event_message("ticket", R"({"id":7})", "812.4711"),
              R"(42["ticket",{"id":7},"812.4711"])");
    EXPECT_EQ(disconnect_message, "41");
}

}  // namespace
}  // namespace ponte::realtime
