// What the server remembers of answers holds until something is written that they tell of, and no
// longer; what is written elsewhere leaves them alone. SQL past every wall shows what is
// remembered: nobody is told of it.
#include "kernel/events.hpp"
#include "kernel/testing/wait.hpp"
#include "modules/sales/tests/given.hpp"

namespace ponte::sales {
namespace {

using testing::server;

struct KeptAnswersTest : SalesTest {
    const testing::Saved customer = contact("Padaria Aurora");
    const testing::Saved offer = proposal(customer).of({item("Mesa", 100)}).saved();

    // Of the only proposal, as the list tells it.
    Json told(std::string_view member) {
        wait_for_the_feed();
        const testing::Reply page = api.get("/api/v1/proposals");
        EXPECT_EQ(page.status, 200) << page.shown();
        const Json::Array rows = page.data().items();
        EXPECT_EQ(rows.size(), 1U);
        return rows.empty() ? Json{} : rows.front()[member];
    }
    // What was written is told once more when the feed brings it round.
    static void wait_for_the_feed() {
        const auto last = static_cast<std::uint64_t>(
            server().number("select coalesce(max(sequence), 0) from events"));
        testing::until([&] { return server().services().feed().newest().sequence >= last; });
    }
    void rename_behind_its_back(const std::string& title) {
        server().sql("update proposals set title = $1 where id = $2", {title, offer.id});
    }
};

TEST_F(KeptAnswersTest, what_is_written_elsewhere_leaves_them_alone) {
    const testing::Saved table = product().named("Mesa de canto").saved();
    const std::string list = "/api/v1/products";
    wait_for_the_feed();
    ASSERT_EQ(api.get(list).data().items().front()["name"], Json("Mesa de canto"));
    server().sql("update products set name = 'Outra' where id = $1", {table.id});
    contact("Quem não compra mesas");

    EXPECT_EQ(api.get(list).data().items().front()["name"], Json("Mesa de canto"));
    api.patch(table.path, {{"unitPrice", 90}});
    EXPECT_EQ(api.get(list).data().items().front()["name"], Json("Outra"));
}

TEST_F(KeptAnswersTest, a_write_of_the_entity_makes_them_old) {
    ASSERT_EQ(told("title"), Json("Mobília da loja"));
    rename_behind_its_back("Outra");
    proposal(customer).titled("Segunda").saved();

    const testing::Reply page = api.get("/api/v1/proposals");
    const Json::Array& rows = page.data().items();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0]["title"], Json("Segunda"));
    EXPECT_EQ(rows[1]["title"], Json("Outra"));
}

TEST_F(KeptAnswersTest, so_does_a_write_of_what_their_links_name) {
    ASSERT_EQ(told("contact")["title"], Json("Padaria Aurora"));
    api.patch(customer.path, {{"name", "Padaria Boreal"}});

    EXPECT_EQ(told("contact")["title"], Json("Padaria Boreal"));
}

TEST_F(KeptAnswersTest, so_does_a_write_of_what_their_totals_count) {
    wait_for_the_feed();
    ASSERT_EQ(api.get(customer.path)["totalInteractions"], Json(0));
    testing::save(api, "/api/v1/notes",
                  Json::object({{"contactId", customer.id}, {"body", "Ligou de volta"}}));

    EXPECT_EQ(api.get(customer.path)["totalInteractions"], Json(1));
}

TEST_F(KeptAnswersTest, so_does_another_team_of_a_colleague) {
    testing::Person& agent =
        company.with_rights(Json::object({{"contacts", Json::object({{"read", "team"}})}}));
    const testing::Saved team =
        testing::save(api, "/api/v1/teams", Json::object({{"name", testing::unique_name("Sul")}}));
    testing::Person& owner = company.user("sales");
    api.patch("/api/v1/users/" + agent.id, {{"teamId", team.id}});
    api.patch(customer.path, {{"assignedTo", owner.id}});
    testing::Api reader = agent.api;
    wait_for_the_feed();
    ASSERT_EQ(reader.get("/api/v1/contacts").data().items().size(), 0U);

    api.patch("/api/v1/users/" + owner.id, {{"teamId", team.id}});

    EXPECT_EQ(reader.get("/api/v1/contacts").data().items().size(), 1U);
}

}  // namespace
}  // namespace ponte::sales
