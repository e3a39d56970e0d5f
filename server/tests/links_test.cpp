// What a link points to stands beside its id in every answer, by its title, as far as the reader
// may read it; lists sort and filter across one link, with the same eyes.
#include <set>

#include "kernel/entities/catalogue.hpp"
#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"
#include "tests/samples.hpp"

namespace ponte::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

Json::Array rows(Api& reader, const std::string& target) {
    const Reply page = reader.get(target);
    EXPECT_EQ(page.status, 200) << page.shown();
    return page.data().items();
}

// Every link of every record that this person reads there has the id beside it, and a title.
void expect_titles(const records::Kind& kind, const Json& record, bool has_titles) {
    for (const records::Link& link : kind.links) {
        SCOPED_TRACE(std::string(kind.entity->name) + "." + link.json_name);
        const Json& id = record[link.id_name];
        const Json& linked = record[link.json_name];
        EXPECT_NE(record.find(link.json_name), nullptr) << record.dump();
        if (id.is_null()) {
            EXPECT_TRUE(linked.is_null());
        } else {
            EXPECT_EQ(linked["id"], id);
            // What a file is called is of the record that has it.
            EXPECT_EQ(linked[link.called()].is_string(), has_titles || link.is_file)
                << linked.dump();
        }
    }
}

struct LinksWalk : ApiTest {
    Samples samples{company, "alvo"};
    std::size_t walked = 0;

    // Entities whose records are shown by the generic routes.
    std::vector<const records::Kind*> kinds() {
        std::vector<const records::Kind*> found;
        for (const auto& kind : server().services().entities().all()) {
            const Route* route = route_of("GET", "/" + kind->route + "/{id}");
            if (route && route->entity) {
                found.push_back(kind.get());
            }
        }
        return found;
    }
    void walk(const records::Kind& kind) {
        const std::string collection = "/api/v1/" + kind.route;
        for (const Json& record : rows(api, collection + "?limit=5")) {
            ++walked;
            expect_titles(kind, record, true);
            const std::string path = collection + "/" + record["id"].as_string();
            expect_titles(kind, api.get(path).body, true);
            if (kind.entity->history == History::full) {
                expect_titles(kind, api.get(path + "?asOf=2099-01-01T00:00:00Z").body, true);
            }
            for (const Json& entry : rows(api, path + "/history")) {
                for (const records::Link& link : kind.links) {
                    const Json* change = entry["changes"].find(link.id_name);
                    if (change && !(*change)["to"].is_null()) {
                        const Json& told = entry["changes"][link.json_name]["to"];
                        EXPECT_EQ(told["id"], (*change)["to"]) << entry.dump();
                        EXPECT_TRUE(told[link.called()].is_string()) << entry.dump();
                    }
                }
            }
        }
    }
};

TEST_F(LinksWalk, every_link_of_every_entity_is_named_wherever_it_is_read) {
    samples.make_everything();

    for (const records::Kind* kind : kinds()) {
        walk(*kind);
    }

    EXPECT_GT(walked, 5u) << "nothing was seen, so nothing is proved";
}

TEST_F(LinksWalk, who_may_not_read_a_target_is_given_its_id_alone) {
    samples.make_everything();
    for (const records::Kind* kind : kinds()) {
        for (const records::Link& link : kind->links) {
            const bool is_own = link.target == kind || link.field == nullptr ||
                                kind->entity->part_of == link.field->name;
            if (is_own || !link.target) {
                continue;
            }
            SCOPED_TRACE(std::string(kind->entity->name) + "." + link.json_name);
            Person& reader = company.with_rights(
                Json::object({{kind->resource, Json::object({{"read", "all"}})}}));
            for (const Json& record : rows(reader.api, "/api/v1/" + kind->route)) {
                if (!record[link.id_name].is_null()) {
                    EXPECT_EQ(record[link.json_name]["id"], record[link.id_name]);
                    EXPECT_TRUE(record[link.json_name]["title"].is_null()) << record.dump();
                }
            }
        }
    }
}

struct LinksTest : ApiTest {
    Saved contact(const std::string& name, const Json::Object& more = {}) {
        Json values = Json::object({{"name", name}, {"phone", unique_phone()}});
        for (const auto& [key, value] : more) {
            values.set(key, value);
        }
        return save(api, "/api/v1/contacts", values);
    }
    Saved note(const Saved& about, const std::string& body) {
        return save(api, "/api/v1/notes", Json::object({{"contactId", about.id}, {"body", body}}));
    }
    std::vector<std::string> bodies(Api& reader, const std::string& query) {
        const Reply page = reader.get("/api/v1/notes?" + query);
        EXPECT_EQ(page.status, 200) << page.shown();
        std::vector<std::string> out;
        for (const Json& one : page.data().items()) {
            out.push_back(one["body"].as_string());
        }
        return out;
    }
    std::string leaf(const std::string& field, const std::string& op, const Json& value) {
        return "filter=" +
               http::url_encode(
                   Json::object({{"field", field}, {"op", op}, {"value", value}}).dump());
    }
};

