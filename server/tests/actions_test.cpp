// What is done with a record beside changing its fields: declared, and everything around it is the
// kernel's. Seen on an entity that no module knows.
#include "kernel/app.hpp"
#include "kernel/records/write.hpp"
#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::testing {
namespace {

constexpr Field parcel_fields[] = {
    text("name").required().sorted_as_name(),
    choice("status", "waiting | delivered").starts_as("waiting").read_only(),
    text("received_by").read_only(),
    user("carrier"),
};
constexpr Field delivery[] = {
    text("received_by").required().length(2, 60),
    integer("weight").between(1, 100),
};

Task<> deliver(Ctx& ctx, const records::Locked& before, const Values& input) {
    if (before.record["status"].as_string() == "delivered") {
        throw conflict("parcel.already_delivered");
    }
    Values values{{"status", "delivered"}, {"received_by", *input.text("received_by")}};
    co_await ctx.update("parcel", before.id, std::move(values));
}

Task<> lose(Ctx& ctx, const records::Locked& before, const Values&) {
    Values values{{"received_by", "Ninguém"}};
    co_await ctx.update("parcel", before.id, std::move(values));
    throw conflict("parcel.lost");
}

Task<Json> weigh(Ctx&, const records::Locked& before, const Values& input) {
    co_return Json::object({{"parcel", before.id}, {"weight", *input.integer("weight")}});
}

constexpr Action parcel_actions[] = {
    action("deliver", deliver).takes(delivery).needs("update"),
    action("lose", lose).needs("update"),
    action("weigh", weigh).takes(std::span(delivery).subspan(1)).needs("read"),
    action("burn", lose),  // a right of its own
};
constexpr Entity parcel_entity{
    .name = "parcel",
    .table = "parcels",
    .fields = parcel_fields,
    .actions = parcel_actions,
    .owner = "carrier",
};
static_assert(valid(parcel_entity));

void declare_parcels(App& app) { app.entity(parcel_entity); }

Server& depot() {
    static const auto one = [] {
        auto server = std::make_unique<Server>(Server::usual_settings(), declare_parcels);
        server->sql(
            "create table parcels (tenant_id uuid not null default current_tenant(), "
            "id uuid not null default new_id(), name text not null, status text not null, "
            "received_by text, carrier uuid, created_at timestamptz not null default now(), "
            "updated_at timestamptz not null default now(), created_by uuid, "
            "version bigint not null default 1, deleted_at timestamptz, "
            "primary key (tenant_id, id))");
        server->sql("call isolate_tenant('parcels')");
        return server;
    }();
    return *one;
}

class ActionsTest : public ::testing::Test {
protected:
    Company company{depot().url()};
    Api& api = company.api();

    std::string parcel(Json values = Json::object()) {
        values.set("name", "Caixa");
        return save(api, "/api/v1/parcels", values).path;
    }
    static Json to(const char* person) { return Json::object({{"receivedBy", person}}); }
};

TEST_F(ActionsTest, an_action_answers_with_the_record_as_it_is_then) {
    const std::string path = parcel();

    const Reply done = api.post(path + "/deliver", to("Ana"));

    EXPECT_EQ(done.status, 200) << done.shown();
    EXPECT_EQ(done["status"], Json("delivered"));
    EXPECT_EQ(done["receivedBy"], Json("Ana"));
    EXPECT_EQ(done["version"], Json(2));
    EXPECT_EQ(api.get(path)["status"], Json("delivered"));
    EXPECT_EQ(api.post(path + "/deliver", to("Ana")).code(), "parcel.already_delivered");
}

TEST_F(ActionsTest, an_action_may_say_something_of_its_own) {
    const Reply said = api.post(parcel() + "/weigh", Json::object({{"weight", 7}}));

    EXPECT_EQ(said.status, 200) << said.shown();
    EXPECT_EQ(said["weight"], Json(7));
}

TEST_F(ActionsTest, every_mistake_of_the_input_is_told_at_once_and_nothing_happens) {
    const std::string path = parcel();
    const Json wrong = Json::object({{"receivedBy", "A"}, {"weight", 101}, {"colour", "red"}});

    const Reply refused = api.post(path + "/deliver", wrong);

    EXPECT_EQ(refused.status, 422) << refused.shown();
    EXPECT_EQ(refused.problem("receivedBy"), "too_short");
    EXPECT_EQ(refused.problem("weight"), "too_large");
    EXPECT_EQ(refused.problem("colour"), "unknown");
    EXPECT_EQ(api.post(path + "/deliver", Json::object()).problem("receivedBy"), "required");
    EXPECT_EQ(api.get(path)["version"], Json(1));
}

TEST_F(ActionsTest, a_refusal_takes_back_what_the_action_had_written) {
    const std::string path = parcel();

    EXPECT_EQ(api.post(path + "/lose", Json::object()).code(), "parcel.lost");

    EXPECT_EQ(api.get(path)["version"], Json(1));
    EXPECT_TRUE(api.get(path)["receivedBy"].is_null());
}

TEST_F(ActionsTest, another_version_is_refused) {
    const std::string path = parcel();

    const Reply refused = api.send("POST", path + "/deliver", to("Ana"), {{"If-Match", "\"7\""}});

    EXPECT_EQ(refused.status, 412) << refused.shown();
    EXPECT_EQ(api.get(path)["version"], Json(1));
}

TEST_F(ActionsTest, only_who_may_and_only_as_far_as_the_right_reaches) {
    const Json own = Json::object({{"read", "all"}, {"update", "own"}});
    Person& carrier = company.with_rights(Json::object({{"parcels", own}}));
    const std::string theirs = parcel(Json::object({{"carrier", carrier.id}})), other = parcel();
    const Json seeing = Json::object({{"parcels", Json::object({{"read", "own"}})}});
    Person& stranger = company.with_rights(seeing);
    Company elsewhere(depot().url());

    EXPECT_EQ(carrier.api.post(other + "/deliver", to("Ana")).status, 403);
    EXPECT_EQ(stranger.api.post(other + "/weigh", Json::object({{"weight", 1}})).status, 404);
    EXPECT_EQ(stranger.api.post(other + "/deliver", to("Ana")).status, 403);
    EXPECT_EQ(elsewhere.api().post(other + "/deliver", to("Ana")).status, 404);
    EXPECT_EQ(carrier.api.post(theirs + "/burn", Json::object()).status, 403);
    EXPECT_EQ(api.get(other)["version"], Json(1));
    EXPECT_EQ(carrier.api.post(theirs + "/deliver", to("Ana")).status, 200);
}

TEST_F(ActionsTest, what_lies_in_the_bin_is_not_there) {
    const std::string path = parcel();
    ASSERT_EQ(api.del(path).status, 204);

    EXPECT_EQ(api.post(path + "/deliver", to("Ana")).status, 404);
}

}  // namespace
}  // namespace ponte::testing
