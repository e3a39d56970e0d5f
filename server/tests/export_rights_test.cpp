// Exports: who gets the file, and what becomes of it.
#include "kernel/exports/expire.hpp"
#include "tests/exporting.hpp"

namespace ponte::testing {
namespace {

Task<> expire() {
    Ctx ctx(server().services(), server().loop());
    ctx.now = now();
    const exports::ExpireExports nothing;
    co_await exports::expire_exports(ctx, nothing);
}

struct ExportRightsTest : ExportingTest {};

TEST_F(ExportRightsTest, it_asks_for_the_right_and_reaches_no_further) {
    const Saved other = contact({{"name", "De outra pessoa"}});
    Person& nobody = somebody("all", "none");
    Person& rui = somebody("all", "own");
    save(rui.api, "/api/v1/contacts",
         Json::object({{"name", "Do Rui"}, {"phone", unique_phone()}}));
    const Json body = Json::object(
        {{"entity", "contact"}, {"format", "csv"}, {"columns", Json::array({"name"})}});

    EXPECT_EQ(nobody.api.post("/api/v1/exports", body).status, 403);
    EXPECT_EQ(file_of(rui.api, body), "\xef\xbb\xbfNome\r\nDo Rui\r\n");
}

TEST_F(ExportRightsTest, it_is_its_authors_alone_by_whatever_door) {
    contact({});
    const std::string path =
        path_of(api.post("/api/v1/exports", {{"entity", "contact"}, {"format", "csv"}}));
    const std::string file = finished(api, path)["fileId"].as_string();
    Api& other = company.user("admin").api;

    EXPECT_EQ(other.get(path).status, 404);
    EXPECT_EQ(other.get(path + "/content").status, 404);
    EXPECT_EQ(other.del(path).status, 404);
    for (const char* door : {"", "/content", "/link"}) {
        EXPECT_EQ(api.get("/api/v1/files/" + file + door).status, 404) << door;
        EXPECT_EQ(other.get("/api/v1/files/" + file + door).status, 404) << door;
    }
}

TEST_F(ExportRightsTest, rights_that_were_lost_meanwhile_close_the_download) {
    contact({});
    Person& rui = somebody("all", "all");
    const std::string path =
        path_of(rui.api.post("/api/v1/exports", {{"entity", "contact"}, {"format", "csv"}}));
    finished(rui.api, path);
    const auto code_with = [&](const char* read, const char* allowed) {
        Json own = Json::object({{"read", read}, {"export", allowed}});
        if (std::string_view(allowed) == "none") {
            own.erase("export");
        }
        give(rui, Json::object({{"contacts", own}}));
        Api later = again(rui);
        return later.get(path + "/content").code();
    };

    EXPECT_EQ(code_with("all", "none"), "export.rights_lost");
    EXPECT_EQ(code_with("own", "all"), "export.rights_lost");
    EXPECT_EQ(code_with("all", "own"), "export.rights_lost");
    EXPECT_EQ(code_with("all", "all"), "");
}

TEST_F(ExportRightsTest, a_field_that_is_gone_closes_the_download) {
    const Saved field = save(
        api, "/api/v1/custom-fields",
        Json::object(
            {{"entity", "contact"}, {"key", "segredo"}, {"name", "Segredo"}, {"type", "text"}}));
    contact({{"customFields", Json::object({{"segredo", "x"}})}});
    const std::string path =
        path_of(api.post("/api/v1/exports", {{"entity", "contact"}, {"format", "csv"}}));
    finished(api, path);

    api.del(field.path);

    EXPECT_EQ(api.get(path + "/content").code(), "export.rights_lost");
}

TEST_F(ExportRightsTest, a_key_exports_within_its_scopes) {
    contact({{"name", "Ana"}});
    const auto key = [&](std::initializer_list<Json> scopes) {
        return api
            .post("/api/v1/api-keys",
                  {{"name", unique_name("chave")}, {"scopes", Json(Json::Array(scopes))}})["key"]
            .as_string();
    };
    Api reading(key({"contacts.read"})), exporting(key({"contacts.read", "contacts.export"}));
    const Json body = Json::object(
        {{"entity", "contact"}, {"format", "csv"}, {"columns", Json::array({"name"})}});

    EXPECT_EQ(reading.post("/api/v1/exports", body).status, 403);
    EXPECT_EQ(file_of(exporting, body), "\xef\xbb\xbfNome\r\nAna\r\n");
    EXPECT_EQ(exporting.get("/api/v1/exports").data().items().size(), 1U);
    EXPECT_EQ(reading.get("/api/v1/exports").data().items().size(), 0U);
}

TEST_F(ExportRightsTest, what_is_deleted_is_gone_with_its_file) {
    contact({});
    const std::string path =
        path_of(api.post("/api/v1/exports", {{"entity", "contact"}, {"format", "csv"}}));
    const std::string file = finished(api, path)["fileId"].as_string();

    EXPECT_EQ(api.del(path).status, 204);

    EXPECT_EQ(api.get(path).status, 404);
    EXPECT_EQ(api.get("/api/v1/files/" + file).status, 404);
    EXPECT_EQ(
        server().number("select count(*) from files where id = $1 and loose_since is not null "
                        "and created_by is null",
                        {file}),
        1)
        << "the collector takes it";
}

TEST_F(ExportRightsTest, after_a_week_the_file_is_let_go) {
    contact({});
    const std::string path =
        path_of(api.post("/api/v1/exports", {{"entity", "contact"}, {"format", "csv"}}));
    const Reply done = finished(api, path);
    server().sql("update exports set expires_at = now() - interval '1 second' where id = $1",
                 {done.id()});

    wait_for(server().loop(), expire());

    const Reply expired = api.get(path);
    EXPECT_EQ(expired["state"], Json("expired")) << expired.shown();
    EXPECT_EQ(api.get(path + "/content").code(), "export.expired");
    EXPECT_EQ(api.get("/api/v1/files/" + done["fileId"].as_string()).status, 404);
}

TEST_F(ExportRightsTest, both_ends_are_in_the_audit) {
    contact({});
    file_of(api, Json::object({{"entity", "contact"}, {"format", "csv"}, {"search", "ana"}}));
    const auto audited = [&](const char* name) {
        return server().value(
            "select coalesce((select details::text from audit_entries where tenant_id = $1 "
            "and name = $2), '')",
            {company.id(), name});
    };

    until([&] { return !audited("export.downloaded").empty(); }, "the download to be audited");

    const Json started = Json::parse(audited("export.started")),
               downloaded = Json::parse(audited("export.downloaded"));
    EXPECT_EQ(started["of"], Json("contact"));
    EXPECT_EQ(downloaded["format"], Json("csv"));
    EXPECT_EQ(downloaded["rows"], Json(1));
    EXPECT_EQ(downloaded["search"], Json("ana"));
}

}  // namespace
}  // namespace ponte::testing
