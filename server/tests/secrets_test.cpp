// A secret goes in and comes out nowhere: not in an answer, an event or a table, on no way that
// another value goes. Server code alone opens it.
#include "kernel/secrets.hpp"
#include "kernel/app.hpp"
#include "kernel/db/owner_connection.hpp"
#include "kernel/entities/catalogue.hpp"
#include "kernel/entities/drift.hpp"
#include "kernel/records/write.hpp"
#include "kernel/testing/database.hpp"
#include "kernel/testing/server.hpp"
#include "tests/listening.hpp"

namespace ponte::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// Each one a word that nothing else says.
constexpr const char *first = "Zarabatana-Um", *second = "Zarabatana-Dois";
constexpr std::string_view needle = "Zarabatana";

constexpr Field guess_fields[] = {text("guess").required()};

// What an integration would do with it; the test hears only whether it was right.
Task<Json> use_token(Ctx& ctx, const records::Locked& gateway, const Values& input) {
    const SecretPlace place{"gateway", gateway.id, "token"};
    const auto token = co_await reveal(ctx, place);
    co_return Json::object({{"isRight", token == input.text("guess")}});
}
Task<Json> use_setting(Ctx& ctx, const records::Locked&, const Values& input) {
    const auto token = co_await reveal_setting(ctx, "gateways.token");
    co_return Json::object({{"isRight", token == input.text("guess")}});
}

constexpr Field gateway_fields[] = {
    text("name").required().sorted_as_name().searchable(),
    secret("token"),
};
constexpr Action gateway_actions[] = {
    action("use", use_token).takes(guess_fields),
    action("use_setting", use_setting).takes(guess_fields),
};
constexpr Entity gateway_entity{.name = "gateway",
                                .table = "gateways",
                                .fields = gateway_fields,
                                .actions = gateway_actions,
                                .can_be_imported = true};
static_assert(valid(gateway_entity));
constexpr Field setting_fields[] = {text("host"), secret("token")};

constexpr bool is_taken(const Field& field) {
    const Field fields[] = {text("name"), field};
    return valid(Entity{.name = "gateway", .table = "gateways", .fields = fields});
}
static_assert(is_taken(secret("token")) && is_taken(secret("token").required()));
static_assert(is_taken(secret("token").seen_by("gateways.secrets")));
static_assert(!is_taken(secret("token").unique()) && !is_taken(secret("token").searchable()));
static_assert(!is_taken(secret("token").starts_as("x")) && !is_taken(secret("token").immutable()));
static_assert(!is_taken(secret("token").read_only()));
static_assert(!is_taken(secret("token").sorted_as_name()));
static_assert(!is_taken(field("token", Type::secret)), "nobody orders by it");
static_assert(!valid(Entity{
    .name = "gateway", .table = "gateways", .title = "token", .fields = gateway_fields}));

void declare_gateways(App& app) {
    app.entity(gateway_entity);
    app.module_settings("gateways", setting_fields);
}

struct Vault {
    Server server{Server::usual_settings(), declare_gateways};
    const std::string owner = server.database().owner_conninfo;
    Vault() {
        const std::string sql = records::draft_migration(server.services().entities(), owner);
        db::OwnerConnection(owner).run(sql);
    }
};
Vault& vault() {
    static Vault one;
    return one;
}

class SecretsTest : public ::testing::Test {
protected:
    Server& server = vault().server;
    Company company{server.url()};
    Api& api = company.api();
    const Json told = Json::object({{"set", true}});

    Saved gateway(Json token) {
        return save(api, "/api/v1/gateways",
                    Json::object({{"name", "Portal"}, {"token", std::move(token)}}));
    }
    bool opens(const Saved& one, const char* guess, const char* what = "/use") {
        const Reply used = api.post(one.path + what, {{"guess", guess}});
        EXPECT_EQ(used.status, 200) << used.shown();
        return used["isRight"].as_bool();
    }
    Json changes_of_last(const Saved& one) {
        const Reply history = api.get(one.path + "/history");
        return history.data().items().at(0)["changes"];
    }
    // Tables in which the word stands somewhere.
    std::vector<std::string> tables_that_tell() {
        std::vector<std::string> tables;
        for (const auto& row :
             server.sql("select relname from pg_class where relkind in ('r', 'p') "
                        "and relnamespace = 'public'::regnamespace")) {
            const bool tells = server.number("select count(*) from " + row[0] +
                                                 " t where t::text ilike '%' || $1 || '%'",
                                             {std::string(needle)}) > 0;
            if (tells) {
                tables.push_back(row[0]);
            }
        }
        return tables;
    }
    Reply bulk(const Saved& one, Json values) {
        return api.post(
            "/api/v1/gateways/bulk",
            {{"action", "update"}, {"ids", Json::array({one.id})}, {"values", std::move(values)}});
    }
};

