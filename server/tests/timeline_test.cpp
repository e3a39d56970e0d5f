// What happened to a record and to what is about it, in one line, whoever declares it, whichever
// way it came, as far as the reader may read it.
#include "kernel/db/owner_connection.hpp"
#include "kernel/past/timeline_sql.hpp"
#include "kernel/testing/database.hpp"
#include "tests/delivery.hpp"

namespace ponte::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* deliveries = "/api/v1/deliveries";

class TimelineTest : public ::testing::Test {
protected:
    Company company{post_office().server.url()};
    Api& api = company.api();
    const Saved ana = contact("Ana"), bia = contact("Bia");

    Saved contact(const std::string& name) {
        return save(api, "/api/v1/contacts",
                    Json::object({{"name", name}, {"phone", unique_phone()}}));
    }
    Saved delivery(Json values = Json::object()) {
        values.set("name", "Caixa");
        if (!values.find("contactId")) {
            values.set("contactId", ana.id);
        }
        return save(api, deliveries, values);
    }
    static std::string line_of(const Saved& record) { return record.path + "/timeline"; }
    std::vector<std::string> told(Api& reader, const std::string& target) {
        const Reply reply = reader.get(target);
        EXPECT_EQ(reply.status, 200) << reply.shown();
        std::vector<std::string> types;
        for (const Json& entry : reply.data().items()) {
            types.push_back(entry["type"].as_string());
        }
        return types;
    }
    std::vector<std::string> told(const Saved& record) { return told(api, line_of(record)); }
    std::vector<std::string> told_of_deliveries(const Saved& record) {
        return told(api, line_of(record) + "?type=delivery");
    }
    void done(const Reply& started, const std::string& collection) {
        ASSERT_EQ(started.status, 202) << started.shown();
        const Reply end = finished(api, collection + started.id());
        ASSERT_THAT(end["state"].as_string(), ::testing::AnyOf("done", "undone")) << end.shown();
    }
    Reply bulk(const Saved& record, const char* action, Json values = {}) {
        Json asked = Json::object({{"action", action}, {"ids", Json::array({record.id})}});
        if (!values.is_null()) {
            asked.set("values", std::move(values));
        }
        return api.post(std::string(deliveries) + "/bulk", asked);
    }
    Person& reader(const char* resource, Json rights, const char* contacts = "all") {
        return company.with_rights(Json::object(
            {{"contacts", Json::object({{"read", contacts}})}, {resource, std::move(rights)}}));
    }
};

TEST_F(TimelineTest, an_entity_that_is_about_a_record_is_told_of_in_its_line) {
    const Saved box = delivery();
    api.post(box.path + "/accept");

    const Reply line = api.get(line_of(ana));

    EXPECT_THAT(told(ana), ElementsAre("delivery.accepted", "delivery.updated", "delivery.created",
                                       "contact.created"));
    const Json& updated = line.data().items().at(1);
    EXPECT_EQ(updated["entity"], Json("delivery"));
    EXPECT_EQ(updated["record"]["id"], Json(box.id));
    EXPECT_EQ(updated["record"]["title"], Json("Caixa"));
    EXPECT_EQ(updated["changes"]["status"]["to"], Json("accepted"));
    EXPECT_EQ(updated["actor"]["name"], Json(company.admin().name));
    EXPECT_EQ(line.data().items().at(2).find("changes"), nullptr) << "everything is new";
    EXPECT_THAT(told(box),
                ElementsAre("delivery.accepted", "delivery.updated", "delivery.created"));
    EXPECT_THAT(told(bia), ElementsAre("contact.created"));
}

TEST_F(TimelineTest, what_is_moved_stands_in_both_lines) {
    const Saved box = delivery();
    api.patch(box.path, {{"contactId", bia.id}});
    api.patch(box.path, {{"status", "sent"}});

    EXPECT_THAT(told_of_deliveries(ana), ElementsAre("delivery.updated", "delivery.created"));
    EXPECT_THAT(told_of_deliveries(bia), ElementsAre("delivery.updated", "delivery.updated"));
    const Json moved = api.get(line_of(ana)).data().items().at(0)["changes"];
    EXPECT_EQ(moved["contact"]["from"]["title"], Json("Ana"));
    EXPECT_EQ(moved["contact"]["to"]["title"], Json("Bia"));
}

