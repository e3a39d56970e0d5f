// Every operator of every type of field, on fields of the declaration and on a company's own.
#include "kernel/testing/given.hpp"
#include "kernel/values.hpp"

namespace ponte::testing {
namespace {

using ::testing::HasSubstr;

constexpr const char* zone = "America/Sao_Paulo";

std::string day(int from_today) {
    // Noon of that day, so that no zone moves it to another one.
    const Time noon = start_of_day(now(), zone, from_today) + std::chrono::hours(12);
    return format_time(noon).substr(0, 10);
}

// Three contacts, each filled differently; who is named says it all.
struct World {
    Company company;
    Api& api = company.api();
    std::string rui = company.user("agent").id;

    World() {
        const struct {
            const char *name, *type;
        } own[] = {{"nota", "number"},        {"preco", "money"},     {"socio", "boolean"},
                   {"nascimento", "date"},    {"visita", "datetime"}, {"plano", "select"},
                   {"canais", "multiselect"}, {"site", "url"},        {"codigo", "text"},
                   {"filhos", "integer"},     {"padrinho", "user"},   {"desconto", "percentage"},
                   {"prazo", "duration"},     {"cep", "postal_code"}};
        for (const auto& [name, type] : own) {
            save(api, "/api/v1/custom-fields",
                 Json::object({{"entity", "contact"},
                               {"name", name},
                               {"type", type},
                               {"options", Json::array({"a", "b", "c"})}}));
        }
        make(R"({"name": "Ana Conceição", "phone": "(11) 98765-4321", "email": "ana@exemplo.com",
                 "company": "Padaria 100%", "status": "prospect", "tags": ["vip", "novo"],
                 "document": "529.982.247-25"})",
             Json::object({{"nota", 4.5},
                           {"preco", 1234.5},
                           {"socio", true},
                           {"nascimento", day(0)},
                           {"visita", day(0) + "T12:00:00-03:00"},
                           {"plano", "a"},
                           {"canais", Json::array({"a", "b"})},
                           {"site", "https://ana.exemplo.com"},
                           {"codigo", "AB_1"},
                           {"filhos", 2},
                           {"desconto", 12.5},
                           {"prazo", 5400},
                           {"cep", "01310-100"},
                           {"padrinho", rui}}));
        make(R"({"name": "Bia Lima", "phone": "+5521987654321", "status": "active",
                 "tags": ["vip"], "company": "Oficina", "assignedTo": ")" +
                 rui + R"("})",
             Json::object({{"nota", -1},
                           {"preco", 10},
                           {"socio", false},
                           {"nascimento", day(-3)},
                           {"visita", day(-3) + "T12:00:00-03:00"},
                           {"plano", "b"},
                           {"canais", Json::array({"b"})},
                           {"codigo", "ABx1"},
                           {"desconto", 3},
                           {"prazo", 60},
                           {"filhos", 0}}));
        make(R"({"name": "Cida Alves", "phone": "+5531987654321", "status": "inactive"})",
             Json::object({{"nascimento", day(40)}, {"visita", day(40) + "T12:00:00-03:00"}}));
    }
    void make(const std::string& values, Json custom) {
        Json json = Json::parse(values);
        json.set("customFields", std::move(custom));
        save(api, "/api/v1/contacts", json);
    }
};

World& world() {
    static World one;
    return one;
}

// "Ana Bia": first names of whom the filter finds, in the order of the alphabet.
std::string found_by(const std::string& filter) {
    const Reply list = world().api.get("/api/v1/contacts?sortBy=name&sortOrder=asc&filter=" +
                                       http::url_encode(filter));
    if (list.status != 200) {
        return list.shown();
    }
    std::string names;
    for (const Json& one : list.data().items()) {
        const std::string& name = one["name"].as_string();
        names += (names.empty() ? "" : " ") + name.substr(0, name.find(' '));
    }
    return names;
}

