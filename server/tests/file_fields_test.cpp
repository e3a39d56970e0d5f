// Fields that hold a file: a record takes what was uploaded, and keeps it through all that records
// go through.
#include "kernel/app.hpp"
#include "kernel/db/owner_connection.hpp"
#include "kernel/entities/catalogue.hpp"
#include "kernel/entities/drift.hpp"
#include "kernel/testing/database.hpp"
#include "kernel/testing/server.hpp"
#include "tests/listening.hpp"

namespace ponte::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr Field dossier_fields[] = {
    text("name").required().sorted_as_name().searchable(),
    file("cover_id").accepts("image").up_to_mb(1),
    file("paper").accepts("image | pdf"),
    file("opinion_id").seen_by("dossiers.opinion"),
};
constexpr Entity dossier_entity{.name = "dossier",
                                .table = "dossiers",
                                .fields = dossier_fields,
                                .has_custom_fields = true,
                                .can_be_imported = true};
static_assert(valid(dossier_entity));

constexpr Field slip_fields[] = {text("name").required().sorted_as_name(), file("scan_id")};
constexpr Entity slip_entity{
    .name = "slip", .table = "slips", .fields = slip_fields, .history = History::facts};
static_assert(valid(slip_entity));

constexpr bool is_taken(const Field& field) {
    const Field fields[] = {text("name"), field};
    return valid(Entity{.name = "dossier", .table = "dossiers", .fields = fields});
}
static_assert(is_taken(file("scan_id")) && is_taken(file("scan").required()));
static_assert(!is_taken(file("scan_id").unique()) && !is_taken(file("scan_id").searchable()));
static_assert(!is_taken(file("scan_id").starts_as("x")) && !is_taken(file("scan_id").up_to(0)));
static_assert(!is_taken(text("scan").accepts("image")), "only files are of a kind");
static_assert(!is_taken(field("scan_id", Type::file)), "nobody orders by it");

void declare_dossiers(App& app) {
    app.entity(dossier_entity);
    app.entity(slip_entity);
}

struct Archive {
    Server server{Server::usual_settings(), declare_dossiers};
    const std::string owner = server.database().owner_conninfo;
    Archive() {
        const std::string sql = records::draft_migration(server.services().entities(), owner);
        db::OwnerConnection(owner).run(sql);
    }
};
Archive& archive() {
    static Archive one;
    return one;
}

const std::string png = "\x89PNG\r\n\x1a\n and more", pdf = "%PDF-1.7 and more";

class FileFieldsTest : public ::testing::Test {
protected:
    Server& server = archive().server;
    Company company{server.url()};
    Api& api = company.api();
    const std::string collection = "/api/v1/dossiers";

    std::string upload(const std::string& name, const std::string& bytes) {
        const Reply reply = api.upload("/api/v1/files", {}, name, bytes);
        EXPECT_EQ(reply.status, 201) << reply.shown();
        return reply.id();
    }
    std::string picture() { return upload("capa.png", png); }
    Saved dossier(Json values) {
        values.set("name", "Processo");
        return save(api, collection, values);
    }
    Saved with_cover() { return dossier(Json::object({{"coverId", picture()}})); }
    int status_of(const std::string& file) {
        return api.get("/api/v1/files/" + file + "/content").status;
    }
    bool is_loose(const std::string& file) {
        return server.value("select loose_since is not null from files where id = $1", {file}) ==
               "t";
    }
    std::string custom_field() {
        const Reply made = api.post(
            "/api/v1/custom-fields",
            {{"entity", "dossier"}, {"key", "anexo"}, {"name", "Anexo"}, {"type", "file"}});
        EXPECT_EQ(made.status, 201) << made.shown();
        return made.id();
    }
};

TEST_F(FileFieldsTest, their_tables_are_as_declared) {
    EXPECT_THAT(records::drift(server.services().entities(), archive().owner), IsEmpty());
}

TEST_F(FileFieldsTest, an_answer_tells_of_the_file_beside_its_id) {
    const std::string cover = picture(), paper = upload("laudo.pdf", pdf);

    const Saved made = dossier(Json::object({{"coverId", cover}, {"paper", paper}}));

    EXPECT_EQ(made["coverId"], cover);
    EXPECT_EQ(made["cover"].dump(), R"({"id":")" + cover + R"(","name":"capa.png","size":)" +
                                        std::to_string(png.size()) + R"(,"type":"image/png"})");
    EXPECT_EQ(made["paperFile"]["name"], "laudo.pdf");
    EXPECT_TRUE(made["opinion"].is_null());
    const Reply list = api.get(collection);
    EXPECT_EQ(list.data().items().at(0)["cover"], made["cover"]);
    const Json whole = api.get(made.path).body;
    EXPECT_EQ(api.put(made.path, whole).status, 200) << "what was read comes back";
}

