// The way to Google and back, as a double plays it: what is asked, what is refused, what is kept.
#include "kernel/oauth.hpp"
#include "modules/connections/tests/given.hpp"

namespace ponte::connections {
namespace {

using testing::Answering;
using testing::Body;
using testing::Got;
using testing::Reply;

const Json own_app = Json::object({{"clientId", "nosso"}, {"clientSecret", "nosso-segredo"}});

std::string codes(const Reply& reply) { return reply.code(); }

TEST_F(ConnectionTest, is_made_unfinished_and_says_where_to_go) {
    const std::string path = made();

    const std::string url = way(path);

    EXPECT_EQ(api.get(path)["state"], Json("unfinished"));
    EXPECT_TRUE(url.starts_with(google.url("/o/oauth2/v2/auth?"))) << url;
    EXPECT_EQ(parameter(url, "client_id"), "ponte");
    EXPECT_EQ(parameter(url, "redirect_uri"), "http://ponte.exemplo/auth/google/callback");
    EXPECT_EQ(parameter(url, "code_challenge_method"), "S256");
    EXPECT_EQ(parameter(url, "access_type"), "offline");
    EXPECT_EQ(parameter(url, "scope"), std::string("openid profile email ") + analytics);
    EXPECT_NE(parameter(way(path), "state"), parameter(url, "state"));
}

TEST_F(ConnectionTest, exchanges_the_code_with_the_verifier_of_its_challenge) {
    const std::size_t before = google.count();
    const std::string path = made(), url = way(path);

    EXPECT_EQ(come_back(url).status, 202);
    until_state(path, "connected");

    const auto calls = asked("/token", before);
    ASSERT_EQ(calls.size(), 1U);
    const std::string& form = calls[0].body;
    EXPECT_EQ(parameter(form, "grant_type"), "authorization_code");
    EXPECT_EQ(parameter(form, "code"), "4/codigo");
    EXPECT_EQ(parameter(form, "client_secret"), "segredo-do-google");
    EXPECT_EQ(parameter(form, "redirect_uri"), "http://ponte.exemplo/auth/google/callback");
    EXPECT_EQ(oauth::challenge_of(parameter(form, "code_verifier")),
              parameter(url, "code_challenge"));
}

TEST_F(ConnectionTest, knows_whose_account_it_is_and_that_it_works) {
    const std::string path = connected();

    const Reply reply = api.get(path);

    EXPECT_EQ(reply["account"], Json("ana@exemplo.com"));
    EXPECT_EQ(reply["scopes"], Json(std::string("openid ") + analytics));
    EXPECT_TRUE(reply["okAt"].is_string()) << reply.shown();
    EXPECT_TRUE(reply["problem"].is_null());
}

TEST_F(ConnectionTest, takes_a_state_once_and_from_whoever_got_it) {
    const std::string path = made(), url = way(path);
    testing::Person& other = company.user("admin");
    testing::Company neighbour{house().server.url()};
    const Body body{{"state", parameter(url, "state")}, {"code", "4/codigo"}};
    const std::string callback = std::string(connections_path) + "/callback";

    EXPECT_EQ(api.post(callback, {{"state", "c.outro"}, {"code", "1"}}).code(),
              "connection.state_unknown");
    EXPECT_EQ(codes(other.api.post(callback, body)), "connection.state_of_another");
    EXPECT_EQ(codes(neighbour.api().post(callback, body)), "connection.state_unknown");
    EXPECT_EQ(come_back(url).status, 202);
    EXPECT_EQ(codes(come_back(url)), "connection.state_unknown");
}

TEST_F(ConnectionTest, refuses_a_state_that_is_too_old) {
    const std::string path = made(), url = way(path);
    house().server.sql(
        "update connection_attempts set expires_at = now() - interval '1 second' "
        "where connection_id = $1",
        {id_of(path)});

    EXPECT_EQ(codes(come_back(url)), "connection.state_expired");
}

TEST_F(ConnectionTest, says_that_somebody_did_not_want) {
    const std::string path = made();

    const Reply back = come_back(way(path), Json::object({{"error", "access_denied"}}));

    EXPECT_EQ(back["isFinishing"], Json(false)) << back.shown();
    EXPECT_EQ(api.get(path)["problem"], Json("access_denied"));
    EXPECT_EQ(api.get(path)["state"], Json("unfinished"));
}

TEST_F(ConnectionTest, says_what_google_refuses) {
    for (const char* error : {"invalid_grant", "redirect_uri_mismatch", "invalid_client"}) {
        google.answer_with(
            refusing(std::string_view(error) == "invalid_client" ? 401 : 400, error));
        const std::string path = made();

        come_back(way(path));

        until_problem(path, error);
        EXPECT_EQ(api.get(path)["state"], Json("needs_attention")) << error;
    }
}

TEST_F(ConnectionTest, is_not_taken_in_by_an_answer_that_is_none) {
    google.answer_with([](const Got&) -> Answering { return {200, {}, "<html>"}; });
    const std::string path = made();

    come_back(way(path));

    until_problem(path, "broken");
}

TEST_F(ConnectionTest, says_that_google_is_down) {
    google.answer_with([](const Got&) -> Answering { return {503, {}, "later"}; });
    const std::string path = made();

    come_back(way(path));

    until_problem(path, "status_503");
}

TEST_F(ConnectionTest, notices_a_scope_that_was_unticked) {
    google.answer_with(answers(tokens_of("ya29.menos", "1//renova", "openid email")));
    const std::string path = made();

    come_back(way(path));

    until_problem(path, "scopes_missing");
    EXPECT_EQ(api.get(path)["state"], Json("needs_attention"));
}

TEST_F(ConnectionTest, tells_its_secrets_to_nobody) {
    google.answer_with(answers(tokens_of("ya29.so-nosso", "1//so-nosso")));
    const std::string path = made(own_app);
    come_back(way(path));
    until_state(path, "connected");

    std::string seen = api.get(path).text + api.get(connections_path).text +
                       api.get(path + "/history").text + api.get("/api/v1/audit").text +
                       api.get("/api/v1/integrations").text + api.get("/api/v1/jobs").text;
    for (const char* table : {"events", "audit_entries", "jobs", "connections",
                              "connection_secrets", "connection_attempts"}) {
        seen += house().server.value("select string_agg(t::text, ' ') from " + std::string(table) +
                                         " t where tenant_id = $1",
                                     {company.id()});
    }

    for (const char* secret : {"so-nosso", "nosso-segredo", "4/codigo"}) {
        EXPECT_EQ(seen.find(secret), std::string::npos) << secret;
    }
    EXPECT_EQ(api.get(path)["settings"]["clientSecret"]["set"], Json(true));
}

TEST_F(ConnectionTest, uses_an_app_of_its_own) {
    const std::string path = made(own_app);
    const std::size_t before = google.count();

    const std::string url = way(path);
    come_back(url);
    until_state(path, "connected");

    EXPECT_EQ(parameter(url, "client_id"), "nosso");
    EXPECT_EQ(parameter(asked("/token", before)[0].body, "client_secret"), "nosso-segredo");
}

TEST_F(ConnectionTest, keeps_a_secret_that_nobody_typed_again) {
    const std::string path = made(own_app);
    const Json read = api.get(path)["settings"];

    const Reply same = api.post(path + "/configure", {{"settings", read}});
    const Reply wrong = api.post(path + "/configure",
                                 {{"settings", Json::object({{"clientId", 7}, {"chave", "x"}})}});
    const Reply gone =
        api.post(path + "/configure", {{"settings", Json::object({{"clientSecret", nullptr}})}});

    EXPECT_EQ(same["settings"]["clientSecret"]["set"], Json(true)) << same.shown();
    EXPECT_EQ(wrong.problem("settings.chave"), "unknown") << wrong.shown();
    EXPECT_FALSE(wrong.problem("settings.clientId").empty()) << wrong.shown();
    EXPECT_TRUE(gone["settings"]["clientSecret"].is_null()) << gone.shown();
}

TEST_F(ConnectionTest, is_of_something_that_can_be_connected) {
    for (const char* name : {"stripe", "postgresql", "nada"}) {
        const Reply reply = api.post(connections_path, {{"integration", name}});
        EXPECT_EQ(reply.problem("integration"), "connection.unknown_integration") << reply.shown();
    }
}

TEST_F(ConnectionTest, is_for_administrators) {
    const std::string path = made();
    for (const char* role : {"agent", "sales", "supervisor"}) {
        testing::Api& theirs = company.user(role).api;
        EXPECT_EQ(theirs.get(connections_path).status, 403) << role;
        EXPECT_EQ(theirs.post(path + "/authorize").status, 403) << role;
        EXPECT_EQ(theirs.get("/api/v1/integrations").status, 403) << role;
    }
}

TEST_F(ConnectionTest, is_authorized_by_people) {
    const std::string path = made();
    const Reply key =
        api.post("/api/v1/api-keys", {{"name", "n8n"}, {"scopes", Json::array({"*"})}});
    testing::Api script(key["key"].as_string(), api.url());

    EXPECT_EQ(script.post(path + "/authorize").status, 403);
    EXPECT_EQ(script.get(path).status, 200);
}

TEST_F(ConnectionTest, of_another_company_is_not_there) {
    const std::string path = connected();
    testing::Company neighbour{house().server.url()};

    for (const char* action : {"/authorize", "/check", "/disconnect"}) {
        EXPECT_EQ(neighbour.api().post(path + action).status, 404) << action;
    }
}

}  // namespace
}  // namespace ponte::connections
