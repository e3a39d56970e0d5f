// Bytes of files on their way out and in, and the one address that may be private.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "kernel/outbound/to_store.hpp"
#include "kernel/services.hpp"
#include "kernel/testing/receiver.hpp"
#include "kernel/testing/temporary_directory.hpp"

namespace ponte::outbound {
namespace {

using testing::Answering;
using testing::Got;
using testing::Receiver;

class OutboundFilesTest : public ::testing::Test {
protected:
    ~OutboundFilesTest() override { loops.stop(); }

    void open(const std::string& endpoint) {
        settings.objects.endpoint = endpoint;
        outbound = std::make_unique<Outbound>(settings);
        loops.start();
    }
    Answer call(Call call) {
        std::vector<Call> calls;
        calls.push_back(std::move(call));
        return wait_for(loops.at(0), call_store(*outbound, loops.at(0), std::move(calls), 1))
            .front();
    }
    static Call to(const std::string& url) {
        Call call;
        call.vendor = "test";
        call.url = url;
        return call;
    }
    std::string path_of(const std::string& name) const { return folder.path() + "/" + name; }
    std::string content(const std::string& name) const {
        std::ifstream in(path_of(name), std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }

    testing::TemporaryDirectory folder;
    Settings settings;
    Loops loops{1};
    std::unique_ptr<Outbound> outbound;
};

TEST_F(OutboundFilesTest, a_part_of_a_file_is_sent_and_an_answer_is_written_into_another) {
    const std::string large(3 << 20, 'y');
    Receiver receiver([&](const Got&) { return Answering{200, {}, large}; });
    open(receiver.url(""));
    std::ofstream(path_of("sent")) << "0123456789";
    Call sent = to(receiver.url("/a"));
    sent.method = "PUT";
    sent.body_of = {path_of("sent"), 2, 5};
    sent.answer_file = path_of("got");

    const Answer answer = call(sent);

    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "");
    EXPECT_EQ(receiver.got().front().body, "23456");
    EXPECT_EQ(receiver.got().front().header("content-length"), "5");
    EXPECT_EQ(content("got"), large);
}

TEST_F(OutboundFilesTest, a_refusal_is_no_file) {
    Receiver receiver([](const Got&) { return Answering{404, {}, "<Code>NoSuchKey</Code>"}; });
    open(receiver.url(""));
    Call asked = to(receiver.url("/a"));
    asked.answer_file = path_of("got");

    const Answer answer = call(asked);

    EXPECT_EQ(answer.body, "<Code>NoSuchKey</Code>");
    EXPECT_FALSE(std::filesystem::exists(path_of("got")));
}

TEST_F(OutboundFilesTest, a_file_that_is_gone_ends_the_call) {
    Receiver receiver;
    open(receiver.url(""));
    Call sent = to(receiver.url("/a"));
    sent.method = "PUT";
    sent.body_of = {path_of("nothing"), 0, 5};

    EXPECT_EQ(call(sent).trouble, Trouble::broken);
}

TEST_F(OutboundFilesTest, only_what_the_operator_typed_may_be_private) {
    Receiver receiver, neighbour;
    open(receiver.url(""));

    EXPECT_EQ(call(to(receiver.url("/crm/x"))).status, 200);
    for (const std::string& other :
         {neighbour.url("/"), "https" + receiver.url("/").substr(4),
          "http://127.0.0.1.exemplo.com:" + std::to_string(receiver.port()) + "/",
          receiver.url("") + "@127.0.0.2/", std::string("http://169.254.169.254/")}) {
        EXPECT_THROW(call(to(other)), std::logic_error) << other;
    }
}

TEST_F(OutboundFilesTest, what_clouds_tell_their_machines_is_never_reached) {
    open("http://169.254.169.254");

    EXPECT_EQ(call(to("http://169.254.169.254/latest/meta-data")).trouble, Trouble::private_place);
}

TEST_F(OutboundFilesTest, without_an_address_of_the_operators_only_public_ones_are_called) {
    Receiver receiver;
    open("");

    EXPECT_EQ(call(to(receiver.url("/"))).trouble, Trouble::private_place);
}

}  // namespace
}  // namespace ponte::outbound