TEST_F(FileFieldsTest, what_a_field_does_not_want_is_refused) {
    const std::string paper = upload("laudo.pdf", pdf),
                      large = upload("grande.png", png + std::string(1'100'000, 'x')),
                      web = upload("x.svg", "<svg/>");
    const auto problem = [&](const char* field, const Json& value) {
        const Reply reply = api.post(collection, {{"name", "Processo"}, {field, value}});
        EXPECT_EQ(reply.status, 422) << reply.shown();
        return reply.problem(field);
    };
    EXPECT_EQ(problem("coverId", paper), "file_kind");
    EXPECT_EQ(problem("coverId", web), "file_kind");
    EXPECT_EQ(problem("coverId", large), "file_too_large");
    EXPECT_EQ(problem("coverId", Id::make().text()), "not_found");
    EXPECT_EQ(problem("coverId", "capa.png"), "format");
    EXPECT_TRUE(is_loose(paper)) << "a refusal takes nothing";

    const Reply twice =
        api.post(collection, {{"name", "Dois"}, {"opinionId", paper}, {"paper", paper}});
    EXPECT_EQ(twice.status, 422) << twice.shown();
}

TEST_F(FileFieldsTest, a_file_of_one_record_is_no_other_records) {
    const Saved one = with_cover(), other = dossier(Json::object());
    const std::string cover = one["coverId"].as_string();

    EXPECT_EQ(api.patch(other.path, {{"coverId", cover}}).problem("coverId"), "not_found");
    EXPECT_EQ(api.patch(one.path, {{"opinionId", cover}}).problem("opinionId"), "not_found")
        << "nor another field's, which others may see";
    EXPECT_EQ(api.patch(one.path, {{"coverId", cover}}).status, 200) << "it has it already";
}

TEST_F(FileFieldsTest, what_was_replaced_is_kept_and_undone) {
    const Saved made = with_cover();
    const std::string first = made["coverId"].as_string(), second = picture();
    const std::string before = api.get(made.path)["updatedAt"].as_string();

    api.patch(made.path, {{"coverId", second}});
    const Reply cleared = api.patch(made.path, {{"coverId", nullptr}});

    EXPECT_TRUE(cleared["cover"].is_null());
    EXPECT_EQ(status_of(first), 200) << "its history shows it";
    const Reply history = api.get(made.path + "/history");
    const Json change = history.data().items().at(1)["changes"];
    EXPECT_EQ(change["coverId"]["to"], second) << history.shown();
    EXPECT_EQ(change["cover"]["from"]["name"], "capa.png") << history.shown();
    const Reply past = api.get(made.path + "?asOf=" + http::url_encode(before));
    EXPECT_EQ(past["cover"]["id"], first) << past.shown();
    const Reply back = api.patch(made.path, {{"coverId", first}});
    EXPECT_EQ(back["cover"]["id"], first) << back.shown();
}

TEST_F(FileFieldsTest, a_bulk_clears_it_and_is_undone) {
    const Saved made = with_cover();
    const auto bulk = [&](Json value) {
        return api.post(collection + "/bulk", {{"action", "update"},
                                               {"ids", Json::array({made.id})},
                                               {"values", Json::object({{"coverId", value}})}});
    };
    EXPECT_EQ(bulk(picture()).problem("coverId"), "not_allowed");

    const Reply clears = bulk(nullptr);
    ASSERT_EQ(clears.status, 202) << clears.shown();
    const std::string operation = "/api/v1/operations/" + clears.id();
    finished(api, operation);
    EXPECT_TRUE(api.get(made.path)["coverId"].is_null());
    api.post(operation + "/undo");
    finished(api, operation);

    EXPECT_EQ(api.get(made.path)["cover"]["id"], made["coverId"]);
}

TEST_F(FileFieldsTest, it_lies_in_the_bin_with_its_record) {
    const Saved made = with_cover();
    const std::string cover = made["coverId"].as_string();

    api.del(made.path);
    EXPECT_EQ(status_of(cover), 200);
    EXPECT_EQ(api.post(made.path + "/restore")["cover"]["id"], cover);
}

TEST_F(FileFieldsTest, where_no_value_is_kept_what_was_replaced_is_nobodys) {
    const std::string first = picture(), second = picture();
    const Saved slip =
        save(api, "/api/v1/slips", Json::object({{"name", "Guia"}, {"scanId", first}}));

    api.patch(slip.path, {{"scanId", second}});

    EXPECT_TRUE(is_loose(first));
    EXPECT_FALSE(is_loose(second));
}

