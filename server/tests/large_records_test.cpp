// Records of a megabyte, and their past: whatever is asked of them, an answer is a few megabytes,
// and what did not fit comes with the next page.
#include "kernel/db/by_bytes.hpp"
#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::testing {
namespace {

// A page ends with the entry that fills it.
constexpr std::size_t longest_answer = db::page_bytes + 2'500'000;
constexpr int versions = 9;

class LargeRecordsTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        company = std::make_unique<Company>();
        for (int i = 0; i < fields; ++i) {
            const Reply made = company->api().post("/api/v1/custom-fields",
                                                   {{"entity", "contact"},
                                                    {"name", "Texto " + std::to_string(i)},
                                                    {"type", "long_text"}});
            keys.push_back(made["key"].as_string());
        }
        record =
            std::make_unique<Saved>(save(company->api(), "/api/v1/contacts", values("Ana", 0)));
        for (int i = 1; i < versions; ++i) {
            const Json change = Json::object({{"customFields", texts(i)}});
            ASSERT_EQ(company->api().patch(record->path, change).status, 200);
        }
    }
    static void TearDownTestSuite() {
        record.reset();
        company.reset();
    }
    // 900 kB that compress to almost nothing.
    static Json texts(int version) {
        Json out = Json::object();
        for (const std::string& key : keys) {
            out.set(key, std::string(20'000, static_cast<char>('a' + version)));
        }
        return out;
    }
    static Json values(const std::string& name, int version) {
        return Json::object(
            {{"name", name}, {"phone", unique_phone()}, {"customFields", texts(version)}});
    }
    // Every item, page after page by the cursor; each page as small as promised.
    std::vector<Json> walk(const std::string& target) {
        std::vector<Json> all;
        std::string cursor;
        do {
            const Reply page = api.get(target + (cursor.empty() ? "" : "&cursor=" + cursor));
            EXPECT_EQ(page.status, 200) << page.code();
            EXPECT_LE(page.text.size(), longest_answer);
            EXPECT_FALSE(page.data().items().empty());
            all.insert(all.end(), page.data().items().begin(), page.data().items().end());
            cursor = http::url_encode(page["pagination"]["nextCursor"].as_string());
            ++pages;
        } while (!cursor.empty() && pages < 50);
        return all;
    }

    static constexpr int fields = 45;
    static inline std::unique_ptr<Company> company;
    static inline std::vector<std::string> keys;
    static inline std::unique_ptr<Saved> record;
    Api& api = company->api();
    int pages = 0;
};

TEST_F(LargeRecordsTest, the_history_comes_in_pages_that_end_early) {
    const std::vector<Json> all = walk(record->path + "/history?limit=100");

    ASSERT_EQ(all.size(), static_cast<std::size_t>(versions));
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_EQ(all[i]["version"].as_integer(), versions - static_cast<std::int64_t>(i));
    }
    EXPECT_GT(pages, 2);
}

TEST_F(LargeRecordsTest, the_timeline_comes_in_pages_that_end_early) {
    const std::vector<Json> all = walk(record->path + "/timeline?limit=100");

    EXPECT_EQ(all.size(), static_cast<std::size_t>(versions));
    EXPECT_GT(pages, 2);
}

TEST_F(LargeRecordsTest, as_it_was_needs_no_more_than_the_record_itself) {
    server().sql(
        "update events e set at = date_trunc('milliseconds', now()) - interval '1 hour' * ("
        "select count(*) from events l where l.entity_id = e.entity_id and "
        "l.sequence > e.sequence) where e.entity_id = $1",
        {record->id});
    const std::string third = server().value(
        "select to_char(at, 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') from events "
        "where entity_id = $1 and version = 3",
        {record->id});

    const Reply was = api.get(record->path + "?asOf=" + http::url_encode(third));

    EXPECT_EQ(was["version"].as_integer(), 3) << was.code();
    EXPECT_EQ(was["customFields"], texts(2));
}

TEST_F(LargeRecordsTest, a_list_of_them_ends_early_and_goes_on_by_its_cursor) {
    for (int i = 0; i < 8; ++i) {
        save(api, "/api/v1/contacts", values("Lote " + std::to_string(i), i));
    }
    for (const char* query : {"?limit=100&sortBy=name", "?limit=100&sortBy=-createdAt&search=Lote",
                              "?limit=100&status=active&search=lot"}) {
        SCOPED_TRACE(query);
        pages = 0;

        const std::vector<Json> all = walk(std::string("/api/v1/contacts") + query);

        EXPECT_GE(all.size(), 8u);
        EXPECT_GT(pages, 1);
    }
}

TEST_F(LargeRecordsTest, a_bulk_change_and_its_undo_take_them_a_few_at_a_time) {
    for (int i = 0; i < 6; ++i) {
        save(api, "/api/v1/contacts", values("Grupo " + std::to_string(i), i));
    }
    const Reply asked = api.post(
        "/api/v1/contacts/bulk",
        {{"action", "update"}, {"search", "Grupo"}, {"values", Json::object({{"city", "Rio"}})}});
    const std::string path = "/api/v1/operations/" + asked.id();

    const Reply done = finished(api, path);
    api.post(path + "/undo");
    const Reply undone = finished(api, path);

    EXPECT_EQ(done["changed"].as_integer(), 6) << done.shown();
    EXPECT_EQ(undone["undone"].as_integer(), 6) << undone.shown();
}

}  // namespace
}  // namespace ponte::testing
