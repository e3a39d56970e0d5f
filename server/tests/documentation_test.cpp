// The contract, its documentation and the health of the program, as anybody may ask for them.
#include "kernel/http/route_table.hpp"
#include "kernel/openapi/openapi.hpp"
#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::testing {
namespace {

using ::testing::HasSubstr;

TEST(DocumentationTest, the_contract_is_served_and_sent_once) {
    Api anybody;

    const Reply first = anybody.get("/api/v1/openapi.json");
    const Reply again =
        anybody.send("GET", "/api/v1/openapi.json", {}, {{"If-None-Match", first.header("etag")}});

    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(first["openapi"], Json("3.1.0"));
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(again.text, "");
}

TEST(DocumentationTest, the_page_speaks_the_language_of_its_reader) {
    Api anybody;

    const Reply in_portuguese = anybody.get("/apidocs/");
    const Reply in_english = anybody.get("/apidocs/?lang=en");

    EXPECT_THAT(in_portuguese.text, HasSubstr("<html lang=\"pt-BR\">"));
    EXPECT_THAT(in_portuguese.text, HasSubstr("Listar clientes"));
    EXPECT_THAT(in_english.text, HasSubstr("<html lang=\"en\">"));
    EXPECT_THAT(in_english.text, HasSubstr("List customers"));
}

TEST(DocumentationTest, the_page_may_run_nothing_but_its_own_script) {
    Api anybody;

    const Reply page = anybody.get("/apidocs/");

    EXPECT_THAT(page.header("content-security-policy"), HasSubstr("script-src 'self';"));
    EXPECT_EQ(page.text.find("<style"), std::string::npos);
    EXPECT_EQ(page.text.find(" onclick="), std::string::npos);
    EXPECT_EQ(anybody.get("/apidocs/app.js").header("content-type"),
              "text/javascript; charset=utf-8");
    EXPECT_EQ(anybody.get("/apidocs/style.css").status, 200);
}

TEST(DocumentationTest, only_the_pages_files_are_found_there) {
    Api anybody;

    EXPECT_EQ(anybody.get("/apidocs").header("location"), "/apidocs/");
    EXPECT_EQ(anybody.get("/apidocs/guide.pt.html").status, 404);
    EXPECT_EQ(anybody.get("/apidocs/../schemas/jobs.json").status, 400);
    EXPECT_EQ(anybody.get("/apidocs/nothing").code(), "not_found");
}

// A route that no generic sentence fits says itself what it does.
TEST(DocumentationTest, every_route_has_a_summary_that_somebody_wrote) {
    const Words& words = Words::all();
    const openapi::Declared declared{server().services().routes().all(),
                                     server().services().entities()};
    const Json document = openapi::document(declared, Language::pt);
    for (const auto& [path, operations] : document["paths"].members()) {
        for (const auto& [method, operation] : operations.members()) {
            const std::string name = operation["operationId"].as_string();
            const std::string made_up(words.text(Language::pt, "route." + name));
            EXPECT_TRUE(words.has("route." + name) || operation["summary"].as_string() != made_up)
                << method << " " << path << ": write route." << name;
        }
    }
}

TEST(HealthTest, tells_that_the_program_and_its_database_are_well) {
    Api anybody;

    for (const auto path : {"/health", "/api/v1/health", "/health/ready"}) {
        SCOPED_TRACE(path);

        const Reply reply = anybody.get(path);

        EXPECT_EQ(reply.status, 200);
        EXPECT_EQ(reply["status"], Json("ok"));
        EXPECT_EQ(reply["checks"]["database"]["status"], Json("ok"));
        EXPECT_TRUE(reply["checks"]["database"]["latencyMs"].is_number());
    }
    EXPECT_EQ(anybody.get("/health/live").status, 200);
}

TEST(HealthTest, is_never_limited) {
    Settings settings = Server::usual_settings();
    settings.rate_limit = true;
    Server limited(settings);
    Api anybody({}, limited.url());

    for (int i = 0; i < 150; ++i) {
        ASSERT_EQ(anybody.get("/health/live").status, 200);
    }
    EXPECT_EQ(anybody.get("/health").header("x-ratelimit-limit"), "");
}

}  // namespace
}  // namespace ponte::testing
