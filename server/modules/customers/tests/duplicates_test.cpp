// Twins: found while somebody types, never made by what finds or creates.
#include <atomic>
#include <thread>

#include "modules/customers/customers.hpp"
#include "modules/customers/tests/given.hpp"

namespace ponte::customers {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Reply;
using testing::Saved;

class DuplicatesTest : public CustomersTest {
protected:
    std::vector<std::string> twins(const std::string& query) {
        const Reply reply = api.get("/api/v1/contacts/duplicates?" + query);
        EXPECT_EQ(reply.status, 200) << reply.shown();
        std::vector<std::string> found;
        for (const Json& one : reply.data().items()) {
            found.push_back(one["name"].as_string() + " by " + one["reason"].as_string());
        }
        return found;
    }
};

TEST_F(DuplicatesTest, somebody_is_found_by_phone_email_and_document) {
    given.contact()
        .named("Ana")
        .with_phone("+5511987654321")
        .with_email("Ana@exemplo.com")
        .with("document", "529.982.247-25")
        .saved();

    EXPECT_THAT(twins("phone=%2B5511987654321"), ElementsAre("Ana by phone"));
    EXPECT_THAT(twins("phone=+5511987654321"), ElementsAre("Ana by phone"));
    EXPECT_THAT(twins("phone=(11)+8765-4321"), ElementsAre("Ana by phone"));
    EXPECT_THAT(twins("phone=551187654321"), ElementsAre("Ana by phone"));
    EXPECT_THAT(twins("email=ANA%40EXEMPLO.com"), ElementsAre("Ana by email"));
    EXPECT_THAT(twins("document=52998224725"), ElementsAre("Ana by document"));
    EXPECT_THAT(twins("phone=11987654321&email=ana%40exemplo.com"), ElementsAre("Ana by phone"));
}

TEST_F(DuplicatesTest, what_is_no_value_yet_leads_to_nobody) {
    given.contact().with_phone("+5511987654321").saved();

    EXPECT_THAT(twins("phone=119876"), IsEmpty());
    EXPECT_THAT(twins("email=ana"), IsEmpty());
    EXPECT_THAT(twins(""), IsEmpty());
}

TEST_F(DuplicatesTest, nobody_is_their_own_twin_nor_the_twin_of_the_deleted) {
    const auto ana = given.contact().named("Ana").with_phone("+5511987654321").saved();

    EXPECT_THAT(twins("phone=11987654321&exceptId=" + ana.id), IsEmpty());
    api.del(ana.path);
    EXPECT_THAT(twins("phone=11987654321"), IsEmpty());
}

TEST_F(DuplicatesTest, families_may_share_a_phone) {
    given.contact().named("Mãe").with_phone("+5511987654321").saved();
    given.contact().named("Filho").with_phone("+5511987654321").saved();

    EXPECT_THAT(twins("phone=11987654321"), ElementsAre("Mãe by phone", "Filho by phone"));
}

TEST_F(DuplicatesTest, a_company_may_forbid_twins_on_every_way_in) {
    ASSERT_EQ(api.patch("/api/v1/settings/customers", {{"duplicateEmails", "block"}}).status, 200);
    const auto ana = given.contact().with_email("ana@exemplo.com").saved();
    const auto bia = given.contact().saved();
    const Json twin = Json::object({{"name", "Ana de novo"},
                                    {"phone", testing::unique_phone()},
                                    {"email", "ANA@exemplo.com"}});

    const Reply created = api.post("/api/v1/contacts", twin);
    const Reply changed = api.patch(bia.path, {{"email", "Ana@exemplo.com"}});

    EXPECT_EQ(created.status, 422) << created.shown();
    EXPECT_EQ(created.problem("email"), "taken");
    EXPECT_EQ(changed.problem("email"), "taken") << changed.shown();
    EXPECT_EQ(api.patch(ana.path, {{"email", "Ana@exemplo.com"}}).status, 200) << "her own";
    api.del(ana.path);
    EXPECT_EQ(api.post("/api/v1/contacts", twin).status, 201);
    EXPECT_EQ(api.post(ana.path + "/restore").problem("email"), "taken");
}

TEST_F(DuplicatesTest, two_at_once_do_not_slip_past_the_ban) {
    api.patch("/api/v1/settings/customers", {{"duplicatePhones", "block"}});
    const Json body = Json::object({{"name", "Ana"}, {"phone", "+5511987654321"}});
    std::vector<std::thread> callers;
    std::atomic<int> made = 0;
    for (int i = 0; i < 8; ++i) {
        callers.emplace_back([&] {
            testing::Api mine = api;
            made += mine.post("/api/v1/contacts", body).status == 201 ? 1 : 0;
        });
    }
    for (std::thread& caller : callers) {
        caller.join();
    }

    EXPECT_EQ(made, 1);
}

TEST_F(DuplicatesTest, a_company_may_not_want_to_be_told) {
    api.patch("/api/v1/settings/customers", {{"duplicatePhones", "allow"}});
    given.contact().named("Ana").with_phone("+5511987654321").with_email("ana@exemplo.com").saved();

    EXPECT_THAT(twins("phone=11987654321"), IsEmpty());
    EXPECT_THAT(twins("email=ana%40exemplo.com"), ElementsAre("Ana by email"));
    EXPECT_EQ(api.patch("/api/v1/settings/customers", {{"duplicatePhones", "maybe"}}).status, 422);
}

TEST_F(DuplicatesTest, a_changed_phone_is_looked_up_by_its_new_number) {
    const auto ana = given.contact().named("Ana").with_phone("+5511987654321").saved();

    api.patch(ana.path, {{"phone", "+5511955554444"}});

    EXPECT_THAT(twins("phone=11987654321"), IsEmpty());
    EXPECT_THAT(twins("phone=11955554444"), ElementsAre("Ana by phone"));
}

TEST_F(DuplicatesTest, the_databases_keys_are_the_programs) {
    const char* phones[] = {"+5511987654321", "+554133334444", "+5491123456789", "+5215512345678",
                            "+351912345678",  "08001234567",   "40041234",       "+541123456789"};
    for (const char* phone : phones) {
        SCOPED_TRACE(phone);
        EXPECT_EQ(testing::server().sql("select match_key('phone', $1)", {phone}).at(0).at(0),
                  phone_match_key(phone));
    }
    for (const char* email : {"Ana.Souza@exemplo.com", "JOÃO@exemplo.com"}) {
        SCOPED_TRACE(email);
        EXPECT_EQ(testing::server().sql("select match_key('email', $1)", {email}).at(0).at(0),
                  email_match_key(email));
    }
}

Task<Id> found_or_created(Id tenant, Contact contact) {
    Ctx ctx(testing::server().services(), testing::server().loop());
    ctx.now = now();
    ctx.who.tenant = tenant;
    ctx.who.is_system = true;
    const Id id = co_await find_or_create(ctx, contact);
    co_await ctx.tx.commit();
    co_return id;
}

TEST_F(DuplicatesTest, find_or_create_finds_who_is_there_and_makes_who_is_not) {
    const Id tenant = *Id::parse(company.id());
    const auto ana = given.contact().named("Ana").with_phone("+5511987654321").saved();
    Contact same{.name = "Ana S.", .phone = "(11) 8765-4321"},
        other{.name = "Bia", .email = "bia@exemplo.com"};
    auto& loop = testing::server().loop();

    EXPECT_EQ(testing::wait_for(loop, found_or_created(tenant, same)).text(), ana.id);
    const Id bia = testing::wait_for(loop, found_or_created(tenant, other));
    EXPECT_EQ(testing::wait_for(loop, found_or_created(tenant, other)), bia);
    EXPECT_EQ(api.get("/api/v1/contacts/" + bia.text())["email"], Json("bia@exemplo.com"));
}

TEST_F(DuplicatesTest, ten_at_once_create_one) {
    const Json body = Json::object({{"name", "Ana"}, {"phone", "+5511987654321"}});
    std::vector<std::thread> callers;
    std::vector<std::string> ids(10);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        callers.emplace_back([&, i] {
            testing::Api mine = api;
            ids[i] = mine.post("/api/whatsapp/customers/create", body).id();
        });
    }
    for (std::thread& caller : callers) {
        caller.join();
    }

    for (const std::string& id : ids) {
        EXPECT_EQ(id, ids.front());
    }
    EXPECT_EQ(api.get("/api/customers")["pagination"]["total"], Json(1));
}

}  // namespace
}  // namespace ponte::customers
