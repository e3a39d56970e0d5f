// A company's own fields: made, kept in order, used at once everywhere, and gone when deleted.
#include <future>

#include "kernel/testing/given.hpp"

namespace ponte::testing {
namespace {

constexpr const char* fields = "/api/v1/custom-fields";

struct CustomFieldsTest : ApiTest {
    Saved field(const Json::Object& more) {
        Json values = Json::object({{"entity", "contact"}, {"type", "text"}});
        for (const auto& [key, value] : more) {
            values.set(key, value);
        }
        return save(api, fields, values);
    }
    Reply contact(const Json::Object& custom) {
        return api.post(
            "/api/v1/contacts",
            {{"name", "Ana Souza"}, {"phone", "+5511987654321"}, {"customFields", Json(custom)}});
    }
};

TEST_F(CustomFieldsTest, the_key_comes_from_the_name) {
    const Saved one = field({{"name", "Data de instalação"}, {"type", "date"}});
    const Saved two = field({{"name", "Data de Instalação"}});

    EXPECT_EQ(one["key"].as_string(), "data_de_instalacao");
    EXPECT_EQ(two["key"].as_string(), "data_de_instalacao_2");
    EXPECT_EQ(one["type"].as_string(), "date");
    EXPECT_EQ(one["required"].as_bool(true), false);
    EXPECT_EQ(one["options"].dump(), "[]");
    EXPECT_TRUE(one["defaultValue"].is_null());
    EXPECT_EQ(one["position"].as_integer(), 0);
    EXPECT_EQ(two["position"].as_integer(), 1);
}

TEST_F(CustomFieldsTest, count_from_the_moment_they_are_made) {
    EXPECT_EQ(contact({{"plano", "Ouro"}}).problem("customFields.plano"), "unknown");
    const Saved plan = field({{"name", "Plano"},
                              {"type", "select"},
                              {"options", Json::array({"Prata", "Ouro"})},
                              {"defaultValue", "Prata"},
                              {"required", true}});

    const Reply usual = contact({}), chosen = contact({{"plano", "Ouro"}});

    EXPECT_EQ(plan["type"].as_string(), "select");
    EXPECT_EQ(usual["customFields"].dump(), R"({"plano":"Prata"})") << usual.shown();
    EXPECT_EQ(chosen["customFields"].dump(), R"({"plano":"Ouro"})");
    EXPECT_EQ(contact({{"plano", "Bronze"}}).problem("customFields.plano"), "not_an_option");
    EXPECT_EQ(contact({{"plano", nullptr}}).problem("customFields.plano"), "required");
}

TEST_F(CustomFieldsTest, a_deleted_one_is_unknown_and_a_restored_one_has_its_values_again) {
    const Saved plan = field({{"name", "Plano"}});
    const Reply made = contact({{"plano", "Ouro"}});
    ASSERT_EQ(api.del(plan.path).status, 204);

    EXPECT_EQ(contact({{"plano", "Ouro"}}).problem("customFields.plano"), "unknown");
    ASSERT_EQ(api.post(plan.path + "/restore").status, 200);
    EXPECT_EQ(contact({{"plano", "Ouro"}}).status, 201);
    EXPECT_EQ(api.get("/api/v1/contacts/" + made.id())["customFields"].dump(),
              R"({"plano":"Ouro"})");
}

TEST_F(CustomFieldsTest, one_made_again_does_not_inherit_the_values_of_another) {
    const Saved color = field({{"name", "Cor"}});
    const Reply made = contact({{"cor", "azul"}});
    ASSERT_EQ(api.del(color.path).status, 204);

    const Saved again = field({{"name", "Cor"}, {"type", "integer"}});
    const std::string filter = http::url_encode(
        Json::object(
            {{"field", "customFields." + again["key"].as_string()}, {"op", "gt"}, {"value", 1}})
            .dump());
    const Reply list = api.get("/api/v1/contacts?filter=" + filter);

    EXPECT_EQ(again["key"].as_string(), "cor_2");
    EXPECT_EQ(list.status, 200) << list.shown();
    EXPECT_TRUE(list.data().items().empty());
}

TEST_F(CustomFieldsTest, put_empties_them_and_patch_changes_only_what_it_names) {
    field({{"name", "Plano"}});
    field({{"name", "Nota"}, {"type", "number"}});
    const std::string path = "/api/v1/contacts/" + contact({{"plano", "Ouro"}, {"nota", 4.5}}).id();

    const Reply patched = api.patch(path, {{"customFields", Json::object({{"nota", nullptr}})}});
    const Reply put = api.put(path, {{"name", "Ana"},
                                     {"phone", "+5511987654321"},
                                     {"customFields", Json::object({{"nota", 5}})}});

    EXPECT_EQ(patched["customFields"].dump(), R"({"plano":"Ouro"})") << patched.shown();
    EXPECT_EQ(put["customFields"].dump(), R"({"nota":5})") << put.shown();
}

TEST_F(CustomFieldsTest, every_type_takes_its_values_and_refuses_others) {
    const std::string somebody = Json(company.admin().id).dump();
    const struct {
        const char *type, *given, *shown, *wrong, *code;
    } rows[] = {
        {"text", R"(" Olá ")", R"("Olá")", "5", "type"},
        {"long_text", R"("um\ndois")", R"("um\ndois")", "true", "type"},
        {"integer", "7", "7", "7.5", "type"},
        {"number", "7.25", "7.25", R"("sete")", "type"},
        {"money", "1234.5", "1234.5", R"("caro")", "format"},
        {"percentage", R"("12,5%")", "12.5", R"("metade")", "format"},
        {"duration", R"("1h30")", "5400", R"("logo")", "format"},
        {"postal_code", R"("01310-100")", R"("01310100")", R"("1310-100")", "format"},
        {"boolean", "true", "true", R"("sim")", "type"},
        {"date", R"("2026-02-28")", R"("2026-02-28")", R"("2026-02-30")", "format"},
        {"datetime", R"("2026-02-28T10:00:00-03:00")", R"("2026-02-28T13:00:00.000Z")",
         R"("ontem")", "format"},
        {"multiselect", R"(["a","b"])", R"(["a","b"])", R"(["c"])", "not_an_option"},
        {"phone", R"("(11) 98765-4321")", R"("+5511987654321")", R"("12")", "format"},
        {"email", R"("ana@Exemplo.com")", R"("ana@exemplo.com")", R"("ana")", "format"},
        {"url", R"("https://exemplo.com")", R"("https://exemplo.com")", R"("exemplo")", "format"},
        {"cpf", R"("529.982.247-25")", R"("52998224725")", R"("529.982.247-26")", "check_digit"},
        {"cnpj", R"("11.222.333/0001-81")", R"("11222333000181")", R"("11.222.333/0001-82")",
         "check_digit"},
        {"user", somebody.c_str(), somebody.c_str(), R"("rui")", "format"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.type);
        const std::string key = std::string("f_") + row.type;
        field({{"name", key},
               {"key", key},
               {"type", row.type},
               {"options", Json::array({"a", "b"})}});

        const Reply taken = contact({{key, Json::parse(row.given)}});
        const Reply refused = contact({{key, Json::parse(row.wrong)}});

        EXPECT_EQ(taken["customFields"][key].dump(), row.shown) << taken.shown();
        EXPECT_EQ(refused.problem("customFields." + key), row.code) << refused.shown();
    }
}

TEST_F(CustomFieldsTest, what_is_wrong_with_one_is_told) {
    field({{"name", "Plano"}});
    const struct {
        const char *name, *body, *field, *code;
    } rows[] = {
        {"no entity", R"({"name": "X", "type": "text"})", "entity", "required"},
        {"an entity without them", R"({"entity": "tag", "name": "X", "type": "text"})", "entity",
         "not_an_option"},
        {"no entity of ours", R"({"entity": "nada", "name": "X", "type": "text"})", "entity",
         "not_an_option"},
        {"no type", R"({"entity": "contact", "name": "X"})", "type", "required"},
        {"an unknown type", R"({"entity": "contact", "name": "X", "type": "colour"})", "type",
         "not_an_option"},
        {"a key that is none", R"({"entity": "contact", "name": "X", "type": "text", "key": "Ã"})",
         "key", "format"},
        {"a taken key", R"({"entity": "contact", "name": "X", "type": "text", "key": "plano"})",
         "key", "taken"},
        {"a choice without options", R"({"entity": "contact", "name": "X", "type": "select"})",
         "options", "required"},
        {"a default that is no option",
         R"({"entity": "contact", "name": "X", "type": "select", "options": ["a"],
             "defaultValue": "b"})",
         "defaultValue", "not_an_option"},
        {"a default of another type",
         R"({"entity": "contact", "name": "X", "type": "integer", "defaultValue": "sete"})",
         "defaultValue", "type"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.name);

        const Reply refused = api.post(fields, Json::parse(row.body));

        EXPECT_EQ(refused.status, 422) << refused.shown();
        EXPECT_EQ(refused.problem(row.field), row.code) << refused.shown();
    }
}

TEST_F(CustomFieldsTest, entity_key_and_type_stay_as_they_were_made) {
    const Saved plan = field({{"name", "Plano"}});

    const Reply changed = api.patch(plan.path, {{"name", "Plano contratado"},
                                                {"key", "outro"},
                                                {"type", "number"},
                                                {"entity", "tag"},
                                                {"position", 5}});

    ASSERT_EQ(changed.status, 200) << changed.shown();
    EXPECT_EQ(changed["name"].as_string(), "Plano contratado");
    EXPECT_EQ(changed["key"].as_string(), "plano");
    EXPECT_EQ(changed["type"].as_string(), "text");
    EXPECT_EQ(changed["entity"].as_string(), "contact");
    EXPECT_EQ(changed["position"].as_integer(), 5);
}

TEST_F(CustomFieldsTest, options_may_change_but_not_from_under_the_default) {
    const Saved plan = field({{"name", "Plano"},
                              {"type", "select"},
                              {"options", Json::array({"a", "b"})},
                              {"defaultValue", "b"}});

    const Reply refused = api.patch(plan.path, {{"options", Json::array({"a"})}});
    const Reply turned = api.patch(plan.path, {{"options", Json::array({"b", "a", "c"})}});

    EXPECT_EQ(refused.problem("defaultValue"), "not_an_option") << refused.shown();
    EXPECT_EQ(turned["options"].dump(), R"(["b","a","c"])") << turned.shown();
    EXPECT_EQ(turned["defaultValue"].as_string(), "b");
}

TEST_F(CustomFieldsTest, a_default_of_money_is_in_units) {
    const Saved price = field({{"name", "Preço"}, {"type", "money"}, {"defaultValue", 99.9}});

    EXPECT_EQ(price["defaultValue"].dump(), "99.9");
    EXPECT_EQ(contact({})["customFields"].dump(), R"({"preco":99.9})");
}

TEST_F(CustomFieldsTest, are_limited_in_number) {
    for (int i = 0; i < 100; ++i) {
        field({{"name", "Campo " + std::to_string(i)}});
    }

    const Reply refused =
        api.post(fields, {{"entity", "contact"}, {"name", "Mais um"}, {"type", "text"}});

    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(refused.code(), "custom_field.too_many");
}

TEST_F(CustomFieldsTest, are_listed_by_entity_in_their_order) {
    field({{"name", "Segundo"}, {"position", 2}});
    field({{"name", "Primeiro"}, {"position", 1}});

    const Reply list =
        api.get("/api/v1/custom-fields?entity=contact&limit=100&sortBy=position&sortOrder=asc");

    ASSERT_EQ(list.data().items().size(), 2U) << list.shown();
    EXPECT_EQ(list.data().items()[0]["name"].as_string(), "Primeiro");
    EXPECT_EQ(api.get("/api/v1/custom-fields?entity=note").data().items().size(), 0U);
}

struct FieldOrderTest : CustomFieldsTest {
    const std::string first = field({{"name", "Um"}}).id, second = field({{"name", "Dois"}}).id,
                      third = field({{"name", "Três"}}).id;

