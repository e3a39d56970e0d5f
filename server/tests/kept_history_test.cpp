// Kinds of which the log keeps less than everything: what is told of them, what can be asked of
// their past, and what goes once everybody has been told.
#include <map>
#include <mutex>

#include "kernel/events/read.hpp"
#include "kernel/services.hpp"
#include "kernel/testing/wait.hpp"
#include "tests/delivery.hpp"

namespace ponte::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Field visit_fields[] = {
    text("name").required().up_to(100),
    text("place").up_to(100),
    link("contact_id", "contact").about(),
};
constexpr Entity visit_entity{
    .name = "visit", .table = "visits", .fields = visit_fields, .history = History::facts};
static_assert(valid(visit_entity));
constexpr Entity signal_entity{
    .name = "signal", .table = "signals", .fields = visit_fields, .history = History::none};
static_assert(valid(signal_entity));

// What cannot do without values is refused by the compiler.
constexpr Entity with_facts(Entity entity) {
    entity.history = History::facts;
    return entity;
}
constexpr Entity imported{
    .name = "visit", .table = "visits", .fields = visit_fields, .can_be_imported = true};
static_assert(valid(imported) && !valid(with_facts(imported)));
constexpr Field owned_fields[] = {text("name"), user("host")};
constexpr Entity owned{.name = "visit", .table = "visits", .fields = owned_fields, .owner = "host"};
static_assert(valid(owned) && !valid(with_facts(owned)));
constexpr Entity piece{.name = "visit",
                       .table = "visits",
                       .title = "place",
                       .fields = visit_fields,
                       .part_of = "contact_id",
                       .lives_inside = true};
static_assert(!valid(with_facts(piece)));

std::mutex heard_mutex;
std::map<std::string, std::vector<std::string>> heard_of;  // by company
std::string broken_company;

Task<> hear(Ctx&, const Event& event) {
    const std::scoped_lock lock(heard_mutex);
    if (event.tenant.text() == broken_company) {
        throw conflict("visit.broken");
    }
    heard_of[event.tenant.text()].push_back(event.name + " " + std::to_string(event.version) +
                                            event.changes.dump());
    co_return;
}

void declare_visits(App& app) {
    app.entity(visit_entity);
    app.entity(signal_entity);
    app.on("visit.*", "test.visits", hear).each_of_bulks();
    app.on("signal.*", "test.signals", hear).each_of_bulks().tries(1);
}

Server& visited() {
    struct World {
        Server server{Server::usual_settings(), declare_visits};
        World() {
            for (const char* table : {"visits", "signals"}) {
                create_table(server, table, "name text not null, place text, contact_id uuid");
            }
        }
    };
    static World world;
    return world.server;
}

struct KeptHistoryTest : ::testing::TestWithParam<std::string> {
    Company company{visited().url()};
    Api& api = company.api();
    const std::string kind = GetParam(), plural = "/api/v1/" + kind + "s";
    const Saved ana =
        save(api, "/api/v1/contacts", Json::object({{"name", "Ana"}, {"phone", unique_phone()}}));

    Saved made(const std::string& name = "Primeira") {
        return save(api, plural, Json::object({{"name", name}, {"contactId", ana.id}}));
    }
    Reply in_bulk(const Saved& one, const Saved& other) {
        const Reply started =
            api.post(plural + "/bulk", {{"action", "update"},
                                        {"ids", Json::array({one.id, other.id})},
                                        {"values", Json::parse(R"({"place": "Santos"})")}});
        EXPECT_EQ(started.status, 202) << started.shown();
        return finished(api, "/api/v1/operations/" + started.id());
    }
    std::vector<std::string> heard() {
        const std::scoped_lock lock(heard_mutex);
        return heard_of[company.id()];
    }
    std::string told(const char* past, int version) {
        return kind + "." + past + " " + std::to_string(version) + "{}";
    }
    std::int64_t in_the_log(const std::string& condition) {
        return visited().number(
            "select count(*) from events where tenant_id = $1 and entity = $2 "
            "and (" +
                condition + ")",
            {company.id(), kind});
    }
};

TEST_P(KeptHistoryTest, is_told_and_heard_without_values_whichever_way_it_changes) {
    const Position before = visited().services().feed().newest();
    const Saved first = made(), second = made();

    api.patch(first.path, {{"place", "Recife"}});
    api.del(first.path);
    api.post(first.path + "/restore");
    in_bulk(first, second);

    until([&] { return heard().size() >= 7; }, "all is heard");
    std::vector<std::string> all = heard();
    std::ranges::sort(all.begin() + 5, all.end());
    EXPECT_THAT(all, ElementsAre(told("created", 1), told("created", 1), told("updated", 2),
                                 told("deleted", 3), told("restored", 4), told("updated", 2),
                                 told("updated", 5)));
    EXPECT_EQ(in_the_log("changes <> '{}' and name not like '%.bulk'"), 0);
    EXPECT_EQ(in_the_log("actor_id is null or (version > 0 and author_id is null)"), 0);
    EXPECT_EQ(in_the_log("version > 0 and about = array['" + ana.id + "']::uuid[]"), 7);
    const auto carried = wait_for(
        visited().loop(),
        visited().services().feed().since(visited().loop(), *Id::parse(company.id()), before, 100));
    ASSERT_TRUE(carried);
    EXPECT_EQ(std::ranges::count(*carried, kind, &Event::entity), 6) << "the bulk as one";
    EXPECT_EQ(api.get(first.path)["version"], Json(5));
}