struct Leaf {
    const char *field, *op;
    std::string value, expected;
};

void expect_each(std::initializer_list<Leaf> leafs) {
    for (const Leaf& leaf : leafs) {
        std::string filter = std::string(R"({"field": ")") + leaf.field + R"(", "op": ")" + leaf.op;
        filter += leaf.value.empty() ? R"("})" : R"(", "value": )" + leaf.value + "}";
        SCOPED_TRACE(filter);

        EXPECT_EQ(found_by(filter), leaf.expected);
    }
}

std::string in_quotes(const std::string& text) { return "\"" + text + "\""; }

TEST(FiltersTest, text) {
    expect_each({
        {"name", "is", R"("ana conceicao")", "Ana"},
        {"name", "is_not", R"("Ana Conceição")", "Bia Cida"},
        {"name", "contains", R"("CEIÇÃO")", "Ana"},
        {"name", "not_contains", R"("a")", ""},
        {"company", "not_contains", R"("pad")", "Bia Cida"},
        {"company", "starts_with", R"("pada")", "Ana"},
        {"company", "ends_with", R"("100%")", "Ana"},
        {"company", "contains", R"("%")", "Ana"},
        {"company", "is_not", R"("Oficina")", "Ana Cida"},
        {"email", "contains", R"("@exemplo")", "Ana"},
        {"email", "empty", "", "Bia Cida"},
        {"email", "not_empty", "", "Ana"},
        {"phone", "is", R"("11987654321")", "Ana"},
        {"phone", "starts_with", R"("+5521")", "Bia"},
        {"document", "is", R"("529.982.247-25")", "Ana"},
    });
}

TEST(FiltersTest, numbers_of_people_with_their_masks) {
    expect_each({
        {"phone", "contains", in_quotes("(11) 98765"), "Ana"},
        {"phone", "starts_with", in_quotes("(11)"), "Ana"},
        {"phone", "starts_with", R"("11")", "Ana"},
        {"phone", "ends_with", R"("5-4321")", "Ana Bia Cida"},
        {"phone", "not_contains", in_quotes("(11)"), "Bia Cida"},
        {"document", "contains", R"("982.247")", "Ana"},
        {"document", "starts_with", R"("529.9")", "Ana"},
        {"status", "is", R"("PROSPECT")", "Ana"},
    });
}

TEST(FiltersTest, own_text) {
    expect_each({
        {"customFields.codigo", "contains", R"("b_1")", "Ana"},
        {"customFields.codigo", "starts_with", R"("ab")", "Ana Bia"},
        {"customFields.codigo", "is", R"("abX1")", "Bia"},
        {"customFields.codigo", "is_not", R"("abX1")", "Ana Cida"},
        {"customFields.codigo", "empty", "", "Cida"},
        {"customFields.site", "contains", R"("ana.")", "Ana"},
    });
}

TEST(FiltersTest, numbers) {
    expect_each({
        {"totalInteractions", "is", "0", "Ana Bia Cida"},
        {"totalInteractions", "gt", "0", ""},
        {"customFields.nota", "is", "4.5", "Ana"},
        {"customFields.nota", "is_not", "4.5", "Bia Cida"},
        {"customFields.nota", "gt", "-1", "Ana"},
        {"customFields.nota", "gte", "-1", "Ana Bia"},
        {"customFields.nota", "lt", "0", "Bia"},
        {"customFields.nota", "lte", "4.5", "Ana Bia"},
        {"customFields.nota", "between", "[-5, 0]", "Bia"},
        {"customFields.nota", "empty", "", "Cida"},
        {"customFields.filhos", "gte", "1", "Ana"},
        {"customFields.filhos", "not_empty", "", "Ana Bia"},
        {"customFields.preco", "gt", "1000", "Ana"},
        {"customFields.preco", "between", "[10, 1234.5]", "Ana Bia"},
        {"customFields.desconto", "is", "12.5", "Ana"},
        {"customFields.desconto", "lt", "12.5", "Bia"},
        {"customFields.prazo", "gte", "60", "Ana Bia"},
        {"customFields.prazo", "gt", R"("1h")", "Ana"},
        {"customFields.prazo", "empty", "", "Cida"},
        {"customFields.cep", "is", R"("01310-100")", "Ana"},
        {"customFields.cep", "starts_with", R"("013")", "Ana"},
    });
}

