// Percentages, durations and postal codes on every way that a value goes, on an entity that no
// module knows, in the table that the draft of its migration makes.
#include "kernel/app.hpp"
#include "kernel/db/owner_connection.hpp"
#include "kernel/entities/catalogue.hpp"
#include "kernel/entities/drift.hpp"
#include "kernel/testing/database.hpp"
#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::testing {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::int64_t week = 7 * 86'400;
constexpr Field errand_fields[] = {
    text("name").required().sorted_as_name(),
    percentage("discount").between(0, 100),
    percentage("margin").starts_as("2.5"),
    duration("time_needed").up_to(week),
    postal_code("postal_code"),
};
constexpr Entity errand_entity{
    .name = "errand", .table = "errands", .fields = errand_fields, .can_be_imported = true};
static_assert(valid(errand_entity));
static_assert(errand_fields[1].max == 100 * percentage_unit);

struct Errands {
    Server server{Server::usual_settings(), [](App& app) { app.entity(errand_entity); }};
    const std::string owner = server.database().owner_conninfo;
    Errands() {
        const std::string sql = records::draft_migration(server.services().entities(), owner);
        db::OwnerConnection(owner).run(sql);
    }
};
Errands& errands() {
    static Errands one;
    return one;
}

class FieldTypesTest : public ::testing::Test {
protected:
    Company company{errands().server.url()};
    Api& api = company.api();

    Saved errand(const char* name, Json values = Json::object()) {
        values.set("name", name);
        return save(api, "/api/v1/errands", values);
    }
    std::string names(const std::string& query) {
        const Reply list = api.get("/api/v1/errands?" + query);
        std::string all = list.status == 200 ? "" : list.shown();
        for (const Json& one : list.data().items()) {
            all += one["name"].as_string();
        }
        return all;
    }
    std::string found(const char* field, const char* op, const char* value) {
        const std::string filter = std::string(R"({"field":")") + field + R"(","op":")" + op +
                                   (*value ? R"(","value":)" : "\"") + value + "}";
        return names("sortBy=name&sortOrder=asc&filter=" + http::url_encode(filter));
    }
    // A page of one, and the next, as far as they go.
    std::string in_order(const std::string& by) {
        std::string all, cursor;
        for (int page = 0; page < 5; ++page) {
            const Reply list = api.get("/api/v1/errands?sortOrder=asc&limit=1&sortBy=" + by +
                                       (cursor.empty() ? "" : "&cursor=" + cursor));
            EXPECT_EQ(list.status, 200) << list.shown();
            for (const Json& one : list.data().items()) {
                all += one["name"].as_string();
            }
            cursor = list["pagination"]["nextCursor"].as_string();
            if (cursor.empty()) {
                break;
            }
        }
        return all;
    }
    void three() {
        errand("A", Json::object({{"discount", 12.5}, {"timeNeeded", 5400}}));
        errand("B",
               Json::object({{"discount", 3}, {"timeNeeded", 60}, {"postalCode", "20040-020"}}));
        errand("C", Json::object({{"postalCode", "01310-100"}}));
    }
};

TEST_F(FieldTypesTest, their_tables_are_as_declared) {
    EXPECT_THAT(records::drift(errands().server.services().entities(), errands().owner), IsEmpty());
}

TEST_F(FieldTypesTest, what_people_type_is_kept_exactly_and_told_plainly) {
    const Saved made = errand("Entrega", Json::object({{"discount", " 12,5 %"},
                                                       {"timeNeeded", "1h30"},
                                                       {"postalCode", "01.310-100"}}));

    EXPECT_EQ(made["discount"].dump(), "12.5");
    EXPECT_EQ(made["margin"].dump(), "2.5");
    EXPECT_EQ(made["timeNeeded"].dump(), "5400");
    EXPECT_EQ(made["postalCode"], Json("01310100"));
    EXPECT_EQ(errands().server.value("select discount || ' ' || time_needed from errands "
                                     "where id = $1",
                                     {made.id}),
              "12.5000 5400");
    const Reply changed =
        api.patch(made.path, {{"discount", 0.1}, {"margin", 100}, {"timeNeeded", "2 h"}});
    EXPECT_EQ(changed["discount"].dump(), "0.1");
    EXPECT_EQ(changed["margin"].dump(), "100");
    const Reply history = api.get(made.path + "/history");
    EXPECT_EQ(history.data().items()[0]["changes"].dump(),
              R"({"margin":{"to":100,"from":2.5},"discount":{"to":0.1,"from":12.5},)"
              R"("timeNeeded":{"to":7200,"from":5400}})");
}

TEST_F(FieldTypesTest, the_same_value_written_otherwise_is_no_change) {
    const Saved made = errand("Entrega", Json::object({{"discount", 12.5}, {"timeNeeded", 5400}}));

    const Reply same = api.patch(
        made.path, {{"discount", "12,50"}, {"timeNeeded", "90 min"}, {"margin", 2.50001}});

    EXPECT_EQ(same["version"], Json(1)) << same.shown();
}

