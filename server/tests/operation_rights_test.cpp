// Long work goes on in somebody's name with the rights that they have by then; and what is taken
// back means the labels themselves, whatever they are called by now.
#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::testing {
namespace {

constexpr int many = 6'000;

struct OperationRightsTest : ApiTest {
    Reply bulk(Api& as, const Json& body) {
        const Reply started = as.post("/api/v1/contacts/bulk", body);
        EXPECT_EQ(started.status, 202) << started.shown();
        return started;
    }
    Reply ended(const Reply& started) {
        return finished(api, "/api/v1/operations/" + started.id());
    }
    Reply act(const Reply& operation, const std::string& what) {
        const std::string path = "/api/v1/operations/" + operation.id();
        const Reply asked = api.post(path + what);
        EXPECT_EQ(asked.status, 202) << asked.shown();
        return finished(api, path);
    }
    void make_many() {
        server().sql(
            "insert into contacts (tenant_id, name, created_at) select $1, 'Contato ' || n, "
            "now() - interval '1 minute' from generate_series(1, $2::int) n",
            {company.id(), std::to_string(many)});
    }
    std::int64_t alive() {
        return server().number(
            "select count(*) from contacts where tenant_id = $1 and deleted_at is null",
            {company.id()});
    }
    Saved contact(Json::Array tags) {
        const Json values = Json::object(
            {{"name", "Ana"}, {"phone", unique_phone()}, {"tags", Json(std::move(tags))}});
        return save(api, "/api/v1/contacts", values);
    }
    std::string tag_path(const std::string& name) {
        return "/api/v1/tags/" +
               server().value("select id from tags where tenant_id = $1 and name = $2",
                              {company.id(), name});
    }
    Reply tagged(const Saved& contact, Json values) {
        const Json body = Json::object({{"action", "update"},
                                        {"ids", Json::array({contact.id})},
                                        {"values", std::move(values)}});
        return ended(bulk(api, body));
    }
};

TEST_F(OperationRightsTest, a_bulk_stops_when_its_author_is_dismissed_and_others_decide) {
    Person& rui = company.user("supervisor");
    make_many();

    const Json all =
        Json::object({{"action", "delete"}, {"filter", Json::parse(R"({"and": []})")}});
    const Reply started = bulk(rui.api, all);
    ASSERT_EQ(api.patch("/api/v1/users/" + rui.id, {{"active", false}}).status, 200);

    const Reply stopped = ended(started);
    EXPECT_EQ(stopped["state"], Json("failed")) << stopped.shown();
    EXPECT_EQ(stopped["error"], Json("asker_may_not"));
    EXPECT_GT(alive(), 0);
    EXPECT_EQ(act(started, "/resume")["state"], Json("done"));
    EXPECT_EQ(alive(), 0);
    EXPECT_EQ(act(started, "/undo")["state"], Json("undone"));
    EXPECT_EQ(alive(), many);
}

TEST_F(OperationRightsTest, a_bulk_leaves_alone_what_its_author_lost_on_the_way) {
    Person& rui = company.user("supervisor");
    make_many();

    const Json all =
        Json::object({{"action", "delete"}, {"filter", Json::parse(R"({"and": []})")}});
    const Reply started = bulk(rui.api, all);
    ASSERT_EQ(api.patch("/api/v1/users/" + rui.id, {{"role", "sales"}}).status, 200);

    const Reply done = ended(started);
    EXPECT_EQ(done["state"], Json("done")) << done.shown();
    EXPECT_GT(alive(), 0);
}

TEST_F(OperationRightsTest, an_import_stops_when_its_author_is_demoted_and_goes_on_for_another) {
    Person& rui = company.user("supervisor");
    const int rows = 20'000;
    std::string file = "nome;email\n";
    for (int i = 0; i < rows; ++i) {
        const std::string number = std::to_string(i);
        file += "Cliente " + number + ";c" + number + "@exemplo.com.br\n";
    }
    const Reply started = rui.api.upload(
        "/api/v1/imports", {{"entity", "contact"}, {"mode", "create"}}, "clientes.csv", file);
    ASSERT_EQ(started.status, 202) << started.shown();
    ASSERT_EQ(api.patch("/api/v1/users/" + rui.id, {{"role", "readonly"}}).status, 200);

    const std::string path = "/api/v1/imports/" + started.id();
    const Reply stopped = finished(api, path);
    EXPECT_EQ(stopped["state"], Json("failed")) << stopped.shown();
    EXPECT_EQ(stopped["error"], Json("asker_may_not"));
    EXPECT_LT(alive(), rows);
    ASSERT_EQ(api.post(path + "/resume").status, 202);
    EXPECT_EQ(finished(api, path)["created"], Json(rows));
    EXPECT_EQ(api.post(path + "/resume").code(), "import.not_resumable");
}

TEST_F(OperationRightsTest, an_undo_knows_a_label_by_itself_and_not_by_its_name) {
    const Saved ana = contact({"Beta"});
    const Reply replaced = tagged(ana, Json::object({{"tags", Json::array({"Xis"})}}));
    ASSERT_EQ(api.patch(tag_path("Beta"), {{"name", "Gama"}}).status, 200);

    act(replaced, "/undo");

    EXPECT_EQ(api.get(ana.path)["tags"], Json::array({"Gama"}));
    EXPECT_EQ(server().number("select count(*) from tags where tenant_id = $1 and name = 'Beta'",
                              {company.id()}),
              0);
}

TEST_F(OperationRightsTest, an_undo_takes_a_label_off_though_another_was_renamed_or_deleted) {
    const Saved ana = contact({"Um", "Dois"});
    const Reply added = tagged(ana, Json::object({{"addTags", Json::array({"Mais"})}}));
    api.patch(tag_path("Um"), {{"name", "Primeiro"}});
    ASSERT_EQ(api.del(tag_path("Dois")).status, 204);

    const Reply undone = act(added, "/undo");

    EXPECT_EQ(undone["kept"], Json(0)) << undone.shown();
    EXPECT_EQ(api.get(ana.path)["tags"], Json::array({"Primeiro"}));
}

}  // namespace
}  // namespace ponte::testing