TEST(FiltersTest, dates) {
    expect_each({
        {"customFields.nascimento", "is", in_quotes(day(0)), "Ana"},
        {"customFields.nascimento", "before", in_quotes(day(0)), "Bia"},
        {"customFields.nascimento", "after", in_quotes(day(0)), "Cida"},
        {"customFields.nascimento", "between",
         "[" + in_quotes(day(-3)) + "," + in_quotes(day(0)) + "]", "Ana Bia"},
        {"customFields.nascimento", "today", "", "Ana"},
        {"customFields.nascimento", "last_days", "4", "Ana Bia"},
        {"customFields.nascimento", "last_days", "3", "Ana"},
        {"customFields.nascimento", "next_days", "40", "Ana Cida"},
        {"customFields.nascimento", "next_days", "39", "Ana"},
        {"customFields.nascimento", "not_empty", "", "Ana Bia Cida"},
    });
    EXPECT_THAT(found_by(R"({"field": "customFields.nascimento", "op": "this_week"})"),
                HasSubstr("Ana"));
    EXPECT_THAT(found_by(R"({"field": "customFields.nascimento", "op": "this_month"})"),
                HasSubstr("Ana"));
}

TEST(FiltersTest, times_by_the_readers_days) {
    expect_each({
        {"customFields.visita", "is", in_quotes(day(0)), "Ana"},
        {"customFields.visita", "before", in_quotes(day(0)), "Bia"},
        {"customFields.visita", "after", in_quotes(day(0)), "Cida"},
        {"customFields.visita", "between", "[" + in_quotes(day(-3)) + "," + in_quotes(day(0)) + "]",
         "Ana Bia"},
        {"customFields.visita", "today", "", "Ana"},
        {"customFields.visita", "last_days", "4", "Ana Bia"},
        {"customFields.visita", "next_days", "40", "Ana Cida"},
        {"createdAt", "today", "", "Ana Bia Cida"},
        {"createdAt", "before", in_quotes(day(0)), ""},
        {"lastContactAt", "empty", "", "Ana Bia Cida"},
        {"updatedAt", "this_month", "", "Ana Bia Cida"},
    });
    EXPECT_THAT(found_by(R"({"field": "customFields.visita", "op": "this_week"})"),
                HasSubstr("Ana"));
}

TEST(FiltersTest, choices_and_yes_or_no) {
    expect_each({
        {"status", "is", R"("prospect")", "Ana"},
        {"status", "is_not", R"("prospect")", "Bia Cida"},
        {"status", "any_of", R"(["prospect", "inactive"])", "Ana Cida"},
        {"status", "none_of", R"(["prospect", "inactive"])", "Bia"},
        {"customFields.plano", "is", R"("a")", "Ana"},
        {"customFields.plano", "is", R"("A")", "Ana"},
        {"customFields.plano", "none_of", R"(["a"])", "Bia Cida"},
        {"customFields.plano", "none_of", R"(["A"])", "Bia Cida"},
        {"customFields.plano", "empty", "", "Cida"},
        {"customFields.socio", "is", "true", "Ana"},
        {"customFields.socio", "is", "false", "Bia Cida"},
    });
}

