// What roles may do comes with what is declared: a new entity is allowed to whom it says, and
// nothing else is touched.
#include "kernel/rights.hpp"
#include "tests/ship.hpp"

namespace ponte::testing {
namespace {

constexpr bool is_valid_with(std::string_view rights) {
    Entity entity = ship_entity;
    entity.rights = rights;
    return valid(entity);
}
static_assert(is_valid_with("agent: read create:own | sales: sink secrets:team | readonly:"));
static_assert(!is_valid_with("agent: read fly"));
static_assert(!is_valid_with("agent: read:mine"));
static_assert(!is_valid_with("agent read"));

constexpr Field with_secret(Field secret) { return secret.seen_by("ships.secrets"); }
template <const Field& field>
constexpr bool can_be_secret() {
    constexpr Field fields[] = {text("name").required(), field};
    Entity entity{.name = "ship", .table = "ships", .fields = fields};
    return valid(entity);
}
constexpr Field plain = with_secret(text("code")), found = with_secret(text("code").searchable()),
                asked = with_secret(text("code").required()),
                told = with_secret(text("code").unique());
static_assert(can_be_secret<plain>());
static_assert(!can_be_secret<found>());
static_assert(!can_be_secret<asked>());
static_assert(!can_be_secret<told>());

Json rights_on_ships(Api& api, const std::string& role) {
    const Reply roles = api.get("/api/v1/roles");
    for (const Json& one : roles.data().items()) {
        if (one["name"].as_string() == role) {
            return one["permissions"]["ship"];
        }
    }
    return {};
}

TEST(RightsTest, a_new_entity_is_allowed_to_whom_it_says) {
    Company company(harbour().server.url());

    const Json supervisor = rights_on_ships(company.api(), "supervisor"),
               agent = rights_on_ships(company.api(), "agent"),
               admin = rights_on_ships(company.api(), "admin"),
               reader = rights_on_ships(company.api(), "readonly");

    EXPECT_EQ(supervisor["import"], Json("all"));
    EXPECT_EQ(supervisor["sink"], Json());
    EXPECT_EQ(agent, Json::object({{"create", "all"}, {"read", "all"}, {"update", "own"}}));
    EXPECT_EQ(rights_on_ships(company.api(), "sales"),
              Json::object({{"read", "team"}, {"sink", "all"}}));
    EXPECT_EQ(admin["sink"], Json("all"));
    EXPECT_EQ(admin["secrets"], Json("all"));
    EXPECT_EQ(reader, Json::object({{"read", "all"}}));
}

TEST(RightsTest, what_is_declared_counts_at_the_door) {
    Company company(harbour().server.url());
    Api& agent = company.user("agent").api;
    const Saved theirs = save(company.api(), "/api/v1/ships", Json::object({{"name", "Atalaia"}}));
    const Saved ours = save(agent, "/api/v1/ships", Json::object({{"name", "Veleiro"}}));

    EXPECT_EQ(agent.patch(theirs.path, {{"name", "Outro"}}).status, 403);
    EXPECT_EQ(agent.patch(ours.path, {{"name", "Outro"}}).status, 200);
    EXPECT_EQ(agent.del(ours.path).status, 403);
    EXPECT_EQ(agent.post(ours.path + "/sink").status, 403);
    EXPECT_EQ(company.user("readonly").api.get(ours.path).status, 200);
}

TEST(RightsTest, an_action_is_a_right_like_others) {
    Company company(harbour().server.url());
    const Json rights = Json::object({{"read", "all"}, {"sink", "all"}});
    Api& sailor = company.with_rights(Json::object({{"ship", rights}})).api;
    const Saved ship = save(company.api(), "/api/v1/ships", Json::object({{"name", "Atalaia"}}));

    EXPECT_EQ(sailor.post(ship.path + "/sink").status, 200);
    EXPECT_EQ(sailor.patch(ship.path, {{"name", "Outro"}}).status, 403);
}

TEST(RightsTest, the_matrix_has_every_right_by_itself) {
    Company company(harbour().server.url());

    const Reply roles = company.api().get("/api/v1/roles");

    Json actions;
    for (const Json& resource : roles["resources"].items()) {
        if (resource["name"].as_string() == "ship") {
            actions = resource["actions"];
        }
    }
    std::vector<std::string> names;
    for (const Json& action : actions.items()) {
        names.push_back(action["name"].as_string());
    }
    EXPECT_EQ(names, (std::vector<std::string>{"read", "create", "update", "delete", "import",
                                               "export", "manage", "sink", "secrets", "loading"}));
}

// Of what there is today, nothing has a right without a word for it.
TEST(RightsTest, every_right_has_its_words) {
    for (const Rights::Resource& resource : server().services().rights().resources()) {
        for (const std::string& action : resource.actions) {
            const std::string word =
                is_verb(action) ? "right." + action : resource.entity + ".action." + action;
            EXPECT_TRUE(Words::all().has(word)) << word;
        }
        const bool is_single = resource.name == resource.entity;
        EXPECT_TRUE(Words::all().has(resource.entity + (is_single ? "" : ".plural")))
            << resource.name;
    }
}

}  // namespace
}  // namespace ponte::testing