TEST_F(TimelineTest, two_links_to_one_record_tell_once_and_two_records_are_both_told) {
    delivery(Json::object({{"payerId", ana.id}}));
    delivery(Json::object({{"payerId", bia.id}}));

    EXPECT_THAT(told_of_deliveries(ana), ElementsAre("delivery.created", "delivery.created"));
    EXPECT_THAT(told_of_deliveries(bia), ElementsAre("delivery.created"));
}

TEST_F(TimelineTest, a_record_that_is_about_itself_stands_once_in_its_line) {
    const Saved box = delivery();
    api.patch(box.path, {{"afterId", box.id}});
    api.post(box.path + "/accept");
    const Saved next = delivery(Json::object({{"afterId", box.id}}));

    EXPECT_THAT(told(box), ElementsAre("delivery.created", "delivery.accepted", "delivery.updated",
                                       "delivery.updated", "delivery.created"));
    EXPECT_THAT(told(next), ElementsAre("delivery.created"));
}

TEST_F(TimelineTest, every_way_of_writing_is_told_of) {
    const Saved box = delivery();

    const Reply changed = bulk(box, "update", Json::object({{"status", "sent"}}));
    done(changed, "/api/v1/operations/");
    EXPECT_THAT(told_of_deliveries(ana), ElementsAre("delivery.updated", "delivery.created"));
    done(api.post("/api/v1/operations/" + changed.id() + "/undo"), "/api/v1/operations/");
    EXPECT_THAT(told_of_deliveries(ana),
                ElementsAre("delivery.updated", "delivery.updated", "delivery.created"));

    done(bulk(box, "delete"), "/api/v1/operations/");
    EXPECT_THAT(told_of_deliveries(ana), IsEmpty()) << "what lies in the bin is not told of";
    done(bulk(box, "restore"), "/api/v1/operations/");
    EXPECT_THAT(told_of_deliveries(ana),
                ElementsAre("delivery.restored", "delivery.deleted", "delivery.updated",
                            "delivery.updated", "delivery.created"));
}

TEST_F(TimelineTest, a_bulk_that_moves_many_tells_both_of_each) {
    const Saved boxes[] = {delivery(), delivery(), delivery(Json::object({{"contactId", bia.id}}))};
    Json ids = Json::array();
    for (const Saved& box : boxes) {
        ids.push(box.id);
    }

    done(api.post(std::string(deliveries) + "/bulk",
                  {{"action", "update"},
                   {"ids", ids},
                   {"values", Json::object({{"contactId", bia.id}, {"status", "sent"}})}}),
         "/api/v1/operations/");

    EXPECT_THAT(told_of_deliveries(ana), ElementsAre("delivery.updated", "delivery.updated",
                                                     "delivery.created", "delivery.created"));
    EXPECT_THAT(told_of_deliveries(bia), ElementsAre("delivery.updated", "delivery.updated",
                                                     "delivery.updated", "delivery.created"));
}

TEST_F(TimelineTest, an_import_and_its_undo_are_told_of) {
    const Reply import = api.upload("/api/v1/imports",
                                    {{"entity", "delivery"},
                                     {"mode", "create"},
                                     {"mapping", R"({"nome": "name", "cliente": "contactId"})"}},
                                    "caixas.csv", "nome;cliente\nUma;Ana\nOutra;Ana\n");
    done(import, "/api/v1/imports/");

    EXPECT_THAT(told(ana),
                ElementsAre("delivery.imported", "delivery.imported", "contact.created"));

    done(api.post("/api/v1/imports/" + import.id() + "/undo"), "/api/v1/imports/");
    EXPECT_THAT(told(ana), ElementsAre("contact.created"));
}

TEST_F(TimelineTest, a_type_is_an_entity_or_what_happened_to_the_record_itself) {
    const Saved box = delivery();
    api.patch(ana.path, {{"city", "Rio"}});
    const std::string line = line_of(ana) + "?type=";

    EXPECT_THAT(told(api, line + "updated"), ElementsAre("contact.updated"));
    EXPECT_THAT(told(api, line + "contact"), ElementsAre("contact.updated", "contact.created"));
    EXPECT_THAT(told(api, line + "created,delivery"),
                ElementsAre("delivery.created", "contact.created"));
    EXPECT_THAT(told(api, line + "imported"), IsEmpty());
    EXPECT_THAT(told(api, line + "note"), IsEmpty());
    for (const char* wrong : {"sung", "tag", "created,sung", ","}) {
        EXPECT_EQ(api.get(line + wrong).problem("type"), "not_an_option") << wrong;
    }
    EXPECT_EQ(api.get(line_of(box) + "?type=note").problem("type"), "not_an_option");
    EXPECT_EQ(api.get(line_of(ana) + "?kind=note").problem("kind"), "unknown");
}

