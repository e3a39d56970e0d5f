// What must be filled in is one rule: the form asks for it, the API wants it, a mapping needs its
// column and a row its cell. Files may give another way to reach somebody than the phone.
#include "modules/customers/tests/given.hpp"

namespace ponte::customers {
namespace {

using testing::Reply;
using ::testing::UnorderedElementsAre;

class RequiredTest : public CustomersTest {
protected:
    void SetUp() override {
        CustomersTest::SetUp();
        given.custom_field("cnh", "text").with("required", true).saved();
        given.custom_field("plano", "text")
            .with("required", true)
            .with("defaultValue", Json("Fibra"))
            .saved();
        given.custom_field("apelido", "text").saved();
    }

    std::vector<std::string> asked_by_form() {
        std::vector<std::string> names;
        const Reply meta = api.get("/api/v1/meta");
        for (const Json& entity : meta["entities"].items()) {
            for (const Json& field : entity["fields"].items()) {
                const bool asks = entity["name"] == Json("contact") && field["required"].as_bool();
                if (asks && field["default"].is_null()) {
                    names.push_back(field["key"].as_string());
                }
            }
        }
        return names;
    }
    static std::vector<std::string> wanted(const Json& problems, const char* code) {
        std::vector<std::string> names;
        for (const Json& one : problems.items()) {
            if (one["code"] == Json(code)) {
                const Json& named = one["params"]["name"];
                names.push_back((named.is_null() ? one["field"] : named).as_string());
            }
        }
        return names;
    }
    Reply imported(const std::string& csv, const char* mode = "create") {
        const Reply accepted =
            api.upload("/api/v1/imports",
                       {{"entity", "contact"}, {"mode", mode}, {"dryRun", "true"}}, "c.csv", csv);
        return accepted.status == 202 ? testing::finished(api, "/api/v1/imports/" + accepted.id())
                                      : accepted;
    }
    Json first_problems(const Reply& import) {
        const Reply errors = api.get("/api/v1/imports/" + import.id() + "/errors");
        const auto& rows = errors.data().items();
        return rows.empty() ? Json::array() : rows.front()["errors"];
    }
};

TEST_F(RequiredTest, means_the_same_in_form_api_mapping_and_import) {
    const auto everything = UnorderedElementsAre("name", "phone", "customFields.cnh");

    const Reply created = api.post("/api/v1/contacts", Json::object({{"city", "Natal"}}));
    const Reply unmapped = imported("cidade\nNatal\n");
    const Reply empty = imported("nome;telefone;cnh;apelido;cidade\n;;;;Natal\n");

    EXPECT_THAT(asked_by_form(), everything);
    EXPECT_THAT(wanted(created["errors"], "required"), everything) << created.shown();
    EXPECT_THAT(wanted(unmapped["errors"], "not_mapped"), everything) << unmapped.shown();
    EXPECT_THAT(wanted(first_problems(empty), "required"), everything) << empty.shown();
}

TEST_F(RequiredTest, a_file_may_name_another_way_to_reach_somebody) {
    EXPECT_EQ(imported("nome;email;cnh\nAna;ana@x.com;123\n")["created"], Json(1));
    EXPECT_EQ(imported("nome;cpf;cnh\nAna;529.982.247-25;123\n")["created"], Json(1));
    const Reply nobody = imported("nome;telefone;email;cnh\nAna;;;123\nBia;;b@x.com;4\n");

    EXPECT_EQ(nobody["created"], Json(1)) << nobody.shown();
    const Json problems = first_problems(nobody);
    EXPECT_THAT(wanted(problems, "required"), UnorderedElementsAre("phone"));
    EXPECT_EQ(problems.items().front()["message"], Json("Informe telefone, e-mail ou documento"));
}

TEST_F(RequiredTest, who_is_there_already_needs_no_more_than_a_key) {
    const Json ana = Json::object({{"name", "Ana"},
                                   {"phone", "11987654321"},
                                   {"email", "ana@x.com"},
                                   {"customFields", Json::object({{"cnh", "1"}})}});
    ASSERT_EQ(api.post("/api/v1/contacts", ana).status, 201);

    EXPECT_EQ(imported("telefone;cidade\n11987654321;Natal\n", "update")["updated"], Json(1));
    EXPECT_EQ(imported("nome;email;cnh;cidade\n;ana@x.com;;Natal\n", "upsert")["updated"], Json(1));
}

}  // namespace
}  // namespace ponte::customers
