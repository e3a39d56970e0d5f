// Opportunities: where they stand, what they are worth, and how they end.
#include <chrono>
#include <map>
#include <thread>

#include "kernel/values.hpp"
#include "modules/sales/tests/given.hpp"

namespace ponte::sales {
namespace {

using testing::Reply;
using testing::Saved;

std::string encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        out += {'%', digits[byte / 16], digits[byte % 16]};
    }
    return out;
}

class OpportunitiesTest : public SalesTest {
protected:
    const Reply pipeline = api.post(
        "/api/v1/pipelines",
        {{"name", "Telecom"},
         {"stages", Json::array({stage("Contato", 10), stage("Proposta", 50),
                                 stage("Ganho", 100, "won"), stage("Perdido", 0, "lost")})}});
    std::string stage_id(std::size_t place) const {
        return pipeline["stages"].items()[place]["id"].as_string();
    }
    Saved in_stage(std::size_t place, double value = 1000) {
        return opportunity(contact()).in(stage_id(place)).worth(value).saved();
    }
    Reply move(const Saved& one, std::size_t place) {
        return api.patch(one.path, {{"stageId", stage_id(place)}});
    }
    std::string reason() {
        return api.get("/api/v1/lost-reasons").data().items()[0]["id"].as_string();
    }
    Reply stays(const Saved& one) { return api.get(one.path + "/stages"); }
};

TEST_F(OpportunitiesTest, is_made_as_the_seed_says) {
    const Saved whose = contact();

    const Reply made = api.post("/api/v1/pipelines/opportunities", {{"contactId", whose.id},
                                                                    {"pipelineId", pipeline["id"]},
                                                                    {"stageId", stage_id(1)},
                                                                    {"title", "Link dedicado"},
                                                                    {"value", 1500.5}});

    ASSERT_EQ(made.status, 201) << made.shown();
    EXPECT_EQ(made["status"], Json("open"));
    EXPECT_EQ(made["probability"], Json(50));
    EXPECT_EQ(made["weighted"], Json(750.25));
    EXPECT_EQ(made["stage"]["title"], Json("Proposta"));
    EXPECT_EQ(made["assignedTo"], Json(company.admin().id));
    const Reply list = api.get("/api/v1/pipelines/opportunities?stageId=" + stage_id(1));
    EXPECT_EQ(list.data().items().size(), 1U);
    EXPECT_EQ(api.get("/api/v1/pipelines/opportunities/" + made.id()).status, 200);
}

TEST_F(OpportunitiesTest, stands_in_the_first_stage_when_none_is_named) {
    const Saved plain = opportunity();
    EXPECT_EQ(plain["stage"]["title"], Json("Novo"));

    const Saved other = opportunity(contact()).with("pipelineId", pipeline["id"]).saved();
    EXPECT_EQ(other["stageId"], Json(stage_id(0)));

    const Json values =
        opportunity(contact()).with("pipelineId", plain["pipelineId"]).in(stage_id(0)).values();
    const Reply wrong = api.post("/api/v1/opportunities", values);
    EXPECT_EQ(wrong.problem("stageId"), "not_in_pipeline") << wrong.shown();
}

TEST_F(OpportunitiesTest, counts_what_is_paid_each_month) {
    const Saved plan = opportunity(contact())
                           .worth(200)
                           .in(stage_id(1))
                           .with("monthlyValue", 99.9)
                           .with("months", 12)
                           .saved();

    EXPECT_EQ(plan["total"], Json(1398.8));
    EXPECT_EQ(plan["weighted"], Json(699.4));
}

