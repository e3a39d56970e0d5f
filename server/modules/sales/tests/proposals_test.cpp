// Proposals through every verb: items live and change with them.
#include <numeric>
#include <thread>

#include "modules/sales/tests/given.hpp"

namespace ponte::sales {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Reply;
using testing::Saved;

std::vector<std::string> descriptions(const Json& proposal) {
    std::vector<std::string> out;
    for (const Json& item : proposal["items"].items()) {
        out.push_back(item["description"].as_string());
    }
    return out;
}

Json with_id(const Json& item, Json changes = Json::object()) {
    changes.set("id", item["id"]);
    return changes;
}

class ProposalsTest : public SalesTest {};

TEST_F(ProposalsTest, is_written_with_its_items_in_one_go) {
    const Saved aurora = contact("Padaria Aurora");
    const Saved desk = product().named("Mesa redonda").saved();
    Json first = item("Mesa redonda", 199.9, 3);
    first.set("productId", desk.id);
    Json second = item("Frete", 80);
    second.set("discount", 12.5);

    const Saved saved = proposal(aurora).of({first, second}).saved();

    EXPECT_EQ(saved["total"], Json(669.7));
    EXPECT_EQ(saved["contact"]["title"], Json("Padaria Aurora"));
    EXPECT_EQ(saved["assignedTo"], Json(company.admin().id));
    EXPECT_EQ(saved["status"], Json("draft"));
    const Json& items = saved["items"];
    EXPECT_EQ(items.items()[0]["product"]["title"], Json("Mesa redonda"));
    EXPECT_EQ(items.items()[0]["total"], Json(599.7));
    EXPECT_EQ(items.items()[1]["total"], Json(70));
    EXPECT_TRUE(items.items()[1]["product"].is_null());
    const Reply shown = api.get(saved.path);
    EXPECT_EQ(shown["items"], items);
    const Reply list = api.get("/api/v1/proposals");
    ASSERT_EQ(list.data().items().size(), 1U);
    EXPECT_EQ(list.data().items()[0].find("items"), nullptr);
    EXPECT_EQ(list.data().items()[0]["total"], Json(669.7));
}

TEST_F(ProposalsTest, has_the_next_number_of_its_company_also_two_at_once) {
    const Saved whose = contact();
    std::vector<std::thread> writers;
    for (int i = 0; i < 4; ++i) {
        writers.emplace_back([&, api = testing::Api(api)]() mutable {
            for (int k = 0; k < 5; ++k) {
                ProposalBuilder(api, whose.id).saved();
            }
        });
    }
    for (std::thread& writer : writers) {
        writer.join();
    }

    std::vector<std::int64_t> numbers;
    const Reply list = api.get("/api/v1/proposals?sortBy=number&limit=50");
    for (const Json& one : list.data().items()) {
        numbers.push_back(one["number"].as_integer());
    }
    std::vector<std::int64_t> expected(20);
    std::iota(expected.begin(), expected.end(), 1);
    EXPECT_EQ(numbers, expected);
}

TEST_F(ProposalsTest, names_each_problem_by_its_item) {
    const Saved whose = contact();
    Json wrong = item("Cadeira", 10);
    wrong.set("unitPrice", -1);
    wrong.set("colour", "red");
    const Json items =
        Json::array({item("Mesa", 1), Json::object({{"quantity", "muitas"}}), wrong, "nada",
                     Json::object({{"id", Id::make()}, {"description", "x"}, {"unitPrice", 1}})});

    const Reply reply =
        api.post("/api/v1/proposals", {{"contactId", whose.id}, {"title", ""}, {"items", items}});

    EXPECT_EQ(reply.status, 422);
    EXPECT_EQ(reply.problem("title"), "required") << reply.shown();
    EXPECT_EQ(reply.problem("items.1.description"), "required");
    EXPECT_EQ(reply.problem("items.1.quantity"), "type") << reply.shown();
    EXPECT_EQ(reply.problem("items.1.unitPrice"), "required");
    EXPECT_EQ(reply.problem("items.2.unitPrice"), "too_small");
    EXPECT_EQ(reply.problem("items.2.colour"), "unknown");
    EXPECT_EQ(reply.problem("items.3"), "type");
    EXPECT_EQ(reply.problem("items.4.id"), "not_found");
    EXPECT_EQ(api.get("/api/v1/proposals").data().items().size(), 0U);
}

TEST_F(ProposalsTest, keeps_takes_off_and_adds_items_by_their_ids) {
    const Saved saved = proposal(contact())
                            .of({item("Mesa", 100), item("Cadeira", 50, 4), item("Frete", 80)})
                            .saved();
    const auto& old = saved["items"].items();

    const Reply reply = api.patch(
        saved.path, {{"items", Json::array({item("Tapete", 30),
                                            with_id(old[1], Json::object({{"quantity", 2}})),
                                            with_id(old[0])})}});

    ASSERT_EQ(reply.status, 200) << reply.shown();
    EXPECT_THAT(descriptions(reply.body), ElementsAre("Tapete", "Cadeira", "Mesa"));
    EXPECT_EQ(reply["items"].items()[1]["id"], old[1]["id"]);
    EXPECT_EQ(reply["items"].items()[1]["unitPrice"], Json(50));
    EXPECT_EQ(reply["total"], Json(230));
    EXPECT_EQ(reply["version"], Json(2));
}

TEST_F(ProposalsTest, two_who_change_lines_at_once_do_not_overwrite_each_other) {
    const Saved saved = proposal();
    const Json items = Json::array({with_id(saved["items"].items()[0], item("Mesa", 90))});

    const Reply first = api.send("PATCH", saved.path, {{"items", items}}, {{"If-Match", "\"1\""}});
    const Reply second =
        api.send("PATCH", saved.path, {{"items", Json::array()}}, {{"If-Match", "\"1\""}});

    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(second.status, 412);
    EXPECT_EQ(api.get(saved.path)["total"], Json(90));
}

TEST_F(ProposalsTest, what_changes_nothing_makes_no_version) {
    const Saved saved = proposal();

    const Reply same = api.patch(saved.path, {{"items", saved["items"]}});

    EXPECT_EQ(same["version"], Json(1)) << same.shown();
}

TEST_F(ProposalsTest, items_have_addresses_of_their_own) {
    const Saved saved = proposal();
    const std::string items = saved.path + "/items";

    const Reply added = api.post(items, item("Cadeira", 50, 2));
    const Reply changed = api.patch(items + "/" + added.id(), {{"quantity", 3}});
    const Reply refused = api.patch(items + "/" + added.id(), {{"unitPrice", "caro"}});
    const Reply list = api.get(items);
    const Reply removed = api.del(items + "/" + saved["items"].items()[0]["id"].as_string());
    const Reply again = api.del(items + "/" + saved["items"].items()[0]["id"].as_string());

    ASSERT_EQ(added.status, 201) << added.shown();
    EXPECT_EQ(added["total"], Json(100));
    EXPECT_EQ(added.header("location"), items + "/" + added.id());
    EXPECT_EQ(added.header("etag"), "\"2\"");
    EXPECT_EQ(changed["total"], Json(150)) << changed.shown();
    EXPECT_EQ(refused.problem("unitPrice"), "format") << refused.shown();
    EXPECT_EQ(list.data().items().size(), 2U);
    EXPECT_EQ(removed.status, 204);
    EXPECT_EQ(again.status, 404);
    const Reply now = api.get(saved.path);
    EXPECT_EQ(now["total"], Json(150));
    EXPECT_EQ(now["version"], Json(4));
}

TEST_F(ProposalsTest, are_gone_from_the_bin_and_back_with_their_items) {
    const Saved saved = proposal();

    api.del(saved.path);
    const Reply gone = api.get(saved.path);
    const Reply items = api.get(saved.path + "/items");
    const Reply back = api.post(saved.path + "/restore");

    EXPECT_EQ(gone.status, 404);
    EXPECT_EQ(items.status, 404);
    EXPECT_EQ(back["items"], saved["items"]);
}

TEST_F(ProposalsTest, are_shown_as_they_were) {
    Json first = item("Mesa", 100);
    first.set("productId", product().named("Mesa alta").saved().id);
    const Saved saved = proposal(contact()).of({first}).saved();
    const std::string before = format_time(now());
    testing::until([&] { return format_time(now()) > before; });
    api.patch(saved.path, {{"items", Json::array({item("Outra", 7)})}});

    const Reply past = api.get(saved.path + "?asOf=" + before);

    EXPECT_THAT(descriptions(past.body), ElementsAre("Mesa"));
    EXPECT_EQ(past["items"].items()[0]["product"]["title"], Json("Mesa alta"));
    EXPECT_EQ(past["contact"]["title"], Json("Padaria Aurora"));
    EXPECT_EQ(past["total"], Json(100));
    const Reply history = api.get(saved.path + "/history");
    const Json& change = history.data().items()[0]["changes"]["items"];
    EXPECT_EQ(change["from"].items()[0]["description"], Json("Mesa"));
    EXPECT_EQ(change["from"].items()[0]["product"]["title"], Json("Mesa alta")) << history.shown();
    EXPECT_TRUE(change["to"].items()[0]["product"].is_null());
    EXPECT_EQ(change["to"].items()[0]["description"], Json("Outra"));
}

TEST_F(ProposalsTest, are_read_again_by_those_who_know_them_once_a_product_is_called_otherwise) {
    const Saved desk = product().named("Mesa alta").saved();
    Json first = item("Mesa", 100);
    first.set("productId", desk.id);
    const Saved saved = proposal(contact()).of({first}).saved();
    const http::Headers known{{"If-None-Match", "\"1\""}};

    const Reply same = api.send("GET", saved.path, {}, known);
    api.patch(desk.path, {{"name", "Mesa de bar"}});
    const Reply renamed = api.send("GET", saved.path, {}, known);

    EXPECT_EQ(same.status, 304);
    ASSERT_EQ(renamed.status, 200);
    EXPECT_EQ(renamed["items"].items()[0]["product"]["title"], Json("Mesa de bar"));
}

TEST_F(ProposalsTest, undo_brings_back_what_a_bulk_changed_and_leaves_the_items_of_others) {
    const Saved saved = proposal();
    const Reply started =
        api.post("/api/v1/proposals/bulk", {{"action", "update"},
                                            {"ids", Json::array({saved.id})},
                                            {"values", Json::object({{"title", "Muda"}})}});
    ASSERT_EQ(started.status, 202) << started.shown();
    testing::finished(api, "/api/v1/operations/" + started.id());
    api.patch(saved.path, {{"items", Json::array({item("Depois", 5)})}});

    const Reply undo = api.post("/api/v1/operations/" + started.id() + "/undo");
    ASSERT_EQ(undo.status, 202) << undo.shown();
    testing::finished(api, "/api/v1/operations/" + started.id());

    const Reply now = api.get(saved.path);
    EXPECT_EQ(now["title"], Json("Mobília da loja"));
    EXPECT_THAT(descriptions(now.body), ElementsAre("Depois"));
}

TEST_F(ProposalsTest, a_bulk_changes_no_items) {
    const Saved saved = proposal();

    const Reply reply =
        api.post("/api/v1/proposals/bulk",
                 {{"action", "update"},
                  {"ids", Json::array({saved.id})},
                  {"values", Json::object({{"items", Json::array({item("x", 1)})}})}});

    EXPECT_EQ(reply.status, 422);
    EXPECT_EQ(reply.problem("items"), "not_allowed") << reply.shown();
}

TEST_F(ProposalsTest, are_found_by_the_customers_name_their_number_and_their_title) {
    const Saved aurora = contact("Padaria Aurora"), other = contact("Oficina do Zé");
    const Saved wanted = proposal(aurora).titled("Balcão").saved();
    proposal(other).titled("Estantes").saved();

    for (const char* text : {"aurora", "padaria%20balcao", "balc", "1"}) {
        const Reply list = api.get("/api/v1/proposals?search=" + std::string(text));
        ASSERT_EQ(list.data().items().size(), 1U) << text << list.shown();
        EXPECT_EQ(list.data().items()[0]["id"], Json(wanted.id)) << text;
    }
    const Reply everywhere = api.get("/api/v1/search?q=aurora");
    EXPECT_THAT(
        everywhere.text,
        ::testing::HasSubstr(R"("title":"Balcão","subtitle":"Padaria Aurora","detail":"#1")"));
    const Reply sorted = api.get("/api/v1/proposals?sortBy=contact.name");
    EXPECT_EQ(sorted.data().items()[1]["id"], Json(wanted.id));
}

TEST_F(ProposalsTest, tell_nothing_of_customers_whom_one_may_not_see) {
    const Saved secret = contact("Padaria Secreta");
    const Saved of_others = proposal(secret).saved();
    testing::Api& narrow =
        company
            .with_rights(
                Json::object({{"contacts", Json::object({{"read", "own"}})},
                              {"proposals", Json::object({{"read", "all"}, {"create", "all"}})}}))
            .api;

    const Reply found = narrow.get("/api/v1/proposals?search=secreta");
    const Reply shown = narrow.get(of_others.path);
    const Reply made =
        narrow.post("/api/v1/proposals", {{"contactId", secret.id}, {"title", "Espiar"}});

    EXPECT_THAT(found.data().items(), IsEmpty()) << found.shown();
    EXPECT_EQ(shown.status, 200);
    EXPECT_TRUE(shown["contact"]["title"].is_null()) << shown.shown();
    EXPECT_EQ(made.problem("contactId"), "not_found") << made.shown();
}

TEST_F(ProposalsTest, point_to_no_product_of_another_company) {
    testing::Company other;
    const Saved theirs = ProductBuilder(other.api()).saved();
    Json stolen = item("Roubada", 1);
    stolen.set("productId", theirs.id);

    const Reply reply =
        api.post("/api/v1/proposals",
                 {{"contactId", contact().id}, {"title", "x"}, {"items", Json::array({stolen})}});

    EXPECT_EQ(reply.status, 422);
    EXPECT_EQ(reply.problem("items.0.productId"), "not_found") << reply.shown();
}

TEST_F(ProposalsTest, round_half_a_cent_up) {
    EXPECT_EQ(proposal(contact()).of({item("Metro", 0.03, 0.5)}).saved()["total"], Json(0.02));
    EXPECT_EQ(proposal(contact()).of({item("Metro", 1.1, 3)}).saved()["total"], Json(3.3));
    Json third = item("Hora", 99.99, 1.25);
    third.set("discount", 33.33);
    EXPECT_EQ(proposal(contact()).of({third}).saved()["total"], Json(83.33));
}

}  // namespace
}  // namespace ponte::sales
