// The search over everything that somebody may read.
#include "tests/delivery.hpp"

namespace ponte::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class SearchTest : public ApiTest {
protected:
    Saved contact(const std::string& name, const Json& more = Json::object()) {
        Json values = more;
        values.set("name", name);
        if (!values.find("phone")) {
            values.set("phone", unique_phone());
        }
        return save(api, "/api/v1/contacts", values);
    }
    static std::vector<std::string> titles(Api& reader, const std::string& text,
                                           const std::string& entity = "contact") {
        const Reply reply = reader.get("/api/v1/search?q=" + http::url_encode(text) + "&limit=5");
        EXPECT_EQ(reply.status, 200) << reply.shown();
        std::vector<std::string> found;
        for (const Json& group : reply["groups"].items()) {
            for (const Json& hit : group["data"].items()) {
                if (group["entity"].as_string() == entity) {
                    found.push_back(hit["title"].as_string());
                }
            }
        }
        return found;
    }
};

TEST_F(SearchTest, finds_records_of_every_kind_in_groups_of_their_own) {
    contact("Marina Lopes");
    save(api, "/api/v1/tags", Json::object({{"name", "Marinheiros"}}));

    const Reply reply = api.get("/api/v1/search?q=marin");

    ASSERT_EQ(reply["groups"].items().size(), 2u) << reply.shown();
    EXPECT_EQ(reply["groups"].items()[0]["entity"], Json("contact")) << "what is in the menu first";
    EXPECT_EQ(reply["groups"].items()[0]["label"], Json("Clientes"));
    EXPECT_EQ(reply["groups"].items()[1]["entity"], Json("tag"));
}

TEST_F(SearchTest, looks_only_through_what_is_declared_to_be_found) {
    Company of_rumours{post_office().server.url()};
    Api& reader = of_rumours.api();
    const std::string phone = unique_phone();
    save(reader, "/api/v1/rumours", Json::object({{"name", "Marina vai embora"}}));
    save(reader, "/api/v1/contacts", Json::object({{"name", "Marina Lopes"}, {"phone", phone}}));

    const Reply reply = reader.get("/api/v1/search?q=marin");

    ASSERT_EQ(reply["groups"].items().size(), 1u) << reply.shown();
    EXPECT_EQ(reply["groups"].items()[0]["entity"], Json("contact"));
}

// Where nothing could be found, nothing is looked for.
constexpr Entity found_by_nothing{
    .name = "parcel", .table = "parcels", .fields = delivery_fields, .is_in_search = true};
static_assert(!valid(found_by_nothing));

TEST_F(SearchTest, titles_that_begin_so_come_first) {
    contact("Ana Maria Braga");
    contact("Maria Betânia");

    EXPECT_THAT(titles(api, "maria"), ElementsAre("Maria Betânia", "Ana Maria Braga"));
}

TEST_F(SearchTest, accents_case_and_the_way_a_phone_is_typed_do_not_matter) {
    contact("João Conceição", Json::object({{"phone", "11987650001"}}));

    for (const auto text : {"joao", "CONCEICAO", "João Conc", "(11) 98765-0001", "j"}) {
        SCOPED_TRACE(text);

        EXPECT_THAT(titles(api, text), ElementsAre("João Conceição"));
    }
}

TEST_F(SearchTest, finds_what_is_typed_as_it_was_saved) {
    for (const std::string name :
         {"Bar d’Ávila", "Café “Sol”", "Um – dois — três…", "Ωμέγα", "ＡＢＣ"}) {
        SCOPED_TRACE(name);
        contact(name);

        EXPECT_THAT(titles(api, name), ElementsAre(name));
    }
}

TEST_F(SearchTest, a_number_is_found_in_every_way_of_typing_it) {
    contact("João Lima", Json::object({{"phone", "11987650003"}}));
    contact("Sol Ltda", Json::object({{"phone", "4733334444"}, {"document", "12ABC34501DE35"}}));

    for (const auto text : {"joão (11) 98765-0003", "joao 98765-0003", "011 98765-0003",
                            "(011) 98765-0003", "00 55 11 98765 0003", "(11)", "(11) 9"}) {
        SCOPED_TRACE(text);
        EXPECT_THAT(titles(api, text), ElementsAre("João Lima"));
    }
    for (const auto text : {"12.ABC.345/01DE-35", "12.abc.345", "12abc34501"}) {
        SCOPED_TRACE(text);
        EXPECT_THAT(titles(api, text), ElementsAre("Sol Ltda"));
    }
}

TEST_F(SearchTest, a_phrase_in_quotes_is_one_word) {
    contact("Ana Carla Lima");
    contact("Carla Ana Souza");

    EXPECT_THAT(titles(api, "\"ana carla\""), ElementsAre("Ana Carla Lima"));
}

TEST_F(SearchTest, a_hit_tells_what_tells_it_apart) {
    contact("Ana Souza", Json::object({{"phone", "11987650002"}, {"company", "Padaria Sol"}}));

    const Reply reply = api.get("/api/v1/search?q=padaria");

    ASSERT_EQ(reply["groups"].items().size(), 1u) << reply.shown();
    const Json& hit = reply["groups"].items()[0]["data"].items()[0];
    EXPECT_EQ(hit["subtitle"], Json("Padaria Sol"));
    EXPECT_EQ(hit["detail"], Json("+5511987650002"));
}

TEST_F(SearchTest, signs_of_patterns_are_only_signs) {
    contact("Ana Souza");

    EXPECT_THAT(titles(api, "%"), IsEmpty());
    EXPECT_THAT(titles(api, "a_a"), IsEmpty());
}

TEST_F(SearchTest, shows_only_what_the_reader_may_see) {
    Person& agent =
        company.with_rights(Json::object({{"contacts", Json::object({{"read", "own"}})}}));
    contact("Berta Alheia");
    contact("Berta Minha", Json::object({{"assignedTo", agent.id}}));
    Company other;

    EXPECT_THAT(titles(agent.api, "berta"), ElementsAre("Berta Minha"));
    EXPECT_THAT(titles(other.api(), "berta"), IsEmpty());
}

TEST_F(SearchTest, what_is_in_the_bin_is_not_found) {
    const Saved gone = contact("Zulmira Quadros");
    api.del(gone.path);

    EXPECT_THAT(titles(api, "zulmira"), IsEmpty());
}

TEST_F(SearchTest, a_question_without_text_is_refused_and_a_blank_one_finds_nothing) {
    EXPECT_EQ(api.get("/api/v1/search").problem("q"), "required");
    EXPECT_EQ(api.get("/api/v1/search?q=" + std::string(201, 'a')).problem("q"), "too_long");
    EXPECT_EQ(api.get("/api/v1/search?q=a&limit=0").problem("limit"), "positive_integer");
    EXPECT_THAT(api.get("/api/v1/search?q=%20%20")["groups"].items(), IsEmpty());
}

}  // namespace
}  // namespace ponte::testing