    static Reply order(Api& as, std::initializer_list<Json> ids) {
        return as.put("/api/v1/custom-fields/order", {{"ids", Json(Json::Array(ids))}});
    }
    Json::Array standing() {
        Json::Array ids;
        const Reply list = api.get(fields);
        for (const Json& one : list.data().items()) {
            ids.push_back(one["id"]);
        }
        return ids;
    }
};

TEST_F(FieldOrderTest, is_written_whole_and_told_of_each_field_that_moved) {
    const Reply done = order(api, {third, first, second});

    ASSERT_EQ(done.status, 204) << done.shown();
    EXPECT_EQ(standing(), (Json::Array{third, first, second}));
    const Reply history = api.get(std::string(fields) + "/" + third + "/history");
    EXPECT_EQ(history.data().items()[0]["changes"]["position"]["to"], Json(0)) << history.shown();
    EXPECT_EQ(order(api, {third, first, second}).status, 204);
    EXPECT_EQ(api.get(std::string(fields) + "/" + third)["version"], Json(2));
    const Json meta = api.get("/api/v1/meta").body;
    EXPECT_LT(meta.dump().find("customFields.tres"), meta.dump().find("customFields.um"));
}

TEST_F(FieldOrderTest, leaves_behind_it_what_somebody_made_meanwhile) {
    const std::string meanwhile = field({{"name", "Quatro"}}).id;

    ASSERT_EQ(order(api, {second, first}).status, 204);

    EXPECT_EQ(standing(), (Json::Array{second, first, third, meanwhile}));
}

TEST_F(FieldOrderTest, is_refused_as_a_whole) {
    Company other;
    const Saved foreign =
        save(other.api(), fields,
             Json::object({{"entity", "contact"}, {"name", "Alheio"}, {"type", "text"}}));
    const struct {
        std::initializer_list<Json> ids;
        const char* code;
    } rows[] = {
        {{}, "required"},
        {{second, "x"}, "format"},
        {{second, second}, "duplicate"},
        {{second, foreign.id}, "not_found"},
        {{second, Id::make().text()}, "not_found"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.code);
        EXPECT_EQ(order(api, row.ids).problem("ids"), row.code);
    }
    EXPECT_EQ(api.put("/api/v1/custom-fields/order", {{"ids", "x"}}).problem("ids"), "type");
    EXPECT_EQ(order(company.user("agent").api, {second}).status, 403);
    EXPECT_EQ(standing(), (Json::Array{first, second, third}));
}

TEST_F(FieldOrderTest, of_two_at_once_is_one_of_the_two) {
    Api colleague(api.token());

    auto mine = std::async([&] { return order(api, {third, second, first}).status; });
    const auto theirs = order(colleague, {second, third, first}).status;

    EXPECT_EQ(theirs, 204);
    EXPECT_EQ(mine.get(), 204);
    EXPECT_EQ(standing()[2], Json(first));
}

TEST_F(CustomFieldsTest, belong_to_their_company) {
    Company other;
    field({{"name", "Plano"}});

    const Reply refused =
        other.api().post("/api/v1/contacts", {{"name", "Ana Souza"},
                                              {"phone", "+5511987654321"},
                                              {"customFields", Json::object({{"plano", "x"}})}});

    EXPECT_EQ(refused.problem("customFields.plano"), "unknown");
}

}  // namespace
}  // namespace ponte::testing
