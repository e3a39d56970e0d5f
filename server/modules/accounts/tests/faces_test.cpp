// A person's photo and the company's logo.
#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::accounts {
namespace {

using testing::Reply;

class FacesTest : public testing::ApiTest {
protected:
    std::string picture(testing::Api& as, const std::string& name = "eu.png",
                        const std::string& bytes = "\x89PNG\r\n\x1a\n...") {
        return as.upload("/api/v1/files", {}, name, bytes).id();
    }
    static int status_of(testing::Api& as, const std::string& file) {
        return as.get("/api/v1/files/" + file + "/content").status;
    }
};

TEST_F(FacesTest, everybody_in_the_company_sees_the_photo_that_somebody_gives_themselves) {
    testing::Person& rui = company.user("agent");
    const std::string photo = picture(rui.api);

    const Reply changed = rui.api.patch("/api/v1/auth/me", {{"photoId", photo}});

    ASSERT_EQ(changed.status, 200) << changed.shown();
    EXPECT_EQ(changed["user"]["photoId"], photo);
    EXPECT_EQ(status_of(api, photo), 200);
    const Reply seen = api.get("/api/v1/users/" + rui.id);
    EXPECT_EQ(seen["photo"]["type"], "image/png");
    const Json values =
        Json::object({{"name", "Ana"}, {"phone", testing::unique_phone()}, {"assignedTo", rui.id}});
    const auto contact = testing::save(api, "/api/v1/contacts", values);
    EXPECT_EQ(contact["assignedToUser"]["photo"], photo);
    testing::Company other;
    EXPECT_EQ(status_of(other.api(), photo), 404);

    EXPECT_TRUE(
        rui.api.patch("/api/v1/auth/me", {{"photoId", nullptr}})["user"]["photoId"].is_null());
    EXPECT_EQ(api.get(contact.path)["assignedToUser"].find("photo"), nullptr);
}

TEST_F(FacesTest, a_photo_is_a_picture) {
    const std::string paper = picture(api, "x.pdf", "%PDF-1.7");

    const Reply refused = api.patch("/api/v1/auth/me", {{"photoId", paper}});

    EXPECT_EQ(refused.problem("photoId"), "file_kind") << refused.shown();
}

TEST_F(FacesTest, the_company_has_a_logo) {
    testing::Person& rui = company.user("agent");
    const std::string first = picture(api), second = picture(api);
    EXPECT_EQ(rui.api.patch("/api/v1/tenant", {{"logoId", first}}).status, 403);

    const Reply changed = api.patch("/api/v1/tenant", {{"logoId", first}});

    ASSERT_EQ(changed.status, 200) << changed.shown();
    EXPECT_EQ(changed["logoId"], first);
    EXPECT_EQ(rui.api.get("/api/v1/auth/me")["tenant"]["logoId"], first);
    EXPECT_EQ(status_of(rui.api, first), 200);
    EXPECT_EQ(api.patch("/api/v1/tenant", {{"name", "Nova"}})["logoId"], first);
    api.patch("/api/v1/tenant", {{"logoId", second}});
    EXPECT_EQ(status_of(rui.api, first), 404) << "it is nobody's but its uploader's again";
    EXPECT_TRUE(api.patch("/api/v1/tenant", {{"logoId", nullptr}})["logoId"].is_null());
    EXPECT_EQ(api.patch("/api/v1/tenant", {{"logoId", Id::make().text()}}).problem("logoId"),
              "not_found");
}

}  // namespace
}  // namespace ponte::accounts
