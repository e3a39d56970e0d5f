// Leads: how they come, how good they look and why, to whom they go, and what they become.
#include <array>
#include <set>
#include <thread>

#include "modules/sales/tests/given.hpp"

namespace ponte::sales {
namespace {

using testing::Reply;
using testing::Saved;

class LeadsTest : public SalesTest {
protected:
    std::size_t count(const std::string& collection) {
        return api.get("/api/v1/" + collection).data().items().size();
    }
    Saved takes_turns(const std::string& user, const std::string& only_source = "") {
        Json turn = Json::object({{"name", "Vez"}, {"userId", user}});
        if (!only_source.empty()) {
            turn.set("onlySource", only_source);
        }
        return testing::save(api, "/api/v1/lead-turns", turn);
    }
};

TEST_F(LeadsTest, is_taken_as_the_seed_says_with_its_score_and_the_reasons) {
    const Reply made = api.post("/api/v1/leads", {{"name", "Rita Campos"},
                                                  {"email", "rita@padaria.com.br"},
                                                  {"phone", "(11) 98888-7766"},
                                                  {"company", "Padaria do Porto"},
                                                  {"cnpj", "11.222.333/0001-81"},
                                                  {"source", "Indicação"},
                                                  {"campaign", "Fibra 2026"},
                                                  {"sourceUrl", "https://exemplo.com/fibra"},
                                                  {"sourceData", Json::object({{"utm", "x"}})}});

    ASSERT_EQ(made.status, 201) << made.shown();
    EXPECT_EQ(made["score"], Json(100));
    EXPECT_EQ(made["scoreReasons"].items().size(), 6U) << made.shown();
    EXPECT_EQ(made["scoreReasons"].items()[0]["points"], Json(20));
    EXPECT_EQ(made["status"], Json("new"));
    EXPECT_EQ(made["sourceData"]["utm"], Json("x"));
    const Reply found = api.get("/api/leads?search=" + std::string("padaria"));
    EXPECT_EQ(found.data().items().size(), 1U);
    EXPECT_EQ(api.get("/api/leads/" + made.id())["campaign"], Json("Fibra 2026"));
}

TEST_F(LeadsTest, is_replaced_and_deleted_by_the_old_addresses) {
    const Saved one = lead().saved();

    const Reply put = api.send("PUT", "/api/leads/" + one.id,
                               Json::object({{"name", "Rita"}, {"city", "Santos"}}));

    EXPECT_EQ(put["city"], Json("Santos")) << put.shown();
    EXPECT_TRUE(put["phone"].is_null());
    EXPECT_EQ(put["score"], Json(10));
    EXPECT_EQ(api.del("/api/leads/" + one.id).status, 204);
    EXPECT_EQ(api.get("/api/leads/" + one.id).status, 404);
}

TEST_F(LeadsTest, knows_who_is_a_contact_already) {
    const std::string phone = testing::unique_phone();
    const Saved known =
        testing::save(api, "/api/v1/contacts", Json::object({{"name", "Rita"}, {"phone", phone}}));

    const Saved one = lead().with("phone", phone).saved(),
                again = lead().with("phone", phone).saved();

    EXPECT_EQ(one["contactId"], Json(known.id));
    EXPECT_EQ(again["contactId"], Json(known.id));
}

TEST_F(LeadsTest, is_converted_in_one_go) {
    const Saved one = lead().with("company", "Padaria do Porto").with("source", "Feira").saved();

    const Reply done = api.post(one.path + "/convert", {{"value", 1500}, {"title", "Fibra"}});

    ASSERT_EQ(done.status, 200) << done.shown();
    EXPECT_EQ(done["status"], Json("converted"));
    const Reply contact = api.get("/api/v1/contacts/" + done["contactId"].as_string());
    EXPECT_EQ(contact["name"], Json("Rita Campos"));
    EXPECT_EQ(contact["status"], Json("prospect"));
    EXPECT_EQ(contact["source"], Json("Feira"));
    const Reply sale = api.get("/api/v1/opportunities/" + done["opportunityId"].as_string());
    EXPECT_EQ(sale["title"], Json("Fibra"));
    EXPECT_EQ(sale["total"], Json(1500));
    EXPECT_EQ(sale["contactId"], done["contactId"]);
    EXPECT_EQ(sale["stage"]["title"], Json("Novo"));
    EXPECT_EQ(api.post(one.path + "/convert").status, 409);
}

TEST_F(LeadsTest, goes_into_an_opportunity_that_there_is) {
    const Saved sale = opportunity(), one = lead().saved();

    const Reply done = api.post(one.path + "/convert", {{"opportunityId", sale.id}});

    EXPECT_EQ(done["opportunityId"], Json(sale.id)) << done.shown();
    EXPECT_EQ(done["contactId"], sale["contactId"]);
    EXPECT_EQ(count("contacts"), 1U);
    EXPECT_EQ(count("opportunities"), 1U);
    const Saved other = lead().saved();
    EXPECT_EQ(api.post(other.path + "/convert", {{"opportunityId", one.id}}).status, 404);
    EXPECT_EQ(api.get(other.path)["status"], Json("new"));
}

TEST_F(LeadsTest, twice_at_once_converts_once) {
    const Saved one = lead().saved();
    std::vector<std::thread> hands;
    std::array<int, 2> answers{};
    for (std::size_t i = 0; i < answers.size(); ++i) {
        hands.emplace_back([&answers, &one, i, api = testing::Api(api)]() mutable {
            answers[i] = api.post(one.path + "/convert").status;
        });
    }
    for (std::thread& hand : hands) {
        hand.join();
    }

    EXPECT_EQ(std::multiset<int>(answers.begin(), answers.end()), (std::multiset<int>{200, 409}));
    EXPECT_EQ(count("opportunities"), 1U);
    EXPECT_EQ(count("contacts"), 1U);
}

TEST_F(LeadsTest, is_converted_by_converting_alone) {
    const Saved one = lead().saved();

    EXPECT_EQ(api.patch(one.path, {{"status", "converted"}}).problem("status"), "not_an_option");
    EXPECT_EQ(api.patch(one.path, {{"status", "qualified"}}).status, 200);
    api.post(one.path + "/convert");
    EXPECT_EQ(api.patch(one.path, {{"status", "new"}}).problem("status"), "not_an_option");
}

TEST_F(LeadsTest, who_may_not_make_contacts_converts_nothing) {
    testing::Person& some = company.with_rights(Json::object(
        {{"leads", Json::object({{"read", "all"}, {"update", "all"}, {"create", "all"}})}}));
    const Saved one = lead().saved();

    EXPECT_EQ(some.api.post(one.path + "/convert").status, 403);
    EXPECT_EQ(api.get(one.path)["status"], Json("new"));
}

TEST_F(LeadsTest, new_ones_go_to_each_in_turn_and_some_by_their_source) {
    testing::Person &bruno = company.user("sales"), &carla = company.user("sales"),
                    &dora = company.user("sales");
    takes_turns(bruno.id);
    takes_turns(carla.id);
    takes_turns(dora.id, "Instagram");

    std::multiset<std::string> owners;
    for (int i = 0; i < 4; ++i) {
        owners.insert(lead().saved()["assignedTo"].as_string());
    }

    EXPECT_EQ(owners, (std::multiset<std::string>{bruno.id, bruno.id, carla.id, carla.id}));
    EXPECT_EQ(lead().with("source", "instagram").saved()["assignedTo"], Json(dora.id));
    EXPECT_EQ(lead().with("assignedTo", company.admin().id).saved()["assignedTo"],
              Json(company.admin().id));
}

TEST_F(LeadsTest, a_rule_is_tried_on_a_lead_and_then_scores_all_of_them) {
    const Saved one = lead().with("city", "São José dos Campos").saved();
    const std::int64_t before = one["score"].as_integer();
    const Saved rule = testing::save(api, "/api/v1/score-rules",
                                     Json::object({{"name", "Vale do Paraíba"},
                                                   {"field", "city"},
                                                   {"question", "contains"},
                                                   {"value", "SAO JOSE"},
                                                   {"points", 15}}));

    const Reply test = api.post(rule.path + "/test", {{"leadId", one.id}});
    EXPECT_EQ(test["matches"], Json(true)) << test.shown();
    EXPECT_EQ(test["points"], Json(15));
    testing::until([&] { return api.get(one.path)["score"] == Json(before + 15); });

    api.patch(rule.path, {{"isActive", false}});
    testing::until([&] { return api.get(one.path)["score"] == Json(before); });
    EXPECT_EQ(api.patch(rule.path, {{"field", "cidade"}}).problem("field"), "not_found");
    EXPECT_EQ(company.user("sales").api.patch(rule.path, {{"points", 1}}).status, 403);
}

TEST_F(LeadsTest, what_became_of_it_stands_in_the_timeline_of_its_contact) {
    const Saved one = lead().saved();
    const Reply done = api.post(one.path + "/convert");

    const Reply timeline =
        api.get("/api/v1/contacts/" + done["contactId"].as_string() + "/timeline");

    std::set<std::string> types;
    for (const Json& entry : timeline.data().items()) {
        types.insert(entry["type"].as_string());
    }
    EXPECT_TRUE(types.contains("lead.converted")) << timeline.shown();
    EXPECT_TRUE(types.contains("opportunity.created"));
}

TEST_F(LeadsTest, sent_twice_with_one_key_it_is_there_once) {
    testing::Api once(api);
    once.with("Idempotency-Key", Id::make().text());
    const testing::Body body{{"name", "Rita Campos"}};

    const Reply first = once.post("/api/v1/leads", body), second = once.post("/api/v1/leads", body);

    EXPECT_EQ(first.id(), second.id()) << second.shown();
    EXPECT_EQ(count("leads"), 1U);
}

}  // namespace
}  // namespace ponte::sales
