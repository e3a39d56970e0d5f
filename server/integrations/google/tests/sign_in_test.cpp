// Signing in by an account at Google, against a provider that is none of ours.
#include "integrations/google/tests/given.hpp"

namespace ponte::google {
namespace {

using testing::Body;
using testing::Reply;

class SignInTest : public ProviderTest {
protected:
    struct Gone {
        Brought brought;
        std::string binding;
    };
    Gone go(const std::string& who) {
        const Reply way = nobody.post("/api/v1/auth/provider/start", {{"provider", "google"}});
        EXPECT_EQ(way.status, 200) << way.shown();
        return {walk(way["url"].as_string(), who), way["binding"].as_string()};
    }
    Reply come_back(const Gone& gone) {
        Json body = Json::object({{"binding", gone.binding}});
        for (const char* name : {"state", "code", "error"}) {
            if (gone.brought.contains(name)) {
                body.set(name, gone.brought.at(name));
            }
        }
        return nobody.post("/api/v1/auth/provider", body);
    }
    Reply sign_in(const std::string& who) { return come_back(go(who)); }

    // Registered as strangers do, and known since then to be hers.
    void SetUp() override {
        house().server.sql("update identities set email_confirmed_at = now() where email = $1",
                           {ana});
    }

    testing::Api nobody{{}, house().server.url()};
    const std::string ana = company.admin().email;
};

TEST_F(SignInTest, is_offered_where_the_installation_has_an_app) {
    const Reply here = nobody.get("/api/v1/auth/providers");
    const Reply elsewhere = testing::Api().get("/api/v1/auth/providers");

    EXPECT_EQ(here.data().items().size(), 1U) << here.shown();
    EXPECT_EQ(here.data().items()[0]["name"], Json("google"));
    EXPECT_EQ(elsewhere.data().items().size(), 0U) << elsewhere.shown();
    EXPECT_EQ(testing::Api().post("/api/v1/auth/provider/start", {{"provider", "google"}}).status,
              422);
}

TEST_F(SignInTest, opens_the_door_of_whoever_has_the_verified_e_mail) {
    const Reply session = sign_in(ana);

    ASSERT_EQ(session.status, 200) << session.shown();
    EXPECT_EQ(session["user"]["email"], Json(ana));
    testing::Api theirs(session["accessToken"].as_string(), house().server.url());
    EXPECT_EQ(theirs.get("/api/v1/auth/me").status, 200);
    const Reply linked = theirs.get("/api/v1/auth/linked-accounts");
    ASSERT_EQ(linked.data().items().size(), 1U) << linked.shown();
    EXPECT_EQ(linked.data().items()[0]["email"], Json(ana));
    testing::until(
        [&] { return api.get("/api/v1/audit").text.find("\"by\"") != std::string::npos; },
        "it to be audited");
}

TEST_F(SignInTest, gives_nobody_the_account_that_somebody_else_registered_with_their_address) {
    house().server.sql("update identities set email_confirmed_at = null where email = $1", {ana});

    const Reply refused = sign_in(ana);

    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(refused.code(), "auth.provider_unconfirmed");
    EXPECT_EQ(house().server.value("select count(*) from linked_accounts where email = $1", {ana}),
              "0");
}

TEST_F(SignInTest, goes_by_the_subject_once_it_is_linked) {
    ASSERT_EQ(sign_in(ana).status, 200);
    const std::string other = testing::unique_email();
    house().server.sql("update identities set email = $2 where email = $1", {ana, other});

    const Reply again = sign_in(ana);

    EXPECT_EQ(again.status, 200) << again.shown();
    EXPECT_EQ(again["user"]["id"], Json(company.admin().id));
}

TEST_F(SignInTest, is_for_people_who_are_here) {
    const Reply stranger = sign_in("ninguem@exemplo.com");

    EXPECT_EQ(stranger.status, 403) << stranger.shown();
    EXPECT_EQ(stranger.code(), "auth.provider_nobody");
}

TEST_F(SignInTest, does_not_believe_an_e_mail_that_nobody_verified) {
    const std::string who = "nao-verificado." + testing::unique_email();
    testing::Person& person = company.user("agent");
    house().server.sql("update identities set email = $2 where email = $1", {person.email, who});

    const Reply reply = sign_in(who);

    EXPECT_EQ(reply.status, 403) << reply.shown();
    EXPECT_EQ(reply.code(), "auth.provider_unverified");
}

TEST_F(SignInTest, is_closed_to_whoever_was_deactivated) {
    testing::Person& person = company.user("agent");
    api.patch("/api/v1/users/" + person.id, {{"active", false}});

    EXPECT_EQ(sign_in(person.email).code(), "auth.user_inactive");
}

TEST_F(SignInTest, does_not_stand_for_two_things) {
    testing::Person& person = company.user("agent");
    house().server.sql(
        "insert into second_factors (identity_id, secret, confirmed_at) "
        "select id, 'x', now() from identities where email = $1",
        {person.email});

    EXPECT_EQ(sign_in(person.email).code(), "auth.provider_second_factor");
}

TEST_F(SignInTest, takes_a_state_once_from_the_browser_that_went) {
    Gone gone = go(ana);
    Gone another = gone;
    another.binding = "de-outro-navegador";

    EXPECT_EQ(come_back(another).code(), "auth.provider_state");
    EXPECT_EQ(come_back(gone).code(), "auth.provider_state") << "spent by whoever tried first";

    gone = go(ana);
    EXPECT_EQ(come_back(gone).status, 200);
    EXPECT_EQ(come_back(gone).code(), "auth.provider_state");
}

TEST_F(SignInTest, says_that_somebody_did_not_want) {
    Gone gone = go(ana);
    gone.brought.erase("code");

    const Reply reply = come_back(gone);

    EXPECT_EQ(reply.code(), "auth.provider_refused") << reply.shown();
}

TEST_F(SignInTest, is_given_up_by_whoever_it_belongs_to) {
    ASSERT_EQ(sign_in(ana).status, 200);
    const std::string unlink = "/api/v1/auth/linked-accounts/unlink";

    EXPECT_EQ(api.post(unlink, {{"provider", "google"}}).status, 204);

    EXPECT_EQ(api.get("/api/v1/auth/linked-accounts").data().items().size(), 0U);
    EXPECT_EQ(api.post(unlink, {{"provider", "google"}}).status, 404);
}

}  // namespace
}  // namespace ponte::google