TEST_F(TimelineTest, only_who_reads_the_record_reads_its_line) {
    Person& none = reader("deliveries", Json::object({{"read", "all"}}), "own");
    Company elsewhere(post_office().server.url());

    EXPECT_EQ(none.api.get(line_of(ana)).status, 404);
    EXPECT_EQ(elsewhere.api().get(line_of(ana)).status, 404);
    EXPECT_EQ(api.get("/api/v1/contacts/" + Id::make().text() + "/timeline").status, 404);
}

TEST_F(TimelineTest, what_a_reader_may_not_read_is_not_told) {
    Person& own = reader("deliveries", Json::object({{"read", "own"}}));
    Person& none = reader("deliveries", Json::object({{"create", "all"}}));
    Person& all = reader("deliveries", Json::object({{"read", "all"}}));
    delivery();
    delivery(Json::object({{"carrier", own.id}}));
    const std::string line = line_of(ana) + "?type=delivery";

    EXPECT_THAT(told(own.api, line), ElementsAre("delivery.created"));
    EXPECT_THAT(told(none.api, line), IsEmpty());
    EXPECT_THAT(told(none.api, line_of(ana)), ElementsAre("contact.created"));
    EXPECT_THAT(told(all.api, line), ElementsAre("delivery.created", "delivery.created"));
}

TEST_F(TimelineTest, a_part_is_told_to_who_reads_its_whole) {
    Person& own = company.with_rights(Json::object({{"contacts", Json::object({{"read", "all"}})},
                                                    {"deliveries", Json::object({{"read", "own"}})},
                                                    {"remarks", Json::object({{"read", "all"}})}}));
    const Saved theirs = delivery(Json::object({{"carrier", own.id}})), other = delivery();
    for (const Saved* whole : {&theirs, &other}) {
        save(api, "/api/v1/remarks",
             Json::object({{"deliveryId", whole->id}, {"contactId", ana.id}, {"words", "Frágil"}}));
    }
    const std::string line = line_of(ana) + "?type=remark";

    EXPECT_THAT(told(own.api, line), ElementsAre("remark.created"));
    const Json said = api.get(line).data().items().at(0);
    EXPECT_EQ(said["body"], Json("Frágil"));
    api.del(theirs.path);
    EXPECT_THAT(told(own.api, line), IsEmpty());
    EXPECT_THAT(told(api, line), ElementsAre("remark.created"));
}

TEST_F(TimelineTest, a_value_or_a_link_that_is_not_for_the_reader_is_not_told) {
    const Saved box = delivery(Json::object({{"code", "Quixotesco"}}));
    api.patch(box.path, {{"code", "Outro"}, {"status", "sent"}});
    save(api, "/api/v1/rumours", Json::object({{"name", "Boato"}, {"contactId", ana.id}}));
    Person& simple = reader("deliveries", Json::object({{"read", "all"}}));
    Person& blind = reader("rumours", Json::object({{"read", "all"}}));
    Person& knowing = reader("rumours", Json::object({{"read", "all"}, {"whom", "all"}}));

    const Json changes = simple.api.get(line_of(ana)).data().items().at(0)["changes"];
    EXPECT_EQ(changes["status"]["to"], Json("sent"));
    EXPECT_EQ(changes.find("code"), nullptr) << changes.dump();
    EXPECT_THAT(told(blind.api, line_of(ana)), ElementsAre("contact.created"));
    EXPECT_THAT(told(knowing.api, line_of(ana)), ElementsAre("rumour.created", "contact.created"));
}

TEST_F(TimelineTest, who_tells_of_an_entity_is_said_to_those_who_may_read_it) {
    const auto tellers = [&](Api& as) {
        const Reply meta = as.get("/api/v1/meta");
        for (const Json& entity : meta["entities"].items()) {
            if (entity["name"] == Json("contact")) {
                return entity["timeline"];
            }
        }
        return Json{};
    };
    Person& simple = reader("deliveries", Json::object({{"read", "own"}}));

    EXPECT_EQ(tellers(api), Json::array({"note", "document", "opportunity", "lead", "proposal",
                                         "delivery", "remark", "rumour"}));
    EXPECT_EQ(tellers(simple.api), Json::array({"delivery"}));
}

