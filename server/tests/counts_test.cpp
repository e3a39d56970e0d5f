// How many there are of each option of a choice: the same records that a list would show.
#include "kernel/testing/given.hpp"

namespace ponte::testing {
namespace {

constexpr const char* contacts = "/api/v1/contacts";

struct CountsTest : ApiTest {
    Saved contact(const std::string& status, const std::string& city = "Recife") {
        return save(api, contacts,
                    Json::object({{"name", unique_name("Ana")},
                                  {"phone", unique_phone()},
                                  {"city", city},
                                  {"status", status}}));
    }
    static std::string told(const Reply& reply) {
        std::string out;
        for (const Json& one : reply.data().items()) {
            out += one["value"].as_string() + "=" + one["count"].dump() + " ";
        }
        return out + reply["total"].dump();
    }
    std::string counts(Api& reader, const std::string& query = "") {
        return told(reader.get(std::string(contacts) + "/counts?by=status" + query));
    }
};

TEST_F(CountsTest, every_option_is_told_also_what_nobody_has) {
    contact("active");
    contact("active");
    const Saved gone = contact("prospect");
    api.del(gone.path);

    EXPECT_EQ(counts(api), "prospect=0 active=2 inactive=0 2");
    EXPECT_EQ(told(api.get(std::string(contacts) + "/counts")), counts(api));
}

TEST_F(CountsTest, is_narrowed_as_a_list_is) {
    contact("active", "Olinda");
    contact("active");
    const std::string filter =
        "&filter=%7B%22field%22%3A%22city%22%2C%22op%22%3A%22is%22%2C%22value%22%3A%22Olinda%22%7D";

    EXPECT_EQ(counts(api, filter), "prospect=0 active=1 inactive=0 1");
    EXPECT_EQ(counts(api, "&search=ninguem"), "prospect=0 active=0 inactive=0 0");
}

TEST_F(CountsTest, counts_what_its_reader_may_read) {
    contact("active");
    Person& own = company.with_rights(
        Json::object({{"contacts", Json::object({{"read", "own"}, {"create", "all"}})}}));
    Person& nobody = company.with_rights(Json::object());
    save(own.api, contacts, Json::object({{"name", "Bia"}, {"phone", unique_phone()}}));

    EXPECT_EQ(counts(own.api), "prospect=0 active=1 inactive=0 1");
    EXPECT_EQ(counts(api), "prospect=0 active=2 inactive=0 2");
    EXPECT_EQ(nobody.api.get(std::string(contacts) + "/counts").status, 403);
}

TEST_F(CountsTest, refuses_what_cannot_be_counted_by) {
    const std::string path = std::string(contacts) + "/counts";

    EXPECT_EQ(api.get(path + "?by=name").problem("by"), "not_an_option");
    EXPECT_EQ(api.get(path + "?filter=%7B").problem("filter"), "format");
    EXPECT_EQ(api.get(path + "?by=status&page=2").status, 400);
    EXPECT_EQ(api.get("/api/v1/teams/counts").status, 404);
}

}  // namespace
}  // namespace ponte::testing