TEST(FiltersTest, sets) {
    expect_each({
        {"tags", "has_any", R"(["VIP"])", "Ana Bia"},
        {"tags", "has_any", R"(["novo", "outro"])", "Ana"},
        {"tags", "has_all", R"(["vip", "novo"])", "Ana"},
        {"tags", "has_all", R"(["vip", "ninguém"])", ""},
        {"tags", "has_none", R"(["vip"])", "Cida"},
        {"tags", "empty", "", "Cida"},
        {"tags", "not_empty", "", "Ana Bia"},
        {"customFields.canais", "has_any", R"(["a", "c"])", "Ana"},
        {"customFields.canais", "has_all", R"(["a", "b"])", "Ana"},
        {"customFields.canais", "has_all", R"(["A", "B"])", "Ana"},
        {"customFields.canais", "has_none", R"(["a"])", "Bia Cida"},
        {"customFields.canais", "empty", "", "Cida"},
    });
}

TEST(FiltersTest, people) {
    const std::string rui = in_quotes(world().rui);
    expect_each({
        {"assignedTo", "is", rui, "Bia"},
        {"assignedTo", "is_not", rui, "Ana Cida"},
        {"assignedTo", "any_of", "[" + rui + "]", "Bia"},
        {"assignedTo", "none_of", "[" + rui + "]", "Ana Cida"},
        {"assignedTo", "empty", "", "Ana Cida"},
        {"assignedTo", "is", R"("me")", ""},
        {"createdBy", "is", R"("me")", "Ana Bia Cida"},
        {"customFields.padrinho", "is", rui, "Ana"},
    });
}

TEST(FiltersTest, trees) {
    EXPECT_EQ(found_by(R"({"and": [{"field": "tags", "op": "has_any", "value": ["vip"]},
                           {"or": [{"field": "status", "op": "is", "value": "active"},
                                   {"field": "status", "op": "is", "value": "inactive"}]}]})"),
              "Bia");
    EXPECT_EQ(found_by(R"({"and": []})"), "Ana Bia Cida");
}

TEST(FiltersTest, what_is_wrong_is_named) {
    const struct {
        const char *filter, *code;
    } rows[] = {
        {"[", "format"},
        {"[]", "format"},
        {R"({"or": []})", "format"},
        {R"({"and": 5})", "format"},
        {R"({"field": "colour", "op": "is", "value": 1})", "field"},
        {R"({"field": "customFields.cor", "op": "is", "value": 1})", "field"},
        {R"({"field": "name; drop table contacts", "op": "is", "value": "x"})", "field"},
        {R"({"field": "customFields.x') or true --", "op": "is", "value": "x"})", "field"},
        {R"({"field": "name", "op": "like", "value": "x"})", "operator"},
        {R"({"field": "name", "op": "gt", "value": "x"})", "operator"},
        {R"({"field": "name"})", "operator"},
        {R"({"field": "name", "op": "is"})", "value"},
        {R"({"field": "name", "op": "is", "value": 5})", "value"},
        {R"({"field": "status", "op": "is", "value": "lost"})", "value"},
        {R"({"field": "createdAt", "op": "is", "value": "ontem"})", "value"},
        {R"({"field": "createdAt", "op": "last_days", "value": 0})", "value"},
        {R"({"field": "customFields.nota", "op": "between", "value": [1]})", "value"},
        {R"({"field": "customFields.nota", "op": "gt", "value": "x"})", "value"},
        {R"({"field": "assignedTo", "op": "is", "value": "rui"})", "value"},
        {R"({"field": "tags", "op": "has_any", "value": []})", "value"},
        {R"({"field": "customFields.socio", "op": "is", "value": "sim"})", "value"},
        {R"({"and":[{"and":[{"and":[{"and":[{"and":[{"field":"name","op":"empty"}]}]}]}]}]})",
         "too_deep"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.filter);

        const Reply refused =
            world().api.get("/api/v1/contacts?filter=" + http::url_encode(row.filter));

        EXPECT_EQ(refused.status, 400) << refused.shown();
        EXPECT_EQ(refused.problem("filter"), row.code) << refused.shown();
    }
}

}  // namespace
}  // namespace ponte::testing
