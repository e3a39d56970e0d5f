// Lists of a company with many customers: what is common is found by walking, what is rare by its
// index; neither way may lose, repeat or misplace anybody, and no total may say too much.
#include <set>

#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::testing {
namespace {

constexpr std::int64_t people = 30'000, marias = 15'000 - 30, anas = 4'000, zoes = 11'000;

struct LargeListsTest : ::testing::Test {
    static inline std::unique_ptr<Company> company;

    // From the newest to the oldest: every second one is a Maria, one in a thousand an Otto, the
    // others Ana among the newest 8,000 and Zoé beyond.
    static void SetUpTestSuite() {
        company = std::make_unique<Company>();
        server().sql(
            "insert into contacts (tenant_id, name, email, source, created_at) "
            "select $1, case when n % 1000 = 0 then 'Otto' when n % 2 = 0 then 'Maria' "
            "when n > 8000 then 'Zoé' else 'Ana' end || ' ' || lpad(n::text, 5, '0'), "
            "'p' || n || '@cliente.com', 'feira', now() - n * interval '1 second' "
            "from generate_series(1, $2::int) n",
            {company->id(), std::to_string(people)});
    }
    static void TearDownTestSuite() { company.reset(); }

    // What is read of a company depends on what its tallies say, and a million people take minutes.
    struct AsIfLarger {
        AsIfLarger() { add(1'000'000); }
        ~AsIfLarger() { add(-1'000'000); }
        static void add(std::int64_t more) {
            server().sql(
                "insert into tallies (tenant_id, entity, value, delta) "
                "values ($1, 'contacts', 'active', $2::bigint)",
                {company->id(), std::to_string(more)});
        }
    };

    static Reply list(const std::string& query) {
        Reply page = company->api().get("/api/v1/contacts?" + query);
        EXPECT_EQ(page.status, 200) << page.shown();
        return page;
    }
    static std::int64_t total(const Reply& page) {
        return page["pagination"]["total"].as_integer();
    }
    static std::string relation(const Reply& page) {
        return page["pagination"]["totalRelation"].as_string();
    }
    // Names of all pages, by cursor.
    static std::vector<std::string> all(const std::string& query) {
        std::vector<std::string> names;
        std::string cursor;
        do {
            const Reply page = list(query + "&limit=100" + cursor);
            for (const Json& one : page.data().items()) {
                names.push_back(one["name"].as_string());
            }
            const Json& next = page["pagination"]["nextCursor"];
            cursor = next.is_null() ? "" : "&cursor=" + next.as_string();
        } while (!cursor.empty() && names.size() < people);
        return names;
    }
    static void expect_everybody_once(const std::vector<std::string>& names, std::int64_t count) {
        EXPECT_EQ(std::ssize(names), count);
        EXPECT_EQ(std::ssize(std::set(names.begin(), names.end())), count);
    }
};

TEST_F(LargeListsTest, a_common_name_is_walked_to_its_end) {
    const auto names = all("search=maria");

    expect_everybody_once(names, marias);
    EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));  // the newest have the least numbers
}

TEST_F(LargeListsTest, a_common_name_far_down_its_order_is_sorted) {
    const auto names = all("search=ana&sortBy=-name");

    expect_everybody_once(names, anas);
    EXPECT_TRUE(std::is_sorted(names.rbegin(), names.rend()));
}

TEST_F(LargeListsTest, a_total_is_exact_up_to_ten_thousand) {
    for (const auto& [query, expected, how] : {std::tuple{"search=maria", 10'000, "gte"},
                                               {"search=ana", 4'000, "eq"},
                                               {"search=ana&sortBy=name", 4'000, "eq"},
                                               {"source=feira", 10'000, "gte"},
                                               {"search=ma", 10'000, "gte"}}) {
        const Reply page = list(query);

        EXPECT_EQ(total(page), expected) << query;
        EXPECT_EQ(relation(page), how) << query;
        EXPECT_EQ(std::ssize(page.data().items()), 20) << query;
    }
}

TEST_F(LargeListsTest, a_total_of_many_among_very_many_says_at_least_and_never_too_much) {
    const AsIfLarger larger;
    for (const auto& [query, least, most] : {std::tuple{"search=maria", 1'500, marias},
                                             {"search=ana", 1'500, anas},
                                             {"source=feira", 10'000, people},
                                             {"search=ma", 1'500, marias}}) {
        const Reply page = list(std::string(query) + "&limit=20");  // not the remembered answer

        EXPECT_EQ(relation(page), "gte") << query;
        EXPECT_GE(total(page), least) << query;
        EXPECT_LE(total(page), std::min<std::int64_t>(most, 10'000)) << query;
        EXPECT_EQ(std::ssize(page.data().items()), 20) << query;
    }
    const Reply deep = list("search=ana&page=35&limit=100");
    EXPECT_GE(total(deep), 3'501);
}

TEST_F(LargeListsTest, all_are_counted_on_demand) {
    EXPECT_EQ(total(list("search=maria&count=exact")), marias);
    EXPECT_EQ(relation(list("search=zoe&count=exact")), "eq");
    EXPECT_EQ(total(list("search=zoe&count=exact&page=99")), zoes);
}

TEST_F(LargeListsTest, what_no_sample_saw_is_found_and_counted) {
    const Reply few = list("search=otto");
    EXPECT_EQ(total(few), 30);
    EXPECT_EQ(relation(few), "eq");
    EXPECT_EQ(few.data().items()[0]["name"].as_string(), "Otto 01000");
    expect_everybody_once(all("search=otto&sortBy=name"), 30);

    const Reply many = list("search=zoe&sortBy=-name");
    EXPECT_EQ(total(many), 10'000);
    EXPECT_EQ(relation(many), "gte");
    EXPECT_EQ(many.data().items()[0]["name"].as_string(), "Zoé 29999");
}

TEST_F(LargeListsTest, one_address_is_found_by_the_part_that_is_rare) {
    const Reply one = list("search=p29998@cliente.com");
    EXPECT_EQ(total(one), 1);
    EXPECT_EQ(one.data().items()[0]["name"].as_string(), "Maria 29998");

    const Reply none = list("search=p29998@cliente.org");
    EXPECT_EQ(total(none), 0);
    EXPECT_TRUE(none.data().items().empty());
    EXPECT_TRUE(none["pagination"]["nextCursor"].is_null());

    EXPECT_EQ(total(list("search=otto%20p7000@")), 1);
    EXPECT_EQ(total(list("search=otto&page=9")), 30);  // beyond the end
}

}  // namespace
}  // namespace ponte::testing