TEST_F(LinksTest, an_answer_to_a_write_says_what_its_links_point_to) {
    const Saved ana = contact("Ana", {{"assignedTo", company.admin().id}});

    const Saved made = note(ana, "um");

    EXPECT_EQ(ana["assignedTo"].as_string(), company.admin().id);
    EXPECT_EQ(ana["assignedToUser"]["title"].as_string(), company.admin().name);
    EXPECT_EQ(made["contact"].dump(), R"({"id":")" + ana.id + R"(","title":"Ana"})");
    EXPECT_EQ(made["createdByUser"]["title"].as_string(), company.admin().name);
    EXPECT_TRUE(contact("Bia")["assignedToUser"].is_null());
}

TEST_F(LinksTest, what_was_read_may_be_sent_back_whole) {
    const Saved ana = contact("Ana", {{"assignedTo", company.admin().id}});
    Json body = api.get(ana.path).body;
    body.set("city", "Rio");

    const Reply saved = api.put(ana.path, body);

    EXPECT_EQ(saved.status, 200) << saved.shown();
    EXPECT_EQ(saved["assignedToUser"]["title"].as_string(), company.admin().name);
}

TEST_F(LinksTest, a_new_title_is_seen_at_once_by_a_reader_who_knows_the_version) {
    const Saved team = save(api, "/api/v1/teams", Json::object({{"name", unique_name("Equipe")}}));
    Person& rui = company.user("agent");
    const std::string path = "/api/v1/users/" + rui.id;
    ASSERT_EQ(api.patch(path, {{"teamId", team.id}}).status, 200);
    const Reply before = api.get(path);
    const http::Headers known{{"If-None-Match", before.header("etag")}};
    EXPECT_EQ(api.send("GET", path, {}, known).status, 304);

    const std::string renamed = unique_name("Nova");
    ASSERT_EQ(api.patch(team.path, {{"name", renamed}}).status, 200);

    const Reply after = api.send("GET", path, {}, known);
    EXPECT_EQ(after.status, 200);
    EXPECT_EQ(after["team"]["title"].as_string(), renamed);
}

TEST_F(LinksTest, what_lies_in_the_bin_is_named_and_said_to_lie_there) {
    const Saved team = save(api, "/api/v1/teams", Json::object({{"name", unique_name("Equipe")}}));
    Person& rui = company.user("agent");
    ASSERT_EQ(api.patch("/api/v1/users/" + rui.id, {{"teamId", team.id}}).status, 200);
    ASSERT_EQ(api.del(team.path).status, 204);

    const Reply user = api.get("/api/v1/users/" + rui.id);

    EXPECT_EQ(user["team"]["id"].as_string(), team.id);
    EXPECT_EQ(user["team"]["title"], team["name"]);
    EXPECT_TRUE(user["team"]["deleted"].as_bool());
    EXPECT_EQ(
        api.get("/api/v1/users?" + leaf("team.name", "is", team["name"])).data().items().size(),
        0u);
}

TEST_F(LinksTest, a_history_says_who_had_it_and_who_has_it) {
    const Saved ana = contact("Ana", {{"assignedTo", company.admin().id}});
    Person& rui = company.user("agent");
    ASSERT_EQ(api.patch(ana.path, {{"assignedTo", rui.id}}).status, 200);

    const Json entry = api.get(ana.path + "/history").data().items().at(0);

    EXPECT_EQ(entry["changes"]["assignedTo"]["to"].as_string(), rui.id);
    EXPECT_EQ(entry["changes"]["assignedToUser"]["from"]["title"].as_string(),
              company.admin().name);
    EXPECT_EQ(entry["changes"]["assignedToUser"]["to"]["title"].as_string(), rui.name);
}

TEST_F(LinksTest, a_past_state_names_what_it_pointed_to_then) {
    const Saved ana = contact("Ana", {{"assignedTo", company.admin().id}});
    server().sql("update events set at = now() - interval '2 hours' where entity_id = $1",
                 {ana.id});
    ASSERT_EQ(api.patch(ana.path, {{"assignedTo", company.user("agent").id}}).status, 200);
    const std::string then = format_time(now() - std::chrono::hours{1});

    const Reply past = api.get(ana.path + "?asOf=" + http::url_encode(then));

    EXPECT_EQ(past["assignedTo"].as_string(), company.admin().id);
    EXPECT_EQ(past["assignedToUser"]["title"].as_string(), company.admin().name);
}