TEST_F(SecretsTest, their_table_is_as_declared) {
    EXPECT_THAT(records::drift(server.services().entities(), vault().owner), IsEmpty());
}

TEST_F(SecretsTest, answers_say_only_that_there_is_one) {
    const Reply made = api.post("/api/v1/gateways", {{"name", "Portal"}, {"token", first}});
    const Saved none = save(api, "/api/v1/gateways", Json::object({{"name", "Outro"}}));

    EXPECT_EQ(made["token"], told) << made.shown();
    EXPECT_THAT(made.text, Not(HasSubstr(needle)));
    EXPECT_TRUE(none["token"].is_null());
    const Reply list = api.get("/api/v1/gateways?fields=name,token&sortBy=name&sortOrder=desc");
    EXPECT_EQ(list.data().items().at(0)["token"], told) << list.shown();
}

TEST_F(SecretsTest, server_code_opens_what_was_given) {
    const Saved one = gateway(first);
    EXPECT_TRUE(opens(one, first));

    api.patch(one.path, {{"token", second}});

    EXPECT_TRUE(opens(one, second));
    EXPECT_FALSE(opens(one, first));
}

TEST_F(SecretsTest, absent_keeps_it_and_null_clears_it) {
    const Saved one = gateway(first);

    api.patch(one.path, {{"name", "Portão"}});
    EXPECT_TRUE(opens(one, first));
    const Reply whole = api.get(one.path);
    EXPECT_EQ(api.put(one.path, whole.body).status, 200) << "what was read comes back";
    EXPECT_TRUE(opens(one, first));
    EXPECT_EQ(api.put(one.path, {{"name", "Porta"}})["token"], told);
    EXPECT_TRUE(opens(one, first));
    const Reply cleared = api.patch(one.path, {{"token", nullptr}});

    EXPECT_TRUE(cleared["token"].is_null()) << cleared.shown();
    EXPECT_FALSE(opens(one, first));
    EXPECT_EQ(changes_of_last(one)["token"].dump(), R"({"to":null,"from":{"set":true}})");
}