TEST_F(OpportunitiesTest, a_move_brings_its_probability_and_is_kept_with_its_length) {
    const Saved one = in_stage(0);

    const Reply moved = move(one, 1);

    EXPECT_EQ(moved["probability"], Json(50)) << moved.shown();
    const Reply told = stays(one);
    ASSERT_EQ(told.data().items().size(), 2U) << told.shown();
    const Json &first = told.data().items()[0], &second = told.data().items()[1];
    EXPECT_EQ(first["name"], Json("Contato"));
    EXPECT_EQ(first["leftAt"], second["enteredAt"]);
    EXPECT_TRUE(second["leftAt"].is_null());
    EXPECT_EQ(second["movedBy"], Json(company.admin().id));
    EXPECT_EQ(moved["stageEnteredAt"], second["enteredAt"]);
}

TEST_F(OpportunitiesTest, who_says_how_likely_it_is_knows_better_than_the_stage) {
    const Saved one = in_stage(0);

    const Reply moved = api.patch(one.path, {{"stageId", stage_id(1)}, {"probability", 80}});

    EXPECT_EQ(moved["probability"], Json(80));
}

TEST_F(OpportunitiesTest, knows_from_when_on_it_is_stuck) {
    api.patch("/api/v1/stages/" + stage_id(1), {{"maxDays", 3}});
    const Saved one = in_stage(0);
    EXPECT_TRUE(one["stageDueOn"].is_null());

    const std::string due = move(one, 1)["stageDueOn"].as_string();

    const auto ends = parse_time(due + "T23:59:59-03:00");
    ASSERT_TRUE(ends) << due;
    EXPECT_GE(*ends - now(), std::chrono::days(3) - std::chrono::minutes(1));
    EXPECT_LT(*ends - now(), std::chrono::days(4));
}

TEST_F(OpportunitiesTest, is_won_by_the_action_and_by_its_stage) {
    const Saved acted = in_stage(1), dragged = in_stage(1);

    const Reply won = api.post(acted.path + "/win", {{"value", 1200}});
    EXPECT_EQ(won["status"], Json("won")) << won.shown();
    EXPECT_EQ(won["stageId"], Json(stage_id(2)));
    EXPECT_EQ(won["total"], Json(1200));
    EXPECT_EQ(won["weighted"], Json(1200));
    EXPECT_FALSE(won["closedAt"].is_null());
    EXPECT_EQ(move(dragged, 2)["status"], Json("won"));
    EXPECT_EQ(api.post(acted.path + "/win").status, 409);
}

TEST_F(OpportunitiesTest, is_lost_for_a_reason_of_the_list_and_opened_where_it_stood) {
    const Saved one = in_stage(0);
    move(one, 1);
    EXPECT_EQ(api.post(one.path + "/lose").problem("lostReasonId"), "required");
    EXPECT_EQ(api.post(one.path + "/lose", {{"lostReasonId", one.id}}).problem("lostReasonId"),
              "not_found");

    const Reply lost =
        api.post(one.path + "/lose", {{"lostReasonId", reason()}, {"lostNote", "Caro"}});
    EXPECT_EQ(lost["status"], Json("lost")) << lost.shown();
    EXPECT_EQ(lost["weighted"], Json(0));

    const Reply again = api.post(one.path + "/reopen");
    EXPECT_EQ(again["stageId"], Json(stage_id(1))) << again.shown();
    EXPECT_TRUE(again["lostReasonId"].is_null());
    EXPECT_TRUE(again["closedAt"].is_null());
    EXPECT_EQ(stays(one).data().items().size(), 4U);
}

TEST_F(OpportunitiesTest, a_stage_asks_for_what_must_be_there) {
    api.patch("/api/v1/stages/" + stage_id(1),
              {{"requiredFields", Json::array({"expected_close", "items"})}});
    const Saved one = in_stage(0);

    const Reply refused = move(one, 1);
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(refused.problem("expectedClose"), "required") << refused.shown();
    EXPECT_EQ(refused.problem("items"), "required");

    const Reply moved = api.patch(one.path, {{"stageId", stage_id(1)},
                                             {"expectedClose", "2026-12-20"},
                                             {"items", Json::array({item("Ramal", 30, 5)})}});
    EXPECT_EQ(moved.status, 200) << moved.shown();
}