TEST_F(LinksTest, who_reads_only_their_own_is_told_no_title_of_others) {
    Person& admin = company.admin();
    for (const char* reach : {"own", "team"}) {
        SCOPED_TRACE(reach);
        Person& rui =
            company.with_rights(Json::object({{"contacts", Json::object({{"read", "all"}})},
                                              {"users", Json::object({{"read", reach}})}}));
        const Saved theirs = contact("Ana", {{"assignedTo", admin.id}});

        const Reply seen = rui.api.get(theirs.path);

        EXPECT_EQ(seen["assignedToUser"]["id"].as_string(), admin.id);
        EXPECT_TRUE(seen["assignedToUser"]["title"].is_null()) << seen.shown();
        EXPECT_TRUE(rui.api.get(theirs.path + "/history")
                        .data()
                        .items()
                        .at(0)["changes"]["assignedToUser"]["to"]["title"]
                        .is_null());
        // Whoever reads all is not given what was kept for another.
        EXPECT_EQ(api.get(theirs.path)["assignedToUser"]["title"].as_string(), admin.name);
    }
}

TEST_F(LinksTest, lists_sort_across_a_link_page_after_page) {
    const Saved zoe = contact("Zoë"), ana = contact("ana"), iris = contact("Íris");
    for (const char* body : {"1", "2", "3"}) {
        note(zoe, std::string("z") + body);
        note(ana, std::string("a") + body);
    }
    note(iris, "i1");

    const std::string sorted = "sortBy=contact.name&sortOrder=asc";
    EXPECT_THAT(bodies(api, sorted), ElementsAre("a1", "a2", "a3", "i1", "z1", "z2", "z3"));
    EXPECT_THAT(bodies(api, "sortBy=-contact.name&limit=2"), ElementsAre("z3", "z2"));
    std::vector<std::string> by_cursor;
    std::string cursor;
    do {
        const std::string query = sorted + "&limit=2&cursor=" + cursor;
        const Reply page =
            api.get("/api/v1/notes?" + (cursor.empty() ? sorted + "&limit=2" : query));
        ASSERT_EQ(page.status, 200) << page.shown();
        for (const Json& one : page.data().items()) {
            by_cursor.push_back(one["body"].as_string());
        }
        cursor = page["pagination"]["nextCursor"].as_string();
    } while (!cursor.empty() && by_cursor.size() < 20);
    EXPECT_THAT(by_cursor, ElementsAre("a1", "a2", "a3", "i1", "z1", "z2", "z3"));
    EXPECT_THAT(bodies(api, sorted + "&limit=3&page=2"), ElementsAre("i1", "z1", "z2"));
}

TEST_F(LinksTest, many_records_are_sorted_by_walking_their_targets) {
    const Saved ana = contact("Ana"), bia = contact("Bia"), cida = contact("Cida");
    for (const Saved* one : {&cida, &ana}) {
        server().sql(
            "insert into notes (tenant_id, contact_id, body) "
            "select $1::uuid, $2::uuid, $3 || lpad(i::text, 4, '0') from generate_series(1, 700) i",
            {company.id(), one->id, (*one)["name"].as_string()});
    }
    note(bia, "Bia");

    EXPECT_THAT(bodies(api, "sortBy=contact.name&limit=2&page=1"),
                ElementsAre(::testing::StartsWith("Ana"), ::testing::StartsWith("Ana")));
    EXPECT_THAT(bodies(api, "sortBy=contact.name&limit=100&page=8")[0], "Bia");
    EXPECT_THAT(bodies(api, "sortBy=-contact.name&limit=100&page=8")[0], "Bia");
    std::set<std::string> all;
    std::string cursor, last;
    do {
        const Reply page = api.get("/api/v1/notes?sortBy=contact.name&limit=100" +
                                   (cursor.empty() ? "" : "&cursor=" + cursor));
        ASSERT_EQ(page.status, 200) << page.shown();
        for (const Json& one : page.data().items()) {
            EXPECT_LE(last, one["contact"]["title"].as_string());
            last = one["contact"]["title"].as_string();
            all.insert(one["body"].as_string());
        }
        cursor = page["pagination"]["nextCursor"].as_string();
    } while (!cursor.empty());
    EXPECT_EQ(all.size(), 1401u);
}