TEST_F(SecretsTest, what_is_no_text_is_refused_without_repeating_it) {
    const Saved one = gateway(first);
    const std::string long_one = std::string(needle) + std::string(4'000, 'x');

    EXPECT_EQ(api.patch(one.path, {{"token", 5}}).problem("token"), "type");
    EXPECT_EQ(api.patch(one.path, {{"token", Json::object({{"set", false}})}}).problem("token"),
              "type");
    const Reply refused = api.patch(one.path, {{"token", long_one}});
    EXPECT_EQ(refused.problem("token"), "too_long");
    EXPECT_THAT(refused.text, Not(HasSubstr(needle)));
}

TEST_F(SecretsTest, history_tells_that_it_changed) {
    const Saved one = gateway(first);
    EXPECT_EQ(changes_of_last(one)["token"].dump(), R"({"to":{"set":true},"from":null})");

    api.patch(one.path, {{"token", second}});

    EXPECT_EQ(changes_of_last(one)["token"].dump(), R"({"to":{"set":true},"from":{"set":true}})");
}

TEST_F(SecretsTest, no_way_to_a_value_leads_to_it) {
    const Saved one = gateway(first);
    const std::string before = api.get(one.path)["updatedAt"].as_string();
    api.patch(one.path, {{"token", second}});
    const std::string targets[] = {
        one.path,
        one.path + "?asOf=" + http::url_encode(before),
        one.path + "?asOf=2030-01-01T00:00:00Z",
        one.path + "/history",
        one.path + "/timeline",
        "/api/v1/gateways",
        "/api/v1/gateways?fields=name,token",
        "/api/v1/gateways?search=Zarabatana",
        "/api/v1/search?q=Zarabatana",
        "/api/v1/search?q=Portal",
        "/api/v1/meta/gateway",
        "/api/v1/operations",
    };
    for (const std::string& target : targets) {
        const Reply reply = api.get(target);
        EXPECT_LT(reply.status, 500) << target;
        EXPECT_THAT(reply.text, Not(HasSubstr(std::string(needle) + "-"))) << target;
        EXPECT_THAT(reply.text, Not(HasSubstr("s1."))) << "sealed: " << target;
    }
    EXPECT_THAT(api.get("/api/v1/gateways?search=Zarabatana").data().items(), IsEmpty());
}

TEST_F(SecretsTest, nobody_finds_or_orders_by_one) {
    gateway(first);
    const std::string filter = R"({"field":"token","op":"not_empty"})";

    EXPECT_EQ(api.get("/api/v1/gateways?sortBy=token").status, 400);
    EXPECT_EQ(api.get("/api/v1/gateways?token=x").status, 400);
    EXPECT_EQ(api.get("/api/v1/gateways?filter=" + http::url_encode(filter)).status, 400);
    const Reply meta = api.get("/api/v1/meta/gateway");
    const Json& field = meta["fields"].items()[1];
    EXPECT_EQ(field["filterable"], Json(false)) << meta.shown();
    EXPECT_EQ(field["sortable"], Json(false));
    EXPECT_TRUE(field["default"].is_null());
}

TEST_F(SecretsTest, bulks_and_imports_take_none) {
    const Saved one = gateway(first);

    EXPECT_EQ(bulk(one, Json::object({{"token", second}})).problem("token"), "not_allowed");
    const Reply import = api.upload("/api/v1/imports",
                                    {{"entity", "gateway"},
                                     {"mode", "create"},
                                     {"mapping", R"({"nome": "name", "chave": "token"})"}},
                                    "portais.csv", "nome;chave\nPortal;abc\n");
    EXPECT_EQ(import.status, 422) << import.shown();
    EXPECT_TRUE(opens(one, first));
}

TEST_F(SecretsTest, an_undo_leaves_it_as_it_is_and_says_so) {
    const Saved one = gateway(first);
    const Reply started = bulk(one, Json::object({{"token", nullptr}, {"name", "Vazio"}}));
    const std::string operation = "/api/v1/operations/" + started.id();
    finished(api, operation);
    ASSERT_TRUE(api.get(one.path)["token"].is_null());

    api.post(operation + "/undo");
    const Reply undone = finished(api, operation);

    EXPECT_EQ(undone["kept"], Json(1)) << undone.shown();
    const Reply now = api.get(one.path);
    EXPECT_EQ(now["name"], Json("Portal"));
    EXPECT_TRUE(now["token"].is_null());
}

TEST_F(SecretsTest, a_sealed_value_opens_at_its_place_only) {
    const Saved one = gateway(first), other = gateway(second);

    server.sql(
        "update gateways set token = (select token from gateways where id = $1) where id = $2",
        {one.id, other.id});

    EXPECT_TRUE(opens(one, first));
    EXPECT_EQ(api.post(other.path + "/use", {{"guess", first}}).code(), "secret.unreadable");
}

TEST_F(SecretsTest, realtime_tells_that_there_is_one) {
    Listening admin(company.admin());
    admin.heard("40{");

    gateway(first);

    const std::string heard = admin.heard("gateway.created");
    EXPECT_THAT(heard, HasSubstr(R"({"set":true})"));
    EXPECT_THAT(heard, Not(HasSubstr(needle)));
}

TEST_F(SecretsTest, a_setting_may_be_one) {
    const Saved one = gateway(first);
    constexpr const char* settings = "/api/v1/settings/gateways";
    ASSERT_TRUE(api.get(settings)["token"].is_null());

    const Reply set = api.patch(settings, {{"token", second}, {"host", "x.com"}});

    EXPECT_EQ(set["token"], told) << set.shown();
    EXPECT_TRUE(opens(one, second, "/use_setting"));
    EXPECT_EQ(api.patch(settings, {{"token", told}, {"host", "y.com"}})["token"], told);
    EXPECT_TRUE(opens(one, second, "/use_setting"));
    for (const char* target : {settings, "/api/v1/settings"}) {
        EXPECT_THAT(api.get(target).text, Not(HasSubstr(needle))) << target;
    }
    EXPECT_TRUE(api.patch(settings, {{"token", nullptr}})["token"].is_null());
    EXPECT_FALSE(opens(one, second, "/use_setting"));
}

// The last word: whatever was done here, no table holds the clear text.
TEST_F(SecretsTest, no_table_holds_the_clear_text) {
    const Saved one = gateway(first);
    api.send("PATCH", one.path, {{"token", second}}, {{"Idempotency-Key", "uma-vez"}});
    api.patch("/api/v1/settings/gateways", {{"token", first}});
    api.del(one.path);
    api.post(one.path + "/restore");

    EXPECT_TRUE(opens(one, second));
    EXPECT_THAT(tables_that_tell(), IsEmpty());
    EXPECT_THAT(server.value("select token from gateways where id = $1", {one.id}),
                ::testing::StartsWith("s1."));
}

TEST_F(SecretsTest, programs_are_told_its_two_forms) {
    const Reply document = api.get("/api/v1/openapi.json");
    const Json& schemas = document["components"]["schemas"];

    EXPECT_EQ(schemas["Gateway"]["properties"]["token"]["type"].dump(), R"(["object","null"])");
    EXPECT_EQ(schemas["GatewayInput"]["properties"]["token"]["writeOnly"], Json(true));
}

}  // namespace
}  // namespace ponte::testing
