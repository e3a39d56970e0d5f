// Whose an address is, shown by what is mailed there.
#include "kernel/testing/given.hpp"
#include "kernel/testing/mailbox.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::accounts {
namespace {

using testing::Api;
using testing::Mailbox;
using testing::Person;
using testing::Reply;
using testing::server;
using testing::unique_email;

class EmailChangeTest : public testing::ApiTest {
protected:
    Mailbox box;
    Person& rui = company.user("agent");
    const std::string wanted = unique_email();

    void SetUp() override {
        const Reply set = api.patch("/api/v1/settings/mail", {{"provider", "smtp"},
                                                              {"host", "127.0.0.1"},
                                                              {"port", box.port()},
                                                              {"security", "none"},
                                                              {"fromAddress", "crm@aurora.com.br"},
                                                              {"fromName", "Padaria Aurora"}});
        ASSERT_EQ(set.status, 200) << set.shown();
    }
    static Reply ask(Api& who, const std::string& email, const std::string& password) {
        return who.post("/api/v1/auth/email", {{"email", email}, {"currentPassword", password}});
    }
    // The token of the last link that came, once as many mails are there.
    std::string token_after(std::size_t mails) {
        testing::until([&] { return box.received().size() >= mails; }, "the mail");
        const std::string data = box.received().back().data;
        const std::string_view start = "token=3D";
        std::string token;
        for (std::size_t i = data.find(start) + start.size(); i < data.size(); ++i) {
            if (data.compare(i, 3, "=\r\n") == 0) {
                i += 2;  // a line that goes on
            } else if (std::isalnum(static_cast<unsigned char>(data[i])) || data[i] == '-' ||
                       data[i] == '_') {
                token += data[i];
            } else {
                break;
            }
        }
        return token;
    }
    static Reply confirm(const std::string& token) {
        Api anybody;
        return anybody.post("/api/v1/auth/email/confirm", {{"token", token}});
    }
    static int sign_in(const std::string& email, const std::string& password) {
        Api anybody;
        return anybody.post("/api/v1/auth/login", {{"email", email}, {"password", password}})
            .status;
    }
};

TEST_F(EmailChangeTest, counts_from_the_link_on_that_went_to_the_new_address) {
    const Reply asked = ask(rui.api, wanted, rui.password);
    ASSERT_EQ(asked.status, 202) << asked.shown();
    const std::string token = token_after(1);
    EXPECT_EQ(box.received().back().to, wanted);
    EXPECT_EQ(sign_in(wanted, rui.password), 401);
    EXPECT_EQ(rui.api.get("/api/v1/auth/email")["wanted"], Json(wanted));

    EXPECT_EQ(confirm(token).status, 204);

    EXPECT_EQ(sign_in(wanted, rui.password), 200);
    EXPECT_EQ(sign_in(rui.email, rui.password), 401);
    EXPECT_EQ(confirm(token).code(), "email_change.not_found") << "it works once";
    EXPECT_EQ(rui.api.get("/api/v1/auth/me")["user"]["email"], Json(wanted));
    testing::until([&] { return box.received().size() == 2; }, "the old address to be told");
    EXPECT_EQ(box.received().back().to, rui.email);
    EXPECT_EQ(box.received().back().data.find("token"), std::string::npos);
}

TEST_F(EmailChangeTest, needs_the_password_and_an_address_that_is_free) {
    EXPECT_EQ(ask(rui.api, wanted, "errada").problem("currentPassword"), "wrong");
    EXPECT_EQ(rui.api.post("/api/v1/auth/email", {{"email", wanted}}).problem("currentPassword"),
              "required");
    EXPECT_EQ(ask(rui.api, company.admin().email, rui.password).problem("email"), "taken");
    EXPECT_EQ(ask(rui.api, "nada", rui.password).status, 422);
    EXPECT_EQ(ask(rui.api, wanted, rui.password).status, 202);
    EXPECT_EQ(ask(rui.api, wanted, rui.password).status, 429) << "a letter box is not filled";
}

TEST_F(EmailChangeTest, two_who_want_one_address_get_it_once) {
    Person& bia = company.user("agent");
    ask(rui.api, wanted, rui.password);
    const std::string first = token_after(1);
    ask(bia.api, wanted, bia.password);
    const std::string second = token_after(2);

    EXPECT_EQ(confirm(first).status, 204);
    EXPECT_EQ(confirm(second).problem("email"), "taken");
    EXPECT_EQ(sign_in(bia.email, bia.password), 200);
}

TEST_F(EmailChangeTest, ends_with_a_day_and_with_who_asked) {
    ask(rui.api, wanted, rui.password);
    const std::string token = token_after(1);
    server().sql(
        "update email_changes set expires_at = now() - interval '1 second' where user_id = $1",
        {rui.id});
    EXPECT_EQ(confirm(token).status, 404);
    server().sql("update email_changes set expires_at = now() + interval '1 day'");
    ASSERT_EQ(api.patch("/api/v1/users/" + rui.id, {{"active", false}}).status, 200);
    EXPECT_EQ(confirm(token).status, 404);
}

TEST_F(EmailChangeTest, who_registered_confirms_the_address_that_they_have) {
    Api stranger;
    const std::string email = unique_email(), password = "uma-senha-bem-longa-9";
    const Reply session =
        stranger.post("/api/v1/auth/register", {{"company", testing::unique_name("Padaria")},
                                                {"name", "Marina Lopes"},
                                                {"email", email},
                                                {"password", password}});
    ASSERT_EQ(session.status, 201) << session.shown();
    Api marina(session["accessToken"].as_string());
    EXPECT_EQ(marina.get("/api/v1/auth/email")["confirmed"], Json(false));
    EXPECT_EQ(rui.api.get("/api/v1/auth/email")["confirmed"], Json(true)) << "let in by others";
    marina.patch("/api/v1/settings/mail", {{"provider", "smtp"},
                                           {"host", "127.0.0.1"},
                                           {"port", box.port()},
                                           {"security", "none"},
                                           {"fromAddress", "crm@aurora.com.br"}});

    const Reply asked = marina.post("/api/v1/auth/email", {{"email", email}});

    EXPECT_EQ(asked.status, 202) << asked.shown();
    EXPECT_EQ(confirm(token_after(1)).status, 204);
    EXPECT_EQ(marina.get("/api/v1/auth/email")["confirmed"], Json(true));
    EXPECT_EQ(box.received().size(), 1u) << "nothing has changed that anybody should be told";
}

}  // namespace
}  // namespace ponte::accounts