TEST_P(KeptHistoryTest, what_needs_values_says_that_there_are_none) {
    const Saved first = made(), second = made();
    const Reply operation = in_bulk(first, second);

    const Reply as_of =
        api.get(first.path + "?asOf=" + http::url_encode(first["createdAt"].as_string()));
    const Reply undo = api.post("/api/v1/operations/" + operation.id() + "/undo");

    EXPECT_EQ(operation["changed"], Json(2)) << operation.shown();
    EXPECT_TRUE(operation["undoableUntil"].is_null());
    for (const Reply& refused : {as_of, undo}) {
        EXPECT_EQ(refused.status, 409) << refused.shown();
        EXPECT_EQ(refused.code(), "history.not_kept");
        EXPECT_THAT(refused["title"].as_string(), ::testing::HasSubstr("não se guarda"));
    }
    EXPECT_EQ(api.get(first.path)["place"], Json("Santos"));
}

TEST_P(KeptHistoryTest, says_what_can_be_seen_of_its_past) {
    const bool are_facts_kept = kind == "visit";
    const Saved first = made();
    api.patch(first.path, {{"place", "Recife"}});

    const Reply history = api.get(first.path + "/history");
    const Reply line = api.get(ana.path + "/timeline?type=" + kind);
    const Reply own_line = api.get(first.path + "/timeline");

    EXPECT_EQ(api.get("/api/v1/meta/" + kind)["history"], Json(are_facts_kept ? "facts" : "none"));
    EXPECT_EQ(history.status, are_facts_kept ? 200 : 409) << history.shown();
    EXPECT_EQ(line.status, are_facts_kept ? 200 : 400) << line.shown();
    EXPECT_EQ(own_line.data().items().size(), are_facts_kept ? 2U : 0U) << own_line.shown();
    if (are_facts_kept) {
        EXPECT_EQ(history.data().items().at(0)["event"], Json("visit.updated"));
        EXPECT_EQ(history.data().items().at(0)["changes"], Json::object());
        EXPECT_EQ(line.data().items().size(), 2U);
    } else {
        EXPECT_EQ(history.code(), "history.not_kept");
    }
}

INSTANTIATE_TEST_SUITE_P(OfLess, KeptHistoryTest, ::testing::Values("visit", "signal"));

// Of which nothing is kept.
struct PassingTest : KeptHistoryTest {
    // Listeners stand before the last transaction until another one follows it.
    void go_on_later() {
        visited().sql("update events set at = now() - interval '20 minutes' where is_passing");
        api.patch(ana.path, {{"city", "Natal"}});
    }
    // By the clock, until it has done what is waited for: positions of listeners follow in seconds.
    static void come_until(const std::function<bool()>& is_done, const std::string& what) {
        until(
            [&] {
                visited().sql(
                    "update job_schedules set next_run_at = now() "
                    "where kind = 'events.remove_passed'");
                return is_done();
            },
            what);
    }
    void wait_until_heard(std::size_t count) {
        until([&] { return heard().size() >= count; }, "it is heard");
    }
};

TEST_P(PassingTest, is_gone_once_it_has_been_told) {
    const Saved first = made(), second = made();
    in_bulk(first, second);
    wait_until_heard(4);
    const auto begun = visited().sql(
        "select transaction, sequence from events where tenant_id = $1 and is_passing "
        "order by sequence limit 1",
        {company.id()});
    const Position start{std::stoull(begun.front()[0]), std::stoull(begun.front()[1]) - 1};
    EXPECT_EQ(in_the_log("is_passing"), 5) << "four and the bulk";
    go_on_later();

    come_until([&] { return in_the_log("is_passing") <= 1; }, "what was told is gone");

    EXPECT_EQ(in_the_log("true"), 1) << "the last one stays";
    EXPECT_EQ(visited().number("select count(*) from event_subjects where tenant_id = $1",
                               {company.id()}),
              0);
    const auto missed =
        wait_for(visited().loop(), events::read_missed(visited().services(), visited().loop(),
                                                       *Id::parse(company.id()), start, 100));
    EXPECT_FALSE(missed) << "whoever was away so long asks for everything";
    EXPECT_EQ(api.get(first.path)["place"], Json("Santos"));
}

TEST_P(PassingTest, stays_for_a_company_that_has_yet_to_hear_it) {
    made();
    wait_until_heard(1);
    {
        const std::scoped_lock lock(heard_mutex);
        broken_company = company.id();
    }
    made("Não ouvida");
    until(
        [&] {
            return visited().number(
                       "select count(*) from listeners where tenant_id = $1 "
                       "and state = 'aside'",
                       {company.id()}) == 1;
        },
        "it is set aside");
    Company other(visited().url());
    for (int i = 0; i < 3; ++i) {
        save(other.api(), plural, Json::object({{"name", "De outra"}}));
    }
    go_on_later();

    come_until(
        [&] {
            return visited().number(
                       "select count(*) from events where is_passing and tenant_id = $1",
                       {other.id()}) == 1;
        },
        "what the others heard is gone");

    EXPECT_EQ(in_the_log("is_passing"), 1) << "the one that it has not heard";
}

INSTANTIATE_TEST_SUITE_P(OfNothing, PassingTest, ::testing::Values("signal"));

}  // namespace
}  // namespace ponte::testing
