// Ways into an account that go by mail, from the request to the letter box.
#include "kernel/testing/given.hpp"
#include "kernel/testing/mailbox.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::accounts {
namespace {

using testing::Api;
using testing::Mailbox;
using testing::Received;
using testing::Reply;
using testing::unique_email;

class InvitationTest : public testing::ApiTest {
protected:
    const std::string wanted = "uma-senha-bem-longa-9";

    void send_by(const Mailbox& box) {
        const Reply set = api.patch("/api/v1/settings/mail", {{"provider", "smtp"},
                                                              {"host", "127.0.0.1"},
                                                              {"port", box.port()},
                                                              {"security", "none"},
                                                              {"fromAddress", "crm@aurora.com.br"},
                                                              {"fromName", "Padaria Aurora"}});
        ASSERT_EQ(set.status, 200) << set.shown();
    }
    Reply invite(const std::string& email, const std::string& role = "agent") {
        return api.post("/api/v1/users/invitations",
                        {{"email", email}, {"role", role}, {"name", "Bia Reis"}});
    }
    static Reply use(const std::string& path, const std::string& password) {
        Api anybody;
        return anybody.post("/api/v1/auth/reset", {{"token", path.substr(path.find("token=") + 6)},
                                                   {"newPassword", password}});
    }
    static int sign_in(const std::string& email, const std::string& password) {
        Api anybody;
        return anybody.post("/api/v1/auth/login", {{"email", email}, {"password", password}})
            .status;
    }
    Json outbox() { return api.get("/api/v1/mails").data(); }
    void until_state(const std::string& state) {
        testing::until(
            [&] {
                const Json mails = outbox();
                return !mails.items().empty() && mails.items().front()["state"] == Json(state);
            },
            "the mail to be " + state);
    }
};

TEST_F(InvitationTest, arrives_and_lets_its_reader_in) {
    const Mailbox box;
    send_by(box);
    const std::string email = unique_email();

    const Reply invited = invite(email, "sales");

    ASSERT_EQ(invited.status, 201) << invited.shown();
    until_state("sent");
    ASSERT_EQ(box.received().size(), 1u);
    const Received mail = box.received().front();
    EXPECT_EQ(mail.from, "crm@aurora.com.br");
    EXPECT_EQ(mail.to, email);
    EXPECT_EQ(mail.header("From"), "Padaria Aurora <crm@aurora.com.br>");
    EXPECT_EQ(sign_in(email, wanted), 401);
    EXPECT_EQ(use(invited["path"].as_string(), wanted).status, 204);
    EXPECT_EQ(sign_in(email, wanted), 200);
    const Reply user = api.get("/api/v1/users/" + invited.id());
    EXPECT_EQ(user["role"], Json("sales"));
    EXPECT_EQ(user["name"], Json("Bia Reis"));
}

TEST_F(InvitationTest, is_held_back_where_no_server_is_known_and_sent_later) {
    const std::string email = unique_email();
    invite(email);
    until_state("held");
    const Json held = outbox().items().front();
    EXPECT_EQ(held["problem"], Json("not_configured"));
    EXPECT_EQ(held["toAddress"], Json(email));

    const Mailbox box;
    send_by(box);
    const Reply again = api.post("/api/v1/mails/" + held["id"].as_string() + "/send");

    EXPECT_EQ(again.status, 200) << again.shown();
    until_state("sent");
    EXPECT_EQ(box.received().size(), 1u);
}

TEST_F(InvitationTest, tells_nobody_else_the_way_in) {
    const std::string email = unique_email();
    const Reply invited = invite(email);
    until_state("held");
    const std::string path = invited["path"].as_string();
    const std::string token = path.substr(path.find("token=") + 6);

    const Reply outbox = api.get("/api/v1/mails");
    const Reply user = api.get("/api/v1/users/" + invited.id() + "/history");

    EXPECT_EQ(outbox.text.find(token), std::string::npos);
    EXPECT_EQ(user.text.find(token), std::string::npos);
    EXPECT_EQ(testing::server().value(
                  "select count(*) from mails where content like '%' || $1 || '%'", {token}),
              "0");
    EXPECT_EQ(testing::server().value(
                  "select count(*) from events where changes::text like '%' || $1 || '%'", {token}),
              "0");
}

TEST_F(InvitationTest, refused_for_good_is_not_tried_again_and_for_now_it_is) {
    const Mailbox box([](const std::string& to) {
        return to.starts_with("ninguem") ? "550 5.1.1 no such user" : "451 4.3.0 try later";
    });
    send_by(box);

    invite("ninguem" + unique_email());
    until_state("refused");
    EXPECT_THAT(outbox().items().front()["problem"].as_string(), ::testing::HasSubstr("550"));

    invite(unique_email());
    testing::until([&] { return outbox().items().front()["tries"] == Json(1); }, "an attempt");
    const Json later = outbox().items().front();
    EXPECT_EQ(later["state"], Json("waiting"));
    EXPECT_FALSE(later["nextTryAt"].is_null());
}

TEST_F(InvitationTest, says_everything_that_is_wrong_and_only_to_who_may_invite) {
    const Reply wrong =
        api.post("/api/v1/users/invitations",
                 {{"email", api.get("/api/v1/auth/me")["user"]["email"]}, {"role", "rei"}});
    EXPECT_EQ(wrong.problem("email"), "taken") << wrong.shown();
    EXPECT_EQ(wrong.problem("role"), "not_an_option");
    Api& agent = company.user("agent").api;
    EXPECT_EQ(
        agent.post("/api/v1/users/invitations", {{"email", unique_email()}, {"role", "agent"}})
            .status,
        403);
}

TEST_F(InvitationTest, a_forgotten_password_is_answered_alike_for_everybody) {
    const Mailbox box;
    send_by(box);
    testing::Person& rui = company.user("agent");
    Api anybody;

    const Reply known = anybody.post("/api/v1/auth/forgot", {{"email", rui.email}});
    const Reply unknown = anybody.post("/api/v1/auth/forgot", {{"email", unique_email()}});
    const Reply twice = anybody.post("/api/v1/auth/forgot", {{"email", rui.email}});

    EXPECT_EQ(known.status, 202) << known.shown();
    EXPECT_EQ(known.text, unknown.text);
    EXPECT_EQ(twice.status, 202);
    until_state("sent");
    testing::let_pass(std::chrono::milliseconds{300});
    ASSERT_EQ(box.received().size(), 1u);
    const std::string data = box.received().front().data;
    EXPECT_THAT(data, ::testing::HasSubstr("/redefinir-senha?token"));
}

}  // namespace
}  // namespace ponte::accounts
