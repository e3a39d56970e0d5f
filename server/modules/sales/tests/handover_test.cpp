// Who takes over a customer gets the open proposals, however the customer came to him.
#include "modules/sales/tests/given.hpp"

namespace ponte::sales {
namespace {

using testing::Reply;
using testing::Saved;

class HandoverTest : public SalesTest {
protected:
    testing::Person& bruno = company.user("sales");
    testing::Person& carla = company.user("sales");

    Saved of_bruno(const Saved& whose) { return proposal(whose).owned_by(bruno.id).saved(); }
    Saved customer_of_bruno() {
        return testing::save(api, "/api/v1/contacts",
                             Json::object({{"name", "Cliente do Bruno"},
                                           {"phone", testing::unique_phone()},
                                           {"assignedTo", bruno.id}}));
    }
    std::int64_t of(const testing::Person& whose) {
        const Reply list = api.get("/api/v1/proposals?limit=1&count=exact&assignedTo=" + whose.id);
        return list["pagination"]["total"].as_integer();
    }
    void wait_for(std::int64_t count) {
        testing::until([&] { return of(carla) == count; });
    }
};

TEST_F(HandoverTest, goes_along_while_it_is_open) {
    const Saved customer = customer_of_bruno();
    const Saved open = of_bruno(customer), decided = of_bruno(customer);
    const Saved of_another = proposal(customer).saved();
    api.post(decided.path + "/reject", {{"reason", "Caro"}});

    api.patch(customer.path, {{"assignedTo", carla.id}});
    wait_for(1);

    EXPECT_EQ(api.get(open.path)["assignedTo"], Json(carla.id));
    EXPECT_EQ(api.get(decided.path)["assignedTo"], Json(bruno.id));
    EXPECT_EQ(api.get(of_another.path)["assignedTo"], Json(company.admin().id));
}

TEST_F(HandoverTest, of_forty_that_a_bulk_changed_each_goes_along_once) {
    constexpr int forty = 40;
    Json ids = Json::array();
    std::vector<Saved> proposals;
    for (int i = 0; i < forty; ++i) {
        const Saved customer = customer_of_bruno();
        ids.push(customer.id);
        proposals.push_back(of_bruno(customer));
    }

    api.post(
        "/api/v1/contacts/bulk",
        {{"action", "update"}, {"ids", ids}, {"values", Json::object({{"assignedTo", carla.id}})}});
    wait_for(forty);

    for (const Saved& one : proposals) {
        EXPECT_EQ(api.get(one.path)["version"], Json(2));
    }
}

TEST_F(HandoverTest, of_five_hundred_that_came_by_import_each_goes_along_once) {
    constexpr int many = 500;
    std::string rows = "id,assignedTo\n";
    std::vector<Saved> proposals;
    for (int i = 0; i < many; ++i) {
        const Saved customer = customer_of_bruno();
        rows += customer.id + "," + carla.id + "\n";
        proposals.push_back(of_bruno(customer));
    }

    const Reply started = api.upload("/api/v1/imports",
                                     {{"entity", "contact"},
                                      {"mode", "update"},
                                      {"mapping", R"({"id":"id","assignedTo":"assignedTo"})"}},
                                     "donos.csv", rows);
    ASSERT_EQ(started.status, 202) << started.shown();
    const Reply done = testing::finished(api, "/api/v1/imports/" + started.id());
    ASSERT_EQ(done["updated"], Json(many)) << done.shown();
    wait_for(many);

    for (const Saved& one : proposals) {
        EXPECT_EQ(api.get(one.path)["version"], Json(2));
    }
}

}  // namespace
}  // namespace ponte::sales
