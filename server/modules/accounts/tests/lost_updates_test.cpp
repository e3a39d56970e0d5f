// Two administrators change the same thing: who did not see the other one's change is told so.
#include "kernel/testing/given.hpp"

namespace ponte::accounts {
namespace {

using testing::Api;
using testing::Reply;

struct LostUpdatesTest : testing::ApiTest {
    Reply change(const std::string& path, const Json& values, const std::string& seen,
                 const std::string& method = "PATCH") {
        return api.send(method, path, values, {{"If-Match", seen}});
    }
};

TEST_F(LostUpdatesTest, the_company_is_changed_by_who_saw_it_last) {
    const std::string path = "/api/v1/tenant", seen = api.get(path).header("etag");
    ASSERT_FALSE(seen.empty());

    const Reply first = change(path, Json::object({{"name", "Padaria Azul"}}), seen);
    const Reply second = change(path, Json::object({{"name", "Padaria Verde"}}), seen);

    EXPECT_EQ(first.status, 200) << first.shown();
    EXPECT_EQ(second.status, 412) << second.shown();
    EXPECT_EQ(second.code(), "version_mismatch");
    EXPECT_EQ(api.get(path)["name"], Json("Padaria Azul"));
    EXPECT_EQ(change(path, Json::object({{"name", "Padaria Verde"}}), first.header("etag")).status,
              200);
    EXPECT_EQ(api.patch(path, {{"name", "Padaria Rosa"}}).status, 200);  // who does not ask
}

TEST_F(LostUpdatesTest, a_role_is_changed_by_who_saw_it_last) {
    const testing::Saved role = testing::save(
        api, "/api/v1/roles",
        Json::object(
            {{"name", "visitor"}, {"label", "Visitante"}, {"permissions", Json::object()}}));
    const std::string seen = api.get(role.path).header("etag");

    const Reply first = change(role.path, Json::object({{"label", "Visita"}}), seen);
    const Reply second = change(role.path, Json::object({{"label", "Hóspede"}}), seen);

    EXPECT_EQ(first.status, 200) << first.shown();
    EXPECT_EQ(second.status, 412) << second.shown();
    EXPECT_EQ(api.get(role.path)["label"], Json("Visita"));
    EXPECT_EQ(change(role.path, Json::object({{"label", "Hóspede"}}), first.header("etag")).status,
              200);
}

TEST_F(LostUpdatesTest, ones_own_account_is_changed_by_the_tab_that_saw_it_last) {
    const std::string path = "/api/v1/auth/me", seen = api.get(path).header("etag");
    ASSERT_FALSE(seen.empty());

    const Reply first = change(path, Json::object({{"language", "en"}}), seen);
    const Reply second = change(path, Json::object({{"name", "Ana Maria"}}), seen);

    EXPECT_EQ(first.status, 200) << first.shown();
    EXPECT_NE(first.header("etag"), seen);
    EXPECT_EQ(second.status, 412) << second.shown();
    EXPECT_NE(api.get(path)["user"]["name"], Json("Ana Maria"));
    const Json theme = Json::object({{"preferences", Json::object({{"theme", "dark"}})}});
    EXPECT_EQ(api.patch(path, theme).header("etag"), first.header("etag"));  // nobody's news
    const Reply renamed = change(path, Json::object({{"name", "Ana Maria"}}), first.header("etag"));
    EXPECT_EQ(renamed["user"]["name"], Json("Ana Maria")) << renamed.shown();
    EXPECT_EQ(renamed.header("etag"), api.get(path).header("etag"));
}

TEST_F(LostUpdatesTest, a_role_that_is_put_must_be_whole) {
    const testing::Saved role = testing::save(
        api, "/api/v1/roles",
        Json::object(
            {{"name", "visitor"}, {"label", "Visitante"}, {"permissions", Json::object()}}));

    const Reply part = api.put(role.path, {{"permissions", Json::object()}});

    EXPECT_EQ(part.status, 422) << part.shown();
    EXPECT_EQ(part.problem("label"), "required");
    EXPECT_EQ(api.get(role.path)["label"], Json("Visitante"));
}

}  // namespace
}  // namespace ponte::accounts
