// The demo company must look as if people had made it.
#include "modules/customers/demo.hpp"

#include <ctime>

#include "modules/customers/tests/given.hpp"

namespace ponte::customers {
namespace {

using ::testing::Gt;
using testing::Reply;

Task<> fill(Id tenant, std::vector<Id> people) {
    Ctx ctx(testing::server().services(), testing::server().loop());
    ctx.now = now();
    ctx.who.tenant = tenant;
    ctx.who.user = people.front();
    ctx.who.is_system = true;
    co_await fill_demo(ctx, people);
    co_await ctx.tx.commit();
}

class DemoTest : public CustomersTest {
protected:
    DemoTest() {
        const std::vector<Id> people{*Id::parse(company.admin().id),
                                     *Id::parse(company.user("sales").id)};
        const std::clock_t start = std::clock();
        testing::wait_for(testing::server().loop(), fill(*Id::parse(company.id()), people));
        worked = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    }
    double worked = 0;  // seconds of a processor: the clock goes on while others have it
};

TEST_F(DemoTest, lists_totals_and_fields_are_alive) {
    EXPECT_LT(worked, 3);
    const Reply stats = api.get("/api/v1/contacts/stats");
    EXPECT_EQ(stats["total"], Json(240));
    EXPECT_EQ(api.get("/api/v1/contacts?count=exact")["pagination"]["total"], Json(240));
    for (const char* card : {"active", "prospect", "inactive", "new"}) {
        EXPECT_THAT(stats[card].as_integer(), Gt(10)) << card;
    }
    EXPECT_THAT(api.get("/api/v1/contacts?tags=vip").data().items().size(), Gt(3u));
    EXPECT_EQ(api.get("/api/v1/custom-fields?entity=contact").data().items().size(), 5u);
    EXPECT_EQ(names_in("/api/v1/contacts?search=joao+silva").front(), "João Silva");
}

TEST_F(DemoTest, every_contact_can_be_saved_again_as_it_stands) {
    const Reply page = api.get("/api/v1/contacts?limit=100");
    for (const Json& one : page.data().items()) {
        const Reply reply = api.put("/api/v1/contacts/" + one["id"].as_string(), one);
        ASSERT_EQ(reply.status, 200) << reply.shown();
        EXPECT_EQ(reply["version"], one["version"]) << "nothing has changed";
    }
}

TEST_F(DemoTest, a_contact_has_a_past_and_can_be_found_by_its_phone) {
    const Json busy =
        api.get("/api/v1/contacts?sortBy=totalInteractions&sortOrder=desc").data().items()[0];
    const std::string path = "/api/v1/contacts/" + busy["id"].as_string();

    const Reply line = api.get(path + "/timeline");

    EXPECT_THAT(line.data().items().size(), Gt(1u));
    EXPECT_EQ(line.data().items().back()["type"], Json("contact.created"));
    EXPECT_FALSE(busy["lastContactAt"].is_null());
    EXPECT_EQ(events_of(path).front(), "contact.created");
    const std::string phone = busy["phone"].as_string().substr(1);
    EXPECT_EQ(api.get("/api/v1/whatsapp/customers/check?phone=" + phone)["exists"], Json(true));
}

}  // namespace
}  // namespace ponte::customers
