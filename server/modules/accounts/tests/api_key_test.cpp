// API keys: what they may, for how long, and what is told of it.
#include <gmock/gmock.h>

#include "kernel/people.hpp"
#include "kernel/testing/wait.hpp"
#include "modules/accounts/tests/given.hpp"

namespace ponte::accounts {
namespace {

using testing::Api;
using testing::comes_true;
using testing::Company;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Person;
using testing::Reply;
using testing::Saved;
using testing::server;

constexpr const char* contacts = "/api/v1/contacts";

Json contact() { return Json::object({{"name", "Ana Souza"}, {"phone", testing::unique_phone()}}); }

class ApiKeyTest : public testing::ApiTest {};

TEST_F(ApiKeyTest, a_script_reads_with_a_key_in_either_header) {
    testing::save(api, contacts, contact());
    MadeKey made = make_key(api, {"contacts.read"});
    Api by_header;
    by_header.with("X-API-Key", made.key);

    EXPECT_EQ(made.api.get(contacts).data().items().size(), 1u);
    EXPECT_EQ(by_header.get(contacts).data().items().size(), 1u);
}

TEST_F(ApiKeyTest, a_key_is_told_once_and_kept_nowhere) {
    const Reply made =
        api.post("/api/v1/api-keys", {{"name", "Loja"}, {"scopes", Json::array({"contact.read"})}});

    ASSERT_EQ(made.status, 201) << made.shown();
    const std::string key = made["key"].as_string();
    EXPECT_TRUE(key.starts_with("ponte_"));
    EXPECT_EQ(made.header("cache-control"), "no-store");
    const Reply shown = api.get("/api/v1/api-keys/" + made.id());
    EXPECT_THAT(shown.text, Not(HasSubstr(key)));
    EXPECT_EQ(shown["scopes"], Json::array({"contacts.read"}));
    EXPECT_EQ(shown["hint"].as_string(), "ponte_…" + key.substr(key.size() - 6));
    EXPECT_EQ(shown["requestsPerMinute"], Json(600));
    EXPECT_EQ(shown["createdBy"].as_string(), company.admin().id);
    for (const auto& row : server().sql("select table_name from information_schema.tables "
                                        "where table_schema = 'public' and table_type = 'BASE "
                                        "TABLE'")) {
        EXPECT_EQ(server().number("select count(*) from " + row[0] + " t where t::text like $1",
                                  {"%" + key + "%"}),
                  0)
            << row[0];
    }
}

TEST_F(ApiKeyTest, what_is_wrong_with_a_key_is_told_together) {
    Person& colleague =
        company.with_rights(Json::object({{"api_keys", Json::object({{"create", "all"}})},
                                          {"contacts", Json::object({{"read", "all"}})}}));
    const auto problem_of = [&](Json scopes) {
        return colleague.api
            .post("/api/v1/api-keys", {{"name", "Loja"}, {"scopes", std::move(scopes)}})
            .problem("scopes");
    };

    EXPECT_EQ(problem_of(Json::array({"contacts.read"})), "");
    EXPECT_EQ(problem_of(Json::array({"contacts.*"})), "");
    EXPECT_EQ(problem_of(Json::array({"*"})), "");
    EXPECT_EQ(problem_of(Json::array({"contacts.delete"})), "beyond_rights");
    EXPECT_EQ(problem_of(Json::array({"tags.*"})), "beyond_rights");
    EXPECT_EQ(problem_of(Json::array({"contacts.fly"})), "unknown");
    EXPECT_EQ(problem_of(Json::array({"contacts"})), "unknown");
    EXPECT_EQ(problem_of(Json::array({"planets.read"})), "unknown");
    EXPECT_EQ(problem_of(Json::array({"*.read"})), "unknown");
    EXPECT_EQ(problem_of(Json::array({7})), "unknown");
    EXPECT_EQ(problem_of(Json::array()), "required");
    EXPECT_EQ(problem_of("contacts.read"), "type");
    const Reply late = api.post(
        "/api/v1/api-keys",
        {{"name", "Loja"}, {"scopes", Json::array({"*"})}, {"expiresAt", "2020-01-01T00:00:00Z"}});
    EXPECT_EQ(late.problem("expiresAt"), "in_past");
    const Reply bare = api.post("/api/v1/api-keys", Json::object({{"requestsPerMinute", 0}}));
    EXPECT_EQ(bare.problem("name"), "required");
    EXPECT_EQ(bare.problem("scopes"), "required");
}

TEST_F(ApiKeyTest, a_key_does_what_its_scopes_say_and_nothing_else) {
    const Saved saved = testing::save(api, contacts, contact());
    MadeKey reads = make_key(api, {"contacts.read"});
    MadeKey all_of_contacts = make_key(api, {"contacts.*"});
    MadeKey everything = make_key(api, {"*"});

    EXPECT_EQ(reads.api.post(contacts, contact()).code(), "forbidden");
    EXPECT_EQ(reads.api.del(saved.path).status, 403);
    EXPECT_EQ(reads.api.get("/api/v1/tags").status, 403);
    EXPECT_EQ(reads.api.get("/api/v1/tenant").status, 403);
    EXPECT_EQ(all_of_contacts.api.post(contacts, contact()).status, 201);
    EXPECT_EQ(all_of_contacts.api.get("/api/v1/tags").status, 403);
    EXPECT_EQ(everything.api.get("/api/v1/tags").status, 200);
    EXPECT_EQ(everything.api.get("/api/v1/tenant").status, 200);
}

TEST_F(ApiKeyTest, a_search_and_the_declarations_tell_a_key_what_it_may_read) {
    testing::save(api, contacts, contact());
    MadeKey tags = make_key(api, {"tags.read"});

    EXPECT_THAT(tags.api.get("/api/v1/search?q=Souza").text, Not(HasSubstr("Souza")));
    EXPECT_THAT(tags.api.get("/api/v1/meta").text, Not(HasSubstr("\"name\":\"contact\"")));
    EXPECT_EQ(tags.api.get("/api/v1/meta/contact").status, 404);
    EXPECT_EQ(tags.api.get("/api/v1/imports").status, 403);
}

TEST_F(ApiKeyTest, keys_make_no_keys_and_are_no_people) {
    MadeKey everything = make_key(api, {"*"});
    const Json wish = Json::object({{"name", "Outra"}, {"scopes", Json::array({"*"})}});

    EXPECT_EQ(everything.api.post("/api/v1/api-keys", wish).code(), "api_key_not_here");
    EXPECT_EQ(everything.api.patch(everything.path, {{"name", "Eu"}}).code(), "api_key_not_here");
    EXPECT_EQ(everything.api.del(everything.path).code(), "api_key_not_here");
    EXPECT_EQ(everything.api.get(everything.path).status, 200);
    EXPECT_EQ(everything.api.get("/api/v1/auth/me").code(), "api_key_not_here");
    EXPECT_EQ(everything.api.get("/api/v1/auth/sessions").status, 403);
    EXPECT_EQ(everything.api
                  .post("/api/v1/auth/password", {{"currentPassword", company.admin().password},
                                                  {"newPassword", "outra-senha-longa-2"}})
                  .status,
              403);
    const std::string colleague = company.user("agent").id;
    EXPECT_EQ(everything.api.post("/api/v1/users/" + colleague + "/password-reset").status, 403);
}

TEST_F(ApiKeyTest, a_revoked_key_is_refused_at_once_and_for_ever) {
    MadeKey made = make_key(api, {"*"});
    ASSERT_EQ(made.api.get(contacts).status, 200);

    ASSERT_EQ(api.del(made.path).status, 204);

    EXPECT_EQ(made.api.get(contacts).code(), "api_key_revoked");
    EXPECT_EQ(api.del(made.path).status, 204);  // asked twice
    EXPECT_EQ(api.get(made.path)["status"], Json("revoked"));
    EXPECT_FALSE(api.get(made.path)["revokedAt"].is_null());
    const Reply late = api.patch(made.path, {{"name", "Outra"}});
    EXPECT_EQ(late.code(), "api_key.locked");
    EXPECT_THAT(late["title"].as_string(), HasSubstr("não tem volta"));
    EXPECT_EQ(api.post(made.path + "/restore").status, 404);
    api.patch(made.path, {{"status", "active"}});
    EXPECT_EQ(api.get(made.path)["status"], Json("revoked"));
}

TEST_F(ApiKeyTest, a_key_ends_with_its_day) {
    const std::string soon = format_time(now() + Milliseconds{1'200});
    MadeKey made = make_key(api, {"*"}, Json::object({{"expiresAt", soon}}));
    ASSERT_EQ(made.api.get(contacts).status, 200);

    EXPECT_TRUE(comes_true([&] { return made.api.get(contacts).code() == "api_key_expired"; }));

    ASSERT_EQ(api.patch(made.path, {{"expiresAt", nullptr}}).status, 200);
    EXPECT_EQ(made.api.get(contacts).status, 200);
}

TEST_F(ApiKeyTest, other_scopes_count_from_the_next_request_on) {
    MadeKey made = make_key(api, {"contacts.read"});
    ASSERT_EQ(made.api.get(contacts).status, 200);

    ASSERT_EQ(api.patch(made.path, {{"scopes", Json::array({"tags.read"})}}).status, 200);

    EXPECT_EQ(made.api.get(contacts).status, 403);
    EXPECT_EQ(made.api.get("/api/v1/tags").status, 200);
}

TEST_F(ApiKeyTest, what_its_maker_loses_the_key_loses_too) {
    Person& maker = company.user("admin");
    MadeKey made = make_key(maker.api, {"*"});
    ASSERT_EQ(made.api.get("/api/v1/users").status, 200);
    ASSERT_EQ(made.api.post(contacts, contact()).status, 201);

    ASSERT_EQ(api.patch("/api/v1/users/" + maker.id, {{"role", "readonly"}}).status, 200);
    EXPECT_EQ(made.api.post(contacts, contact()).status, 403);
    EXPECT_EQ(made.api.get(contacts).status, 200);

    ASSERT_EQ(api.patch("/api/v1/users/" + maker.id, {{"active", false}}).status, 200);
    EXPECT_EQ(made.api.get(contacts).status, 401);
}

TEST_F(ApiKeyTest, only_who_may_sees_and_makes_keys) {
    for (const char* role : {"supervisor", "agent", "sales", "readonly"}) {
        Api colleague = company.user(role).api;

        EXPECT_EQ(colleague.get("/api/v1/api-keys").status, 403) << role;
        EXPECT_EQ(
            colleague.post("/api/v1/api-keys", {{"name", "Loja"}, {"scopes", Json::array({"*"})}})
                .status,
            403)
            << role;
    }
}

TEST_F(ApiKeyTest, nobody_widens_a_key_of_somebody_who_may_more) {
    MadeKey made = make_key(api, {"contacts.read"});
    Person& keeper = company.with_rights(Json::object(
        {{"api_keys", Json::object({{"read", "all"}, {"update", "all"}, {"delete", "all"}})}}));

    EXPECT_EQ(keeper.api.patch(made.path, {{"scopes", Json::array({"*"})}}).status, 403);
    EXPECT_EQ(keeper.api.patch(made.path, {{"requestsPerMinute", 6'000}}).status, 403);
    EXPECT_EQ(keeper.api.patch(made.path, {{"name", "Da loja"}}).status, 200);
    EXPECT_EQ(keeper.api.del(made.path).status, 204);
}

TEST_F(ApiKeyTest, another_companys_key_sees_another_company) {
    const Saved saved = testing::save(api, contacts, contact());
    Company other;
    MadeKey theirs = make_key(other.api(), {"*"});
    MadeKey ours = make_key(api, {"*"});

    EXPECT_EQ(theirs.api.get(saved.path).status, 404);
    EXPECT_EQ(other.api().get(ours.path).status, 404);
    EXPECT_EQ(other.api().del(ours.path).status, 404);
    EXPECT_EQ(ours.api.get(saved.path).status, 200);
}

TEST_F(ApiKeyTest, beside_an_authorization_header_a_key_says_nothing) {
    MadeKey made = make_key(api, {"tags.read"});
    Api both(api.token());
    both.with("X-API-Key", made.key);
    Api wrong("x");
    wrong.with("X-API-Key", made.key);
    Api token_as_key;
    token_as_key.with("X-API-Key", api.token());

    EXPECT_EQ(both.get(contacts).status, 200);
    EXPECT_EQ(wrong.get("/api/v1/tags").status, 401);
    EXPECT_EQ(token_as_key.get(contacts).code(), "api_key_invalid");
}

TEST_F(ApiKeyTest, what_a_key_did_is_told_as_done_by_it_and_its_maker) {
    MadeKey made = make_key(api, {"contacts.*"});
    const Reply created = made.api.post(contacts, contact());
    ASSERT_EQ(created.status, 201);
    const std::string path = std::string(contacts) + "/" + created.id();
    ASSERT_EQ(api.patch(path, {{"name", "Beatriz"}}).status, 200);

    const Reply history = api.get(path + "/history");
    const auto& entries = history.data().items();
    ASSERT_EQ(entries.size(), 2u);
    EXPECT_TRUE(entries[0]["key"].is_null());
    EXPECT_EQ(entries[1]["key"]["id"].as_string(), made.id);
    EXPECT_EQ(entries[1]["key"]["name"].as_string(), "Loja virtual");
    EXPECT_EQ(entries[1]["actor"]["id"].as_string(), company.admin().id);
    const Reply timeline = api.get(path + "/timeline");
    EXPECT_EQ(timeline.data().items()[1]["key"]["name"].as_string(), "Loja virtual");
}

TEST_F(ApiKeyTest, what_a_key_starts_goes_on_as_that_key) {
    const Saved saved = testing::save(api, contacts, contact());
    MadeKey made = make_key(api, {"contacts.*", "operations.read"});

    const Reply started = made.api.post(std::string(contacts) + "/bulk",
                                        {{"action", "update"},
                                         {"ids", Json::array({saved.id})},
                                         {"values", Json::object({{"company", "Ponte"}})}});
    ASSERT_EQ(started.status, 202) << started.shown();
    const Reply done = testing::finished(made.api, "/api/v1/operations/" + started.id());

    EXPECT_EQ(done["state"], Json("done")) << done.shown();
    const Reply history = api.get(saved.path + "/history");
    EXPECT_EQ(history.data().items()[0]["key"]["id"].as_string(), made.id);
}

TEST_F(ApiKeyTest, when_and_from_where_it_was_used_is_known_and_told_to_nobody) {
    MadeKey made = make_key(api, {"contacts.read"});
    const auto version = api.get(made.path)["version"];
    EXPECT_TRUE(api.get(made.path)["lastUsedAt"].is_null());

    made.api.get(contacts);

    EXPECT_TRUE(comes_true([&] { return !api.get(made.path)["lastUsedAt"].is_null(); }));
    EXPECT_EQ(api.get(made.path)["lastUsedAddress"], Json("127.0.0.1"));
    EXPECT_EQ(api.get(made.path)["version"], version);
    const std::string first = api.get(made.path)["lastUsedAt"].as_string();
    made.api.get(contacts);
    made.api.get(contacts);
    EXPECT_EQ(api.get(made.path)["lastUsedAt"].as_string(), first);  // once a minute
}

TEST_F(ApiKeyTest, a_wrong_key_is_refused_and_says_why_without_a_query) {
    MadeKey made = make_key(api, {"*"});
    std::string typo = made.key;
    typo[20] = typo[20] == 'A' ? 'B' : 'A';
    Api wrong(typo);

    const Reply reply = wrong.get(contacts);

    EXPECT_EQ(reply.status, 401);
    EXPECT_EQ(reply.code(), "api_key_invalid");
    EXPECT_EQ(reply.header("www-authenticate"), "Bearer");
    EXPECT_THAT(reply["title"].as_string(), HasSubstr("copiada inteira"));
}

TEST_F(ApiKeyTest, an_answer_to_its_maker_is_not_repeated_to_a_key) {
    MadeKey made = make_key(api, {"contacts.create"});
    const Json body = contact();
    api.with("Idempotency-Key", "a-1");
    made.api.with("Idempotency-Key", "a-1");
    ASSERT_EQ(api.post(contacts, body).status, 201);

    const Reply reply = made.api.post(contacts, body);

    EXPECT_TRUE(reply.header("idempotency-replayed").empty()) << reply.shown();
}

// As many a minute as it says, in the headers that every limit uses.
TEST(ApiKeyLimitTest, a_key_is_held_to_its_pace) {
    Settings settings = testing::Server::usual_settings();
    settings.rate_limit = true;
    testing::Server limited(settings);
    Company company(limited.url());
    MadeKey made =
        make_key(company.api(), {"contacts.read"}, Json::object({{"requestsPerMinute", 3}}));

    for (int i = 0; i < 3; ++i) {
        const Reply reply = made.api.get(contacts);
        EXPECT_EQ(reply.status, 200);
        EXPECT_EQ(reply.header("x-ratelimit-limit"), "3");
        EXPECT_EQ(reply.header("x-ratelimit-remaining"), std::to_string(2 - i));
    }
    const Reply refused = made.api.get(contacts);
    EXPECT_EQ(refused.status, 429);
    EXPECT_FALSE(refused.header("retry-after").empty());
    EXPECT_EQ(company.api().get(contacts).status, 200);
}

}  // namespace
}  // namespace ponte::accounts
