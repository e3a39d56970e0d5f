// The calls of a connection: they stand in a list without secrets, and whoever fails in a row is
// left alone.
#include <gmock/gmock.h>

#include "modules/connections/tests/given.hpp"

namespace ponte::connections {
namespace {

using testing::Answering;
using testing::Got;
using testing::Reply;

class CallsTest : public ConnectionTest {
protected:
    std::size_t calls_of(const std::string& path) {
        return static_cast<std::size_t>(
            api.get(path + "/calls")["pagination"]["total"].as_integer());
    }
};

TEST_F(CallsTest, stand_in_a_list_without_secrets) {
    const std::string path = connected();
    testing::until([&] { return calls_of(path) == 2; }, "the calls to be written down");

    const Reply list = api.get(path + "/calls");

    const Json& last = list.data().items()[0];
    EXPECT_EQ(last["vendor"], Json("google"));
    EXPECT_EQ(last["method"], Json("GET"));
    EXPECT_EQ(last["path"], Json("/v1/userinfo"));
    EXPECT_EQ(last["status"], Json(200));
    EXPECT_EQ(last["connectionId"], Json(id_of(path)));
    EXPECT_EQ(list.data().items()[1]["path"], Json("/token"));
    for (const char* secret : {"ya29", "codigo", "segredo", "1//"}) {
        EXPECT_THAT(list.text, ::testing::Not(::testing::HasSubstr(secret)));
    }
    EXPECT_EQ(api.get("/api/v1/outgoing-calls")["pagination"]["total"], Json(2));
}

TEST_F(CallsTest, are_none_of_the_company_next_door) {
    const std::string path = connected();
    testing::until([&] { return calls_of(path) == 2; }, "the calls to be written down");
    testing::Company other(house().server.url());

    EXPECT_EQ(other.api().get(path + "/calls").status, 404);
    EXPECT_EQ(other.api().get("/api/v1/outgoing-calls")["pagination"]["total"], Json(0));
}

TEST_F(CallsTest, of_whoever_fails_in_a_row_there_are_no_more_for_a_while) {
    const std::string path = connected();
    google.answer_with([](const Got&) -> Answering { return {500, {}, ""}; });
    let_token_end(path);
    const auto check = [&] {
        api.post(path + "/check");
        testing::until([&] { return api.get(path)["checkedAt"].is_string(); }, "a check");
    };
    for (int i = 0; i < 5; ++i) {
        check();
    }
    const std::size_t before = google.count();

    check();

    until_problem(path, "resting");
    EXPECT_EQ(google.count(), before);
    EXPECT_EQ(api.get(path)["state"], Json("connected"));
    google.answer_with(answers());
    house().server.sql(
        "update call_circuits set open_until = now() - interval '1 second' where queue = $1",
        {company.id()});
    testing::until(
        [&] {
            check();
            return api.get(path)["problem"].is_null();
        },
        "the rest to be over");
    EXPECT_EQ(house().server.number("select count(*) from call_circuits where queue = $1",
                                    {company.id()}),
              0);
}

}  // namespace
}  // namespace ponte::connections
