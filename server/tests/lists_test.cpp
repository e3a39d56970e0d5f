// Pages, cursors, orders, counts, searches and what is wrong with a list's parameters.
#include <set>

#include "kernel/testing/given.hpp"

namespace ponte::testing {
namespace {

using ::testing::ElementsAre;

struct ListsTest : ApiTest {
    void contact(const std::string& name, const Json::Object& more = {}) {
        Json values = Json::object({{"name", name}, {"phone", unique_phone()}});
        for (const auto& [key, value] : more) {
            values.set(key, value);
        }
        save(api, "/api/v1/contacts", values);
    }
    Reply list(const std::string& query) { return api.get("/api/v1/contacts?" + query); }
    std::vector<std::string> names(const Reply& page) {
        std::vector<std::string> out;
        for (const Json& one : page.data().items()) {
            out.push_back(one["name"].as_string());
        }
        return out;
    }
};

TEST_F(ListsTest, the_newest_stand_first_when_nobody_says_otherwise) {
    contact("Ana");
    contact("Bia");

    const Reply page = list("");

    EXPECT_THAT(names(page), ElementsAre("Bia", "Ana"));
    const Json& pagination = page["pagination"];
    EXPECT_EQ(pagination["page"].as_integer(), 1);
    EXPECT_EQ(pagination["limit"].as_integer(), 20);
    EXPECT_EQ(pagination["total"].as_integer(), 2);
    EXPECT_EQ(pagination["totalRelation"].as_string(), "eq");
    EXPECT_EQ(pagination["totalPages"].as_integer(), 1);
    EXPECT_TRUE(pagination["nextCursor"].is_null());
}

TEST_F(ListsTest, names_are_sorted_as_people_read_them) {
    for (const char* name : {"Zoë", "ana", "Íris", "Álvaro", "Bruno"}) {
        contact(name);
    }

    EXPECT_THAT(names(list("sortBy=name&sortOrder=asc")),
                ElementsAre("Álvaro", "ana", "Bruno", "Íris", "Zoë"));
    EXPECT_THAT(names(list("sortBy=-name&limit=2")), ElementsAre("Zoë", "Íris"));
}

TEST_F(ListsTest, each_order_has_pages_and_cursors_that_skip_and_repeat_nobody) {
    const std::vector<std::string> companies{"", "Alfa", "Beta", "alfa", "", "Çedilha", "Beta"};
    for (std::size_t i = 0; i < companies.size(); ++i) {
        Json::Object more{{"status", i % 2 ? "active" : "prospect"}};
        if (!companies[i].empty()) {
            more.emplace_back("company", companies[i]);
            more.emplace_back("email", "c" + std::to_string(i % 3) + "@exemplo.com");
        }
        contact("Contato " + std::to_string(i), more);
    }
    for (const char* order : {"name", "company", "email", "status", "createdAt", "updatedAt",
                              "lastContactAt", "totalInteractions"}) {
        for (const char* way : {"asc", "desc"}) {
            SCOPED_TRACE(std::string(order) + " " + way);
            const std::string query = std::string("limit=2&sortBy=") + order + "&sortOrder=" + way;
            const auto whole =
                names(list("limit=100&sortBy=" + std::string(order) + "&sortOrder=" + way));
            std::vector<std::string> by_page, by_cursor;
            for (int page = 1; page <= 4; ++page) {
                for (const auto& name : names(list(query + "&page=" + std::to_string(page)))) {
                    by_page.push_back(name);
                }
            }
            std::string cursor;
            do {
                const Reply page = list(query + (cursor.empty() ? "" : "&cursor=" + cursor));
                ASSERT_EQ(page.status, 200) << page.shown();
                for (const auto& name : names(page)) {
                    by_cursor.push_back(name);
                }
                cursor = page["pagination"]["nextCursor"].as_string();
            } while (!cursor.empty() && by_cursor.size() < 20);

            EXPECT_EQ(std::set<std::string>(whole.begin(), whole.end()).size(), 7U);
            EXPECT_EQ(by_page, whole);
            EXPECT_EQ(by_cursor, whole);
        }
    }
}

TEST_F(ListsTest, short_filters_say_what_people_mean_most) {
    contact("Ana", {{"status", "prospect"}, {"tags", Json::array({"vip"})}});
    contact("Bia", {{"assignedTo", company.admin().id}, {"kind", "company"}});
    contact("Cida", {{"status", "inactive"}});

    EXPECT_THAT(names(list("status=prospect,%20inactive&sortBy=name")), ElementsAre("Ana", "Cida"));
    EXPECT_EQ(list("status=prospect,%20inactive")["pagination"]["total"].as_integer(), 2);
    EXPECT_THAT(names(list("tags=VIP,outro")), ElementsAre("Ana"));
    EXPECT_THAT(names(list("assignedTo=me")), ElementsAre("Bia"));
    EXPECT_THAT(names(list("kind=company&status=active")), ElementsAre("Bia"));
    EXPECT_EQ(list("status=").data().items().size(), 3U);
    EXPECT_EQ(list("status=lost").problem("status"), "value");
}

TEST_F(ListsTest, me_is_who_asks_however_it_is_written) {
    Person& colleague = company.user("admin");
    contact("Bia", {{"assignedTo", company.admin().id}});

    for (const char* query :
         {"assignedTo=me", "assignedTo=%6d%65", "assignedTo=m%65&sortBy=name",
          "filter=%7B%22field%22%3A%22assignedTo%22%2C%22op%22%3A%22is%22%2C%22value%22%3A%22"
          "%5Cu006d%5Cu0065%22%7D"}) {
        EXPECT_THAT(names(list(query)), ElementsAre("Bia")) << query;
        const Reply theirs = colleague.api.get(std::string("/api/v1/contacts?") + query);
        EXPECT_TRUE(names(theirs).empty()) << query;
    }
}

TEST_F(ListsTest, a_search_finds_by_any_of_the_words) {
    contact("Ana Conceição", {{"company", "Padaria São João"}, {"email", "ana@exemplo.com"}});
    save(api, "/api/v1/contacts", Json::object({{"name", "Bia"}, {"phone", "(21) 98765-0001"}}));

    EXPECT_THAT(names(list("search=conceicao")), ElementsAre("Ana Conceição"));
    EXPECT_THAT(names(list("search=JO%C3%83O%20padaria")), ElementsAre("Ana Conceição"));
    EXPECT_THAT(names(list("q=exemplo.com")), ElementsAre("Ana Conceição"));
    EXPECT_THAT(names(list("search=(21)%2098765-0001")), ElementsAre("Bia"));
    EXPECT_THAT(names(list("search=bi")), ElementsAre("Bia"));
    EXPECT_TRUE(names(list("search=padaria%20oficina")).empty());
    EXPECT_TRUE(names(list("search=%25")).empty());
}

TEST_F(ListsTest, only_the_wanted_fields_come_when_some_are_named) {
    contact("Ana", {{"tags", Json::array({"vip"})}});

    const Reply page = list("fields=name,status");
    const Json& one = page.data().items().at(0);

    EXPECT_EQ(one.members().size(), 3U);
    EXPECT_TRUE(one["id"].is_string());
    EXPECT_EQ(list("expand=tags").data().items()[0]["tags"].items()[0]["name"].as_string(), "vip");
}

TEST_F(ListsTest, counts_follow_every_change) {
    contact("Ana");
    contact("Bia", {{"status", "prospect"}});
    const auto total = [&](const char* query) {
        return list(query)["pagination"]["total"].as_integer();
    };
    const Reply all = list("limit=1");
    const std::string last = "/api/v1/contacts/" + all.data().items()[0]["id"].as_string();
    EXPECT_EQ(all["pagination"]["total"].as_integer(), 2);
    EXPECT_EQ(all["pagination"]["totalPages"].as_integer(), 2);

    api.patch(last, {{"status", "inactive"}});
    EXPECT_EQ(total("status=prospect"), 0);
    EXPECT_EQ(total("status=inactive"), 1);
    api.del(last);
    EXPECT_EQ(total(""), 1);
    EXPECT_EQ(total("status=inactive"), 0);
    EXPECT_EQ(total("deleted=true"), 1);
    EXPECT_EQ(total("count=exact"), 1);
    api.post(last + "/restore");
    EXPECT_EQ(total(""), 2);
}

TEST_F(ListsTest, every_wrong_parameter_is_named_at_once) {
    const Reply refused = list(
        "page=0&limit=x&sortBy=colour&sortOrder=up&count=some&deleted=perhaps&expand=all&colour=1&"
        "filter=%7B");

    EXPECT_EQ(refused.status, 400) << refused.shown();
    EXPECT_EQ(refused.problem("page"), "positive_integer");
    EXPECT_EQ(refused.problem("limit"), "positive_integer");
    EXPECT_EQ(refused.problem("sortBy"), "unknown");
    EXPECT_EQ(refused.problem("sortOrder"), "not_an_option");
    EXPECT_EQ(refused.problem("count"), "not_an_option");
    EXPECT_EQ(refused.problem("deleted"), "not_an_option");
    EXPECT_EQ(refused.problem("expand"), "not_an_option");
    EXPECT_EQ(refused.problem("colour"), "unknown");
    EXPECT_EQ(refused.problem("filter"), "format");
}

TEST_F(ListsTest, wrong_values_of_single_parameters_are_named) {
    const struct {
        const char *query, *field, *code;
    } rows[] = {
        {"page=99999999", "page", "too_large"},     {"page=100000", "page", "too_deep"},
        {"page=-1", "page", "positive_integer"},    {"page=1.5", "page", "positive_integer"},
        {"sortBy=phone", "sortBy", "not_sortable"}, {"cursor=zz", "cursor", "format"},
        {"cursor=7b7d", "cursor", "other_order"},   {"customFields=x", "customFields", "unknown"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.query);

        const Reply refused = list(row.query);

        EXPECT_EQ(refused.status, 400) << refused.shown();
        EXPECT_EQ(refused.problem(row.field), row.code) << refused.shown();
    }
    EXPECT_EQ(list("limit=1000")["pagination"]["limit"].as_integer(), 100);
    EXPECT_EQ(list("page=3")["pagination"]["total"].as_integer(), 0);
}

TEST_F(ListsTest, a_cursor_of_another_order_is_refused_and_a_forged_one_too) {
    contact("Ana");
    contact("Bia");
    const std::string cursor = list("limit=1&sortBy=name")["pagination"]["nextCursor"].as_string();

    EXPECT_EQ(list("limit=1&sortBy=name&cursor=" + cursor).status, 200);
    EXPECT_EQ(list("limit=1&sortBy=email&cursor=" + cursor).problem("cursor"), "other_order");
    // ["createdAt",true,"ontem","018f…"]
    std::string forged;
    constexpr std::string_view plain =
        R"(["createdAt",true,"ontem","018f0000-0000-7000-8000-000000000000"])";
    for (const char c : plain) {
        constexpr char hex[] = "0123456789abcdef";
        forged.push_back(hex[static_cast<unsigned char>(c) >> 4]);
        forged.push_back(hex[static_cast<unsigned char>(c) & 15]);
    }
    EXPECT_EQ(list("limit=1&cursor=" + forged).status, 400);
}

}  // namespace
}  // namespace ponte::testing
