#include "modules/customers/tests/given.hpp"

namespace ponte::customers {
namespace {

using testing::Reply;

class ContactStatsTest : public CustomersTest {
protected:
    void expect_stats(std::int64_t active, std::int64_t prospect, std::int64_t inactive,
                      std::int64_t fresh) {
        const Reply reply = api.get("/api/v1/contacts/stats");
        ASSERT_EQ(reply.status, 200) << reply.shown();
        EXPECT_EQ(reply["total"], Json(active + prospect + inactive));
        EXPECT_EQ(reply["active"], Json(active));
        EXPECT_EQ(reply["prospect"], Json(prospect));
        EXPECT_EQ(reply["inactive"], Json(inactive));
        EXPECT_EQ(reply["new"], Json(fresh));
    }
    // No API makes the past.
    void make_older(const testing::Saved& contact, int days) {
        testing::server().sql(
            "update contacts set created_at = now() - $2::int * interval '1 day' where id = $1",
            {contact.id, std::to_string(days)});
    }
};

TEST_F(ContactStatsTest, customers_are_counted_by_status) {
    expect_stats(0, 0, 0, 0);
    given.contact().saved();
    const auto bia = given.contact().saved();
    given.contact().with_status("prospect").saved();

    expect_stats(2, 1, 0, 3);
    api.patch(bia.path, {{"status", "inactive"}});
    expect_stats(1, 1, 1, 3);
    api.del(bia.path);
    expect_stats(1, 1, 0, 2);
    api.post(bia.path + "/restore");
    expect_stats(1, 1, 1, 3);
}

TEST_F(ContactStatsTest, new_is_what_the_company_says) {
    const auto old = given.contact().saved(), recent = given.contact().saved();
    make_older(old, 31);
    make_older(recent, 12);

    expect_stats(2, 0, 0, 1);
    api.patch("/api/v1/settings/customers", {{"newContactDays", 7}});
    expect_stats(2, 0, 0, 0);
    api.patch("/api/v1/settings/customers", {{"newContactDays", 60}});
    expect_stats(2, 0, 0, 2);
}

TEST_F(ContactStatsTest, whoever_sees_only_their_own_counts_their_own) {
    auto& person =
        company.with_rights(Json::object({{"contacts", Json::object({{"read", "own"}})}}));
    given.contact().saved();
    given.contact().owned_by(person.id).with_status("prospect").saved();

    const Reply reply = person.api.get("/api/v1/contacts/stats");

    EXPECT_EQ(reply["total"], Json(1)) << reply.shown();
    EXPECT_EQ(reply["prospect"], Json(1));
    EXPECT_EQ(reply["new"], Json(1));
}

}  // namespace
}  // namespace ponte::customers