TEST_F(OpportunitiesTest, totals_of_the_columns_are_the_databases) {
    in_stage(0, 100);
    in_stage(0, 50.5);
    in_stage(1, 1000);
    Json filter = Json::object({{"field", "pipelineId"}, {"op", "is"}, {"value", pipeline["id"]}});

    const Reply counts =
        api.get("/api/v1/opportunities/counts?by=stageId&sum=total,weighted&filter=" +
                encoded(filter.dump()));

    std::map<std::string, Json> by_stage;
    for (const Json& one : counts.data().items()) {
        by_stage[one["value"].as_string()] = one;
    }
    ASSERT_EQ(by_stage.size(), 2U) << counts.shown();
    EXPECT_EQ(by_stage[stage_id(0)]["count"], Json(2));
    EXPECT_EQ(by_stage[stage_id(0)]["sums"]["total"], Json(150.5));
    EXPECT_EQ(by_stage[stage_id(1)]["sums"]["weighted"], Json(500));
    EXPECT_EQ(counts["total"], Json(3));
    EXPECT_EQ(api.get("/api/v1/opportunities/counts?by=status&sum=title").problem("sum"),
              "not_an_option");
}

TEST_F(OpportunitiesTest, two_who_drag_at_once_leave_one_story) {
    const Saved one = in_stage(0);
    std::vector<std::thread> hands;
    for (const std::size_t place : {1U, 2U}) {
        hands.emplace_back([this, &one, place, api = testing::Api(api)]() mutable {
            api.patch(one.path, {{"stageId", stage_id(place)}});
        });
    }
    for (std::thread& hand : hands) {
        hand.join();
    }

    const Reply now = api.get(one.path), told = stays(one);
    ASSERT_EQ(told.data().items().size(), 3U) << told.shown();
    EXPECT_EQ(told.data().items()[2]["stageId"], now["stageId"]) << told.shown();
    EXPECT_EQ(now["status"], Json(now["stageId"] == Json(stage_id(2)) ? "won" : "open"));
}

TEST_F(OpportunitiesTest, who_sells_moves_what_is_theirs) {
    testing::Person& bruno = company.user("sales");
    const Saved his = opportunity(contact()).owned_by(bruno.id).saved(), other = opportunity();

    EXPECT_EQ(bruno.api.post(his.path + "/win").status, 200);
    EXPECT_EQ(bruno.api.post(other.path + "/win").status, 403);
    EXPECT_EQ(company.user("agent").api.get(other.path + "/stages").status, 200);
    testing::Person& nobody = company.with_rights(Json::object());
    EXPECT_EQ(nobody.api.get(other.path + "/stages").status, 403);
}

TEST_F(OpportunitiesTest, goes_along_with_its_customer) {
    testing::Person &bruno = company.user("sales"), &carla = company.user("sales");
    const Saved whose = testing::save(api, "/api/v1/contacts",
                                      Json::object({{"name", "Cliente do Bruno"},
                                                    {"phone", testing::unique_phone()},
                                                    {"assignedTo", bruno.id}}));
    const Saved open = opportunity(whose).owned_by(bruno.id).saved();

    api.patch(whose.path, {{"assignedTo", carla.id}});

    testing::until([&] { return api.get(open.path)["assignedTo"] == Json(carla.id); });
}

TEST_F(OpportunitiesTest, its_end_stands_in_the_customers_timeline) {
    const Saved whose = contact();
    const Saved one = opportunity(whose).saved();
    api.post(one.path + "/win");

    const Reply timeline = api.get(whose.path + "/timeline");

    std::string told;
    for (const Json& entry : timeline.data().items()) {
        told += entry["type"].as_string() + " ";
    }
    EXPECT_NE(told.find("opportunity.won"), told.npos) << timeline.shown();
}

}  // namespace
}  // namespace ponte::sales