TEST_F(FileFieldsTest, a_field_that_is_not_for_everybody_hides_its_file) {
    const std::string opinion = upload("parecer.pdf", pdf);
    const Saved made = dossier(Json::object({{"opinionId", opinion}}));
    const Json reads = Json::object({{"dossiers", Json::object({{"read", "all"}})}});
    Person& reader = company.with_rights(reads);

    EXPECT_EQ(reader.api.get(made.path).body.find("opinion"), nullptr);
    EXPECT_EQ(reader.api.get("/api/v1/files/" + opinion).status, 404);
    EXPECT_EQ(status_of(opinion), 200);
}

TEST_F(FileFieldsTest, lists_ask_whether_there_is_one) {
    const Saved with = with_cover(), without = dossier(Json::object());
    const auto ids = [&](const char* op) {
        const Json leaf = Json::object({{"field", "coverId"}, {"op", op}, {"value", with.id}});
        const Reply reply = api.get(collection + "?filter=" + http::url_encode(leaf.dump()));
        std::vector<std::string> found;
        for (const Json& one : reply.data().items()) {
            found.push_back(one["id"].as_string());
        }
        return std::pair(reply.status, found);
    };

    EXPECT_EQ(ids("empty").second, std::vector{without.id});
    EXPECT_EQ(ids("not_empty").second, std::vector{with.id});
    EXPECT_EQ(ids("is").first, 400);
    EXPECT_EQ(api.get(collection + "?coverId=" + with.id).status, 400);
    EXPECT_EQ(api.get(collection + "?sortBy=coverId").status, 400);
}

TEST_F(FileFieldsTest, the_declaration_says_what_it_wants) {
    const Reply meta = api.get("/api/v1/meta/dossier");
    Json cover;
    for (const Json& field : meta["fields"].items()) {
        cover = field["key"] == "coverId" ? field : cover;
    }

    EXPECT_EQ(cover["type"], "file");
    EXPECT_EQ(cover["linkedAs"], "cover");
    EXPECT_EQ(cover["accepts"].dump(), R"(["image"])");
    EXPECT_EQ(cover["max"], 1 << 20);
    EXPECT_EQ(cover["ops"].dump(), R"(["empty","not_empty"])");
}

TEST_F(FileFieldsTest, a_company_adds_fields_of_its_own) {
    const std::string field = custom_field();
    const std::string file = upload("anexo.pdf", pdf);

    const Saved made = dossier(Json::object({{"customFields", Json::object({{"anexo", file}})}}));

    EXPECT_EQ(made["customFields"]["anexo"], file);
    EXPECT_FALSE(is_loose(file));
    EXPECT_EQ(status_of(file), 200);
    const Saved other = dossier(Json::object());
    const Reply stolen = api.patch(other.path, {{"customFields", Json::object({{"anexo", file}})}});
    EXPECT_EQ(stolen.problem("customFields.anexo"), "not_found") << stolen.shown();
    const Json leaf = Json::object({{"field", "customFields.anexo"}, {"op", "not_empty"}});
    const Reply asked = api.get(collection + "?filter=" + http::url_encode(leaf.dump()));
    EXPECT_EQ(asked.data().items().size(), 1u) << asked.shown();
    api.del("/api/v1/custom-fields/" + field);
    EXPECT_EQ(status_of(file), 404) << "as its field";
}

TEST_F(FileFieldsTest, a_custom_field_begins_with_no_file) {
    const Reply refused = api.post(
        "/api/v1/custom-fields",
        {{"entity", "dossier"}, {"name", "Anexo"}, {"type", "file"}, {"defaultValue", picture()}});

    EXPECT_EQ(refused.problem("defaultValue"), "not_allowed") << refused.shown();
}

TEST_F(FileFieldsTest, an_import_leaves_it_out) {
    const FormFields fields{{"entity", "dossier"}};
    custom_field();

    const Reply preview =
        api.upload("/api/v1/imports/preview", fields, "a.csv", "nome;capa;anexo\nUm;x;y\n");

    ASSERT_EQ(preview.status, 200) << preview.shown();
    EXPECT_EQ(preview.text.find("coverId"), std::string::npos) << preview.text;
    EXPECT_EQ(preview.text.find("customFields.anexo"), std::string::npos) << preview.text;
}

TEST_F(FileFieldsTest, who_watches_hears_what_it_is_called) {
    const Saved made = dossier(Json::object());
    Listening listening(company.admin());

    api.patch(made.path, {{"coverId", picture()}});

    EXPECT_THAT(listening.heard("dossier.updated"), HasSubstr("capa.png"));
}

}  // namespace
}  // namespace ponte::testing
