// Every way to a value that is not for everybody: whoever may not see it is told by none of them,
// whoever may not change it changes it by none.
#include "tests/listening.hpp"
#include "tests/ship.hpp"

namespace ponte::testing {
namespace {

constexpr const char* secret = "Quixotesco";

// A ship with a code that the sailor must not learn, and a draught that they must not touch.
struct Voyage {
    Company company{harbour().server.url()};
    Api& admin = company.api();
    Person& sailor = company.with_rights(
        Json::object({{"ships", all()}, {"imports", all()}, {"operations", all()}}));
    Saved ship;
    std::string import, bulk;

    Voyage() {
        ship = save(admin, "/api/v1/ships", Json::object({{"name", "Atalaia"}, {"draught", 4}}));
        bulk = in_bulk(admin, Json::object({{"code", secret}}));
        import = admin
                     .upload("/api/v1/imports",
                             {{"entity", "ship"},
                              {"mode", "create"},
                              {"mapping", R"({"nome": "name", "sigla": "code"})"}},
                             "navios.csv",
                             std::string("nome;sigla\nBarca;") + secret + "\n;" + secret + "\n")
                     .id();
        finished(admin, "/api/v1/imports/" + import);
    }
    static Json all() {
        Json rights = Json::object();
        for (const std::string_view verb : verbs) {
            rights.set(verb, "all");
        }
        return rights;
    }
    std::string in_bulk(Api& api, const Json& values) {
        const Reply started =
            api.post("/api/v1/ships/bulk",
                     {{"action", "update"}, {"ids", Json::array({ship.id})}, {"values", values}});
        if (started.status == 202) {
            finished(admin, "/api/v1/operations/" + started.id());
        }
        return started.id();
    }
    Json code() { return admin.get(ship.path)["code"]; }
    Json draught() { return admin.get(ship.path)["draught"]; }
};

Voyage& voyage() {
    static Voyage one;
    return one;
}

bool tells(const Reply& reply) {
    return reply.text.find(secret) != std::string::npos ||
           reply.text.find("\"code\":\"none\"") != std::string::npos;
}

std::vector<std::string> reads() {
    const std::string ship = voyage().ship.path, import = "/api/v1/imports/" + voyage().import;
    return {
        ship,
        ship + "?asOf=2030-01-01T00:00:00Z",
        ship + "/history",
        "/api/v1/ships",
        "/api/v1/ships?fields=name,code",
        "/api/v1/ships?sortBy=-name&count=exact",
        "/api/v1/ships?deleted=true",
        "/api/v1/imports",
        import,
        import + "/plan",
        import + "/errors",
        import + "/errors/groups",
        import + "/errors.csv",
        import + "/kept",
        "/api/v1/operations",
        "/api/v1/operations/" + voyage().bulk,
        "/api/v1/search?q=Atalaia",
        "/api/v1/meta",
    };
}

TEST(FieldRightsTest, nothing_tells_a_value_that_is_not_for_the_reader) {
    ASSERT_EQ(voyage().code(), Json(secret));
    for (const std::string& target : reads()) {
        const Reply reply = voyage().sailor.api.get(target);
        EXPECT_LT(reply.status, 500) << target << ": " << reply.shown();
        EXPECT_FALSE(tells(reply)) << target << ": " << reply.shown();
    }
    EXPECT_EQ(voyage().sailor.api.get(voyage().ship.path)["name"], Json("Atalaia"));
    EXPECT_TRUE(tells(voyage().admin.get(voyage().ship.path + "/history")));
    EXPECT_TRUE(tells(voyage().admin.get("/api/v1/imports/" + voyage().import + "/errors")));
}

TEST(FieldRightsTest, nobody_finds_or_orders_by_what_they_do_not_see) {
    const std::string leaf = R"({"field":"code","op":"is","value":")" + std::string(secret) + "\"}";
    const std::string asked[] = {"?sortBy=code", "?code=" + std::string(secret),
                                 "?filter=%7B%22field%22%3A%22code%22%2C%22op%22%3A%22is%22%2C"
                                 "%22value%22%3A%22" +
                                     std::string(secret) + "%22%7D"};
    for (const std::string& query : asked) {
        SCOPED_TRACE(query);
        EXPECT_EQ(voyage().sailor.api.get("/api/v1/ships" + query).status, 400);
        EXPECT_EQ(voyage().admin.get("/api/v1/ships" + query).status, 200);
    }
    const Reply bulk = voyage().sailor.api.post(
        "/api/v1/ships/bulk", {{"action", "delete"}, {"filter", Json::parse(leaf)}});
    EXPECT_EQ(bulk.status, 400) << bulk.shown();
}

TEST(FieldRightsTest, the_past_of_a_value_is_no_way_to_it) {
    const Reply history = voyage().sailor.api.get(voyage().ship.path + "/history");
    const Reply past = voyage().sailor.api.get(voyage().ship.path + "?asOf=2030-01-01T00:00:00Z");

    ASSERT_EQ(history.status, 200);
    for (const Json& entry : history.data().items()) {
        EXPECT_EQ(entry["changes"].find("code"), nullptr) << history.shown();
    }
    ASSERT_EQ(past.status, 200);
    EXPECT_EQ(past.body.find("code"), nullptr) << past.shown();
}

TEST(FieldRightsTest, a_value_that_is_not_seen_is_not_written) {
    Api& sailor = voyage().sailor.api;

    EXPECT_EQ(sailor.patch(voyage().ship.path, {{"code", "x"}}).problem("code"), "unknown");
    EXPECT_EQ(sailor.post("/api/v1/ships", {{"name", "Nau"}, {"code", "x"}}).problem("code"),
              "unknown");
    EXPECT_EQ(sailor.put(voyage().ship.path, {{"name", "Atalaia"}, {"draught", 4}}).status, 200);
    EXPECT_EQ(sailor
                  .post("/api/v1/ships/bulk", {{"action", "update"},
                                               {"ids", Json::array({voyage().ship.id})},
                                               {"values", Json::object({{"code", "x"}})}})
                  .status,
              422);
    EXPECT_EQ(sailor
                  .upload("/api/v1/imports",
                          {{"entity", "ship"},
                           {"mode", "create"},
                           {"mapping", R"({"nome": "name", "sigla": "code"})"}},
                          "n.csv", "nome;sigla\nNau;x\n")
                  .status,
              422);
    EXPECT_EQ(voyage().code(), Json(secret));
}

TEST(FieldRightsTest, what_its_author_does_not_see_begins_as_declared) {
    const Saved made =
        save(voyage().sailor.api, "/api/v1/ships", Json::object({{"name", "Jangada"}}));

    EXPECT_EQ(made.json.find("code"), nullptr);
    EXPECT_EQ(voyage().admin.get(made.path)["code"], Json("none"));
}

TEST(FieldRightsTest, a_value_that_is_only_to_be_read_stays) {
    Api& sailor = voyage().sailor.api;
    const std::string& path = voyage().ship.path;

    EXPECT_EQ(sailor.get(path)["draught"], Json(4));
    EXPECT_EQ(sailor.patch(path, {{"draught", 9}}).problem("draught"), "read_only");
    EXPECT_EQ(sailor.put(path, {{"name", "Atalaia"}, {"draught", 9}}).problem("draught"),
              "read_only");
    EXPECT_EQ(sailor.patch(path, {{"name", "Atalaia"}, {"draught", 4}}).status, 200);
    EXPECT_EQ(sailor.post("/api/v1/ships", {{"name", "Nau"}, {"draught", 9}}).problem("draught"),
              "read_only");
    EXPECT_EQ(sailor
                  .post("/api/v1/ships/bulk", {{"action", "update"},
                                               {"ids", Json::array({voyage().ship.id})},
                                               {"values", Json::object({{"draught", 9}})}})
                  .problem("draught"),
              "read_only");
    EXPECT_EQ(voyage().draught(), Json(4));
}

TEST(FieldRightsTest, screens_are_told_what_the_reader_sees_and_changes) {
    const auto ship_of = [](Api& api) {
        const Reply meta = api.get("/api/v1/meta");
        for (const Json& entity : meta["entities"].items()) {
            if (entity["name"].as_string() == "ship") {
                return entity;
            }
        }
        return Json{};
    };
    const auto field_of = [](const Json& entity, const std::string& key) {
        for (const Json& field : entity["fields"].items()) {
            if (field["key"].as_string() == key) {
                return field;
            }
        }
        return Json{};
    };
    const Json theirs = ship_of(voyage().sailor.api), ours = ship_of(voyage().admin);

    EXPECT_EQ(theirs["owner"], Json("captain"));
    EXPECT_TRUE(field_of(theirs, "code").is_null());
    EXPECT_EQ(field_of(theirs, "draught")["readOnly"], Json(true));
    EXPECT_EQ(field_of(theirs, "draught")["personal"], Json(true));
    EXPECT_EQ(field_of(ours, "draught")["readOnly"], Json(false));
    EXPECT_FALSE(field_of(ours, "code").is_null());
}

// Started with the right, gone on without it: undone by somebody who never had it.
TEST(FieldRightsTest, an_undo_leaves_what_its_asker_may_not_change) {
    const std::string path =
        "/api/v1/operations/" + voyage().in_bulk(voyage().admin, Json::object({{"draught", 7}}));
    ASSERT_EQ(voyage().draught(), Json(7));

    ASSERT_EQ(voyage().sailor.api.post(path + "/undo").status, 202);
    const Reply undone = finished(voyage().admin, path);

    EXPECT_EQ(undone["undone"], Json(0)) << undone.shown();
    EXPECT_EQ(undone["kept"], Json(1)) << undone.shown();
    EXPECT_EQ(voyage().draught(), Json(7));
    voyage().admin.patch(voyage().ship.path, {{"draught", 4}});
}

// A bulk asks again before each batch: a right that is taken away on the way stops it.
TEST(FieldRightsTest, a_bulk_stops_when_its_author_may_no_longer_change_the_field) {
    constexpr const char* many = "6000";
    Company company{harbour().server.url()};
    Person& loader = company.with_rights(
        Json::object({{"ships", Voyage::all()}, {"operations", Voyage::all()}}));
    Json rights = Voyage::all();
    rights.set("loading", "all");
    const std::string role = company.api().get("/api/v1/users/" + loader.id)["role"].as_string();
    const auto allow = [&](Json ships) {
        const Json permissions =
            Json::object({{"ships", std::move(ships)}, {"operations", Voyage::all()}});
        const Reply roles = company.api().get("/api/v1/roles?limit=100");
        for (const Json& one : roles.data().items()) {
            if (one["name"].as_string() == role) {
                const Reply changed = company.api().patch("/api/v1/roles/" + one["id"].as_string(),
                                                          {{"permissions", permissions}});
                EXPECT_EQ(changed.status, 200) << changed.shown();
            }
        }
    };
    harbour().server.sql(
        "insert into ships (tenant_id, name, draught, created_at) select $1, 'Navio ' || n, 4, "
        "now() - interval '1 minute' from generate_series(1, $2::int) n",
        {company.id(), many});

    allow(std::move(rights));
    const Reply started =
        loader.api.post("/api/v1/ships/bulk", {{"action", "update"},
                                               {"filter", Json::parse(R"({"and": []})")},
                                               {"values", Json::object({{"draught", 9}})}});
    ASSERT_EQ(started.status, 202) << started.shown();
    allow(Voyage::all());

    const Reply stopped = finished(company.api(), "/api/v1/operations/" + started.id());
    EXPECT_EQ(stopped["state"], Json("failed")) << stopped.shown();
    EXPECT_EQ(stopped["error"], Json("asker_may_not")) << stopped.shown();
    EXPECT_GT(
        harbour().server.number("select count(*) from ships where tenant_id = $1 and draught = 4",
                                {company.id()}),
        0);
}

TEST(FieldRightsTest, realtime_tells_each_what_they_may_see) {
    Person& captain = voyage().company.user("supervisor");
    Listening sailor(voyage().sailor), knows(captain);
    sailor.heard("40{");
    knows.heard("40{");
    const Saved ship = save(voyage().admin, "/api/v1/ships",
                            Json::object({{"name", "Corveta"}, {"code", secret}}));

    const std::string told = sailor.heard("ship.created"), whole = knows.heard("ship.created");

    EXPECT_NE(told.find("Corveta"), std::string::npos);
    EXPECT_EQ(told.find(secret), std::string::npos) << told;
    EXPECT_NE(whole.find(secret), std::string::npos) << whole;
}

}  // namespace
}  // namespace ponte::testing