TEST_F(FieldTypesTest, what_is_wrong_with_one_is_told) {
    const struct {
        const char *field, *given, *code;
    } rows[] = {
        {"discount", "100.5", "too_large"},
        {"discount", "-1", "too_small"},
        {"discount", R"("doze")", "format"},
        {"discount", R"("1,23456%")", "format"},
        {"discount", "true", "type"},
        {"margin", "1e9", "range"},
        {"timeNeeded", "604801", "too_large"},
        {"timeNeeded", "-1", "range"},
        {"timeNeeded", "0.5", "type"},
        {"timeNeeded", R"("logo")", "format"},
        {"postalCode", R"("1310-100")", "format"},
        {"postalCode", "20040020", "type"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(std::string(row.field) + " " + row.given);

        const Reply refused =
            api.post("/api/v1/errands", {{"name", "X"}, {row.field, Json::parse(row.given)}});

        EXPECT_EQ(refused.problem(row.field), row.code) << refused.shown();
    }
    const Reply most = api.post("/api/v1/errands", {{"name", "X"}, {"discount", 101}});
    EXPECT_EQ(most["errors"].items()[0]["params"]["limit"], Json(100)) << most.shown();
}

TEST_F(FieldTypesTest, are_found_by_comparison) {
    three();

    EXPECT_EQ(found("discount", "is", "12.5"), "A");
    EXPECT_EQ(found("discount", "gte", R"("3%")"), "AB");
    EXPECT_EQ(found("discount", "between", "[0, 10]"), "B");
    EXPECT_EQ(found("discount", "empty", ""), "C");
    EXPECT_EQ(found("timeNeeded", "lt", R"("1h")"), "B");
    EXPECT_EQ(found("timeNeeded", "between", "[60, 5400]"), "AB");
    EXPECT_EQ(found("timeNeeded", "is_not", "60"), "AC");
    EXPECT_EQ(found("postalCode", "is", R"("01310-100")"), "C");
    EXPECT_EQ(found("postalCode", "starts_with", R"("013")"), "C");
    EXPECT_EQ(found("postalCode", "starts_with", R"("20040-0")"), "B");
    EXPECT_EQ(names("discount=12.5"), "A");
    EXPECT_EQ(names("timeNeeded=5400"), "A");
    EXPECT_EQ(names("timeNeeded=1h30"), "A");
    EXPECT_EQ(names("postalCode=20040-020"), "B");
}

TEST_F(FieldTypesTest, have_an_order_page_by_page) {
    three();

    EXPECT_EQ(in_order("discount"), "CBA");
    EXPECT_EQ(in_order("timeNeeded"), "CBA");
}

TEST_F(FieldTypesTest, a_bulk_its_undo_and_the_past_know_them) {
    const Saved one = errand("A", Json::object({{"discount", 12.5}, {"timeNeeded", 5400}}));
    const std::string before = api.get(one.path)["updatedAt"].as_string();

    const Reply started = api.post(
        "/api/v1/errands/bulk",
        {{"action", "update"},
         {"ids", Json::array({one.id})},
         {"values",
          Json::object({{"discount", "20%"}, {"timeNeeded", "1d"}, {"postalCode", "20040-020"}})}});
    const std::string operation = "/api/v1/operations/" + started.id();
    finished(api, operation);

    const Reply now = api.get(one.path);
    EXPECT_EQ(now["discount"], Json(20));
    EXPECT_EQ(now["timeNeeded"], Json(86'400));
    EXPECT_EQ(now["postalCode"], Json("20040020"));
    const Reply was = api.get(one.path + "?asOf=" + http::url_encode(before));
    EXPECT_EQ(was["discount"].dump(), "12.5") << was.shown();
    EXPECT_EQ(was["timeNeeded"], Json(5400));
    api.post(operation + "/undo");
    finished(api, operation);
    const Reply back = api.get(one.path);
    EXPECT_EQ(back["discount"].dump(), "12.5") << back.shown();
    EXPECT_TRUE(back["postalCode"].is_null());
}

TEST_F(FieldTypesTest, an_import_reads_them_as_people_write_them) {
    const Reply import =
        api.upload("/api/v1/imports", {{"entity", "errand"}, {"mode", "create"}}, "tarefas.csv",
                   "name;discount;timeNeeded;CEP\n"
                   "A;12,5%;1h30;1310100\n"
                   "B;12.5 %;90 min;CEP 20040-020\n"
                   "C;7;01:30:00;20040 020\n"
                   "D;muito;depressa;1234\n");
    ASSERT_EQ(import.status, 202) << import.shown();
    const Reply done = finished(api, "/api/v1/imports/" + import.id());

    EXPECT_EQ(done["created"], Json(3)) << done.shown();
    EXPECT_EQ(found("discount", "is", "12.5"), "AB");
    EXPECT_EQ(found("timeNeeded", "is", "5400"), "ABC");
    EXPECT_EQ(names("postalCode=01310-100"), "A");
    EXPECT_EQ(found("postalCode", "is", R"("20040020")"), "BC");
}

TEST_F(FieldTypesTest, screens_and_programs_are_told_their_form) {
    const Reply meta = api.get("/api/v1/meta/errand");
    const Json& discount = meta["fields"].items()[1];
    const Json& needed = meta["fields"].items()[3];
    EXPECT_EQ(discount["type"], Json("percentage"));
    EXPECT_EQ(discount["max"], Json(100));
    EXPECT_EQ(needed["max"], Json(week));
    EXPECT_THAT(needed["ops"].items(), Not(IsEmpty()));
    const Reply document = api.get("/api/v1/openapi.json");
    const Json& told = document["components"]["schemas"]["Errand"]["properties"];
    EXPECT_EQ(told["discount"]["format"], Json("percent")) << told.dump();
    EXPECT_EQ(told["discount"]["maximum"], Json(100));
    EXPECT_EQ(told["timeNeeded"]["format"], Json("seconds"));
}

}  // namespace
}  // namespace ponte::testing