TEST_F(LinksTest, those_without_a_target_have_the_lowest_value) {
    Person& rui = company.user("agent");
    contact("Nem");
    contact("Com", {{"assignedTo", rui.id}});
    contact("Sem");
    const auto names = [&](const char* query) {
        std::vector<std::string> out;
        for (const Json& one : rows(api, std::string("/api/v1/contacts?") + query)) {
            out.push_back(one["name"].as_string());
        }
        return out;
    };

    EXPECT_EQ(names("sortBy=assignedToUser.name").back(), "Com");
    EXPECT_EQ(names("sortBy=-assignedToUser.name").front(), "Com");
}

TEST_F(LinksTest, filters_ask_what_a_link_points_to) {
    const Saved rio = contact("Ana", {{"city", "Rio"}}),
                santos = contact("Bia", {{"city", "Santos"}}), none = contact("Cida");
    note(rio, "r");
    note(santos, "s");
    note(none, "n");

    EXPECT_THAT(bodies(api, leaf("contact.city", "is", "rio")), ElementsAre("r"));
    EXPECT_THAT(bodies(api, leaf("contact.city", "is_not", "Rio")), UnorderedElementsAre("s", "n"));
    EXPECT_THAT(bodies(api, leaf("contact.city", "empty", nullptr)), ElementsAre("n"));
    EXPECT_THAT(bodies(api, leaf("contact.city", "not_empty", nullptr)),
                UnorderedElementsAre("r", "s"));
    EXPECT_THAT(bodies(api, leaf("contact.status", "any_of", Json::array({"active"}))),
                UnorderedElementsAre("r", "s", "n"));
    EXPECT_THAT(bodies(api, leaf("createdByUser.name", "is", company.admin().name)),
                UnorderedElementsAre("r", "s", "n"));
}

TEST_F(LinksTest, nobody_learns_by_sorting_or_filtering_what_they_may_not_read) {
    Person& admin = company.admin();
    Person& rui = company.with_rights(Json::object({{"contacts", Json::object({{"read", "all"}})},
                                                    {"users", Json::object({{"read", "own"}})}}));
    contact("Ana", {{"assignedTo", admin.id}});
    contact("Bia", {{"assignedTo", rui.id}});
    const auto found = [&](Api& reader, const std::string& query) {
        const Reply page = reader.get("/api/v1/contacts?" + query);
        EXPECT_EQ(page.status, 200) << page.shown();
        return page["pagination"]["total"].as_integer();
    };

    EXPECT_EQ(found(api, leaf("assignedToUser.name", "is", admin.name)), 1);
    EXPECT_EQ(found(rui.api, leaf("assignedToUser.name", "is", admin.name)), 0);
    EXPECT_EQ(found(rui.api, leaf("assignedToUser.name", "is_not", admin.name)), 2);
    EXPECT_EQ(found(rui.api, leaf("assignedToUser.name", "empty", nullptr)), 2);
    const Reply sorted = rui.api.get("/api/v1/contacts?sortBy=assignedToUser.name");
    EXPECT_EQ(sorted.data().items().size(), 2u) << sorted.shown();

    Person& eva =
        company.with_rights(Json::object({{"contacts", Json::object({{"read", "all"}})}}));
    EXPECT_EQ(eva.api.get("/api/v1/contacts?sortBy=assignedToUser.name").problem("sortBy"),
              "unknown");
    EXPECT_EQ(
        eva.api.get("/api/v1/contacts?" + leaf("assignedToUser.name", "is", "x")).problem("filter"),
        "field");
}

TEST_F(LinksTest, what_goes_too_far_or_nowhere_is_refused_by_its_name) {
    const struct {
        const char *order, *code;
    } orders[] = {{"contact.assignedToUser.name", "too_far"},
                  {"contact.phone", "not_sortable"},
                  {"contact.colour", "unknown"},
                  {"contactId.name", "unknown"},
                  {"body.name", "unknown"},
                  {"contact.", "unknown"},
                  {"createdByUser.name", "not_sortable"}};
    for (const auto& row : orders) {
        SCOPED_TRACE(row.order);
        const Reply refused = api.get(std::string("/api/v1/notes?sortBy=") + row.order);
        EXPECT_EQ(refused.status, 400);
        EXPECT_EQ(refused.problem("sortBy"), row.code) << refused.shown();
    }
    const struct {
        const char *field, *code;
    } filters[] = {{"contact.assignedToUser.name", "too_far"},
                   {"contact.colour", "field"},
                   {"nobody.name", "field"},
                   {"contact.", "field"}};
    for (const auto& row : filters) {
        SCOPED_TRACE(row.field);
        const Reply refused = api.get("/api/v1/notes?" + leaf(row.field, "is", "x"));
        EXPECT_EQ(refused.status, 400);
        EXPECT_EQ(refused.problem("filter"), row.code) << refused.shown();
    }
}

}  // namespace
}  // namespace ponte::testing
