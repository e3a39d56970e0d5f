// Pipelines and their stages: made in one go, there from a company's first day, not taken away
// under what stands in them.
#include "modules/sales/tests/given.hpp"

namespace ponte::sales {
namespace {

using testing::Reply;
using testing::Saved;

class PipelinesTest : public SalesTest {
protected:
    Reply make(Json::Array stages, testing::Person* by = nullptr) {
        testing::Api& caller = by ? by->api : api;
        return caller.post("/api/v1/pipelines", {{"name", testing::unique_name("Telecom")},
                                                 {"stages", Json(std::move(stages))}});
    }
};

TEST_F(PipelinesTest, a_company_has_one_from_its_first_day) {
    const Reply pipelines = api.get("/api/v1/pipelines");
    ASSERT_EQ(pipelines.data().items().size(), 1U);
    const std::string id = pipelines.data().items()[0]["id"].as_string();

    const Reply stages = api.get("/api/v1/stages?sortBy=position&pipelineId=" + id);

    std::string told;
    for (const Json& one : stages.data().items()) {
        told += one["name"].as_string() + ":" + one["outcome"].as_string() + " ";
    }
    EXPECT_EQ(told,
              "Novo:open Qualificação:open Proposta:open Negociação:open Ganho:won Perdido:lost ");
    EXPECT_FALSE(api.get("/api/v1/lost-reasons").data().items().empty());
}

TEST_F(PipelinesTest, is_made_with_its_stages_in_one_go) {
    Json first = stage("Contato", 10);
    first.set("color", "blue");
    first.set("maxDays", 3);

    const Reply made = make({first, stage("Ganho", 100, "won")});

    ASSERT_EQ(made.status, 201) << made.shown();
    const Json& stages = made["stages"];
    ASSERT_EQ(stages.items().size(), 2U);
    EXPECT_EQ(stages.items()[0]["maxDays"], Json(3));
    EXPECT_EQ(stages.items()[0]["probability"], Json(10));
    EXPECT_EQ(stages.items()[1]["position"], Json(1));
    EXPECT_EQ(stages.items()[1]["pipelineId"], made["id"]);
}

TEST_F(PipelinesTest, says_which_stage_is_wrong_and_keeps_nothing) {
    const Reply refused = make({stage("Contato", 10), stage("", 400)});

    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(refused.problem("stages.1.name"), "required") << refused.shown();
    EXPECT_EQ(refused.problem("stages.1.probability"), "too_large") << refused.shown();
    EXPECT_EQ(api.get("/api/v1/pipelines").data().items().size(), 1U);
    EXPECT_EQ(api.post("/api/v1/pipelines", {{"name", "X"}, {"stages", "duas"}}).problem("stages"),
              "type");
}

TEST_F(PipelinesTest, is_made_by_those_who_lead) {
    EXPECT_EQ(make({}, &company.user("supervisor")).status, 201);
    EXPECT_EQ(make({}, &company.user("sales")).status, 403);
}

TEST_F(PipelinesTest, neither_it_nor_a_stage_goes_while_something_stands_there) {
    const Saved one = opportunity();
    const std::string of_stage = "/api/v1/stages/" + one["stageId"].as_string(),
                      whole = "/api/v1/pipelines/" + one["pipelineId"].as_string();

    EXPECT_EQ(api.del(of_stage).code(), "stage.in_use");
    EXPECT_EQ(api.del(whole).code(), "pipeline.in_use");

    api.del(one.path);
    EXPECT_EQ(api.del(of_stage).status, 204);
}

}  // namespace
}  // namespace ponte::sales