// Ten thousand events of one record: the first page and one far behind are read alike.
class LongTimelineTest : public TimelineTest {
protected:
    static constexpr int many = 10'000;

    // As if they had all been written at once.
    void grow() {
        const Saved box = delivery();
        Server& server = post_office().server;
        server.sql(
            "with told as (insert into events (tenant_id, name, entity, entity_id, version, at, "
            "about) select $1, 'delivery.updated', 'delivery', $2, n + 1, now(), "
            "array[$3::uuid] from generate_series(1, $4::int) n returning *) "
            "insert into event_subjects (tenant_id, subject_id, entity, sequence, entity_id) "
            "select tenant_id, $3::uuid, entity, sequence, entity_id from told",
            {company.id(), box.id, ana.id, std::to_string(many)});
        server.sql("analyze events");
        server.sql("analyze event_subjects");
    }
    std::int64_t sequence_at(int place) {
        return post_office().server.number(
            "select sequence from event_subjects where subject_id = $1 order by sequence desc "
            "offset $2::int limit 1",
            {ana.id, std::to_string(place)});
    }
    // The plan of the page before that sequence, as it is kept for all of them.
    std::string plan(std::int64_t before) {
        Server& server = post_office().server;
        Ctx ctx(server.services(), server.loop());
        ctx.who.tenant = *Id::parse(company.id());
        ctx.who.is_system = true;
        records::TimelineQuestion question{*Id::parse(ana.id), {}, {}};
        question.page.before = before;
        const db::Statement asked =
            records::places_statement(ctx, server.services().entities().get("contact"), question);
        std::string values;
        for (const db::Param& param : asked.params) {
            values += (values.empty() ? "'" : ", '") + *param.text + "'";
        }
        db::OwnerConnection app(server.database().app_conninfo);
        app.rows("select set_config('app.tenant', $1, false)", {company.id()});
        app.rows("set plan_cache_mode = force_generic_plan");
        app.rows("prepare page (uuid, uuid, bigint, integer) as " + asked.sql);
        std::string text;
        for (const auto& row : app.rows(
                 "explain (analyze, buffers, costs off, timing off, summary off) execute page (" +
                 values + ")")) {
            text.append(row[0]).append("\n");
        }
        return text;
    }
    // Pages of the database that it looked at.
    static int buffers(const std::string& plan) {
        const auto at = plan.find("shared hit=");
        return at == plan.npos ? -1 : std::stoi(plan.substr(at + 11));
    }
};

// Of the months to come, which are empty, there is no cheaper way.
bool reads_a_whole_part(const std::string& plan) {
    const std::string scan = "Seq Scan on event";
    for (std::size_t at = plan.find(scan); at != plan.npos; at = plan.find(scan, at + 1)) {
        const std::string line = plan.substr(at, plan.find('\n', at) - at);
        if (line.find("rows=0 ") == line.npos && line.find("never executed") == line.npos) {
            return true;
        }
    }
    return false;
}

TEST_F(LongTimelineTest, a_page_far_behind_costs_what_the_first_does) {
    grow();

    const std::string first = plan(INT64_MAX), far = plan(sequence_at(many - 200));

    for (const std::string& text : {first, far}) {
        EXPECT_FALSE(reads_a_whole_part(text)) << text;
        EXPECT_NE(text.find("Scan Backward using event_subjects_"), text.npos) << text;
        EXPECT_GT(buffers(text), 0) << text;
        EXPECT_LT(buffers(text), 200) << text;
    }
}

TEST_F(LongTimelineTest, pages_lose_nothing_and_repeat_nothing_also_within_one_moment) {
    grow();
    std::vector<std::string> ids;
    std::string cursor;
    do {
        const Reply page =
            api.get(line_of(ana) + "?limit=100" + (cursor.empty() ? "" : "&cursor=" + cursor));
        ASSERT_EQ(page.status, 200) << page.shown();
        for (const Json& entry : page.data().items()) {
            ids.push_back(entry["id"].as_string());
        }
        cursor = page["pagination"]["nextCursor"].as_string();
    } while (!cursor.empty() && ids.size() < many + 100u);

    EXPECT_EQ(ids.size(), many + 2u);
    std::ranges::sort(ids);
    EXPECT_EQ(std::ranges::adjacent_find(ids), ids.end()) << "an entry came twice";
}

}  // namespace
}  // namespace ponte::testing
