// What others tell us: kept before it is answered, processed in its order and once, looked at and
// processed again by administrators.
#include "kernel/inbound.hpp"

#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "kernel/records/input.hpp"
#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"
#include "kernel/testing/wait.hpp"

namespace ponte {
namespace {

using inbound::Entry;
using inbound::Reading;
using inbound::Sender;
using testing::Api;
using testing::Body;
using testing::Company;
using testing::Reply;
using testing::Server;
using testing::until;

// A vendor whose connection is a company, and whose bodies are [{"id", "key", "says"}].
struct Heard {
    std::mutex mutex;
    std::map<std::string, std::vector<std::string>> by_key;
    std::set<std::string> broken;  // keys of which nothing can be processed

    void put(const std::string& key, std::string says) {
        const std::scoped_lock lock(mutex);
        by_key[key].push_back(std::move(says));
    }
    std::vector<std::string> of(const std::string& key) {
        const std::scoped_lock lock(mutex);
        return by_key[key];
    }
    bool is_broken(const std::string& key) {
        const std::scoped_lock lock(mutex);
        return broken.contains(key);
    }
    void mend() {
        const std::scoped_lock lock(mutex);
        broken.clear();
    }
};
Heard& heard() {
    static Heard all;
    return all;
}

Task<std::optional<Sender>> sender(Ctx& ctx, Id company) {
    ctx.tx.act_as({db::Role::system, {}});
    const auto known =
        co_await ctx.tx.maybe<Id>("select tenant_id from tenants where tenant_id = $1", company);
    co_return known ? std::optional(Sender{company, "segredo"}) : std::nullopt;
}

Reading read(const Sender& from, const http::Request& request) {
    if (request.header("x-secret") != from.secret) {
        return {Reading::Verdict::forged, {}, {}};
    }
    const auto all = inbound::json_of(request.body);
    if (!all || !all->is_array()) {
        return {Reading::Verdict::not_understood, {}, "not_an_array"};
    }
    Reading reading;
    for (const Json& one : all->items()) {
        reading.told.push_back({one["id"].as_string(), one["key"].as_string(), one.dump()});
    }
    return reading;
}

// What it writes is undone when it fails, and what it says is said after the commit.
Task<> process(Ctx& ctx, const Entry& entry) {
    const Json told = Json::parse(entry.body);
    const std::string name = "Contato " + entry.external_id;
    Values values{{"name", name}, {"email", entry.external_id + "@exemplo.com"}};
    co_await ctx.create("contact", std::move(values));
    if (heard().is_broken(entry.order_key)) {
        throw conflict("test.broken");
    }
    ctx.after_commit(
        [key = entry.order_key, says = told["says"].as_string()] { heard().put(key, says); });
}

constexpr inbound::Inbound vendor{
    .vendor = "test", .sender = sender, .read = read, .process = process};

void declare(App& app) { inbound::declare<vendor>(app); }

Server& here() {
    static Server server(Server::usual_settings(), declare);
    return server;
}

class InboundTest : public ::testing::Test {
protected:
    Company company{here().url()};
    Api& api = company.api();
    const std::string path = "/api/v1/webhooks/test/" + company.id();
    static inline int keys = 0;
    const std::string key = "chave-" + std::to_string(++keys);

    Reply tell(const Json& all, const std::string& secret = "segredo") {
        Api outside({}, here().url());
        outside.with("x-secret", secret);
        return outside.send("POST", path, Body(all.dump(), "text/plain"));
    }
    static Json one(const std::string& id, const std::string& key, const std::string& says = {}) {
        return Json::object({{"id", id}, {"key", key}, {"says", says.empty() ? id : says}});
    }
    Json entries(const std::string& state = {}) {
        return api.get("/api/v1/inbound" + (state.empty() ? "" : "?state=" + state)).data();
    }
    void until_over(std::size_t count) {
        until(
            [&] { return entries("waiting").items().empty() && entries().items().size() == count; },
            "everything to be processed");
    }
    // What is said after a commit is said a moment after the entry is over.
    static std::vector<std::string> heard_of(const std::string& whose, std::size_t count) {
        until([&] { return heard().of(whose).size() >= count; }, "everything to be heard");
        return heard().of(whose);
    }
    // As the clock would.
    static void run(const std::string& kind) {
        here().sql("insert into jobs (tenant_id, kind) values (null, $1)", {kind});
        here().services().jobs().wake();
        until(
            [&] { return here().number("select count(*) from jobs where kind = $1", {kind}) == 0; },
            kind + " to end");
    }
    // What would be due in hours is due now.
    void let_hours_pass() {
        here().sql("update inbound_entries set due_at = now() where tenant_id = $1",
                   {company.id()});
        here().sql(
            "update jobs set run_at = now(), state = 'ready' where tenant_id = $1 "
            "and kind = 'inbound.test' and state = 'later'",
            {company.id()});
    }
};

TEST_F(InboundTest, what_is_told_is_kept_and_processed_in_its_order) {
    Json all = Json::array();
    std::vector<std::string> in_order;
    for (int i = 0; i < 20; ++i) {
        all.push(one(key + "-" + std::to_string(i), key));
        in_order.push_back(key + "-" + std::to_string(i));
    }

    const Reply reply = tell(all);

    ASSERT_EQ(reply.status, 200) << reply.shown();
    EXPECT_EQ(reply["received"], Json(20));
    until_over(20);
    EXPECT_EQ(heard_of(key, 20), in_order);
    const Json done = entries("done").items().front();
    EXPECT_EQ(done["vendor"], Json("test"));
    EXPECT_EQ(done["tries"], Json(1));
    EXPECT_THAT(api.get("/api/v1/inbound/" + done["id"].as_string())["body"].as_string(),
                ::testing::HasSubstr("says"));
}

TEST_F(InboundTest, what_is_told_again_is_known_also_by_many_at_once) {
    std::vector<std::thread> many;
    for (int i = 0; i < 8; ++i) {
        many.emplace_back([&] { tell(Json::array({one(key, key), one(key + "b", key)})); });
    }
    for (std::thread& thread : many) {
        thread.join();
    }

    until_over(2);
    // Who is told first of two commits, when two run, is not what is promised.
    EXPECT_THAT(heard_of(key, 2), ::testing::UnorderedElementsAre(key, key + "b"));
}

TEST_F(InboundTest, what_fails_keeps_its_own_key_waiting_and_nobody_else) {
    heard().broken.insert(key);
    tell(Json::array({one(key + "1", key), one(key + "2", key), one(key + "3", "outra" + key)}));

    until([&] { return heard().of("outra" + key).size() == 1; }, "the other key");
    EXPECT_EQ(entries("waiting").items().size(), 2u);
    EXPECT_EQ(heard().of(key).size(), 0u);
    EXPECT_EQ(api.get("/api/v1/contacts")["pagination"]["total"], Json(1))
        << "what the failed one wrote is undone";

    heard().mend();
    let_hours_pass();
    until_over(3);
    EXPECT_EQ(heard_of(key, 2), (std::vector<std::string>{key + "1", key + "2"}));
}

TEST_F(InboundTest, what_never_works_is_set_aside_and_processed_again_by_hand) {
    heard().broken.insert(key);
    tell(Json::array({one(key + "1", key)}));
    for (int i = 1; i <= 8; ++i) {
        until(
            [&] {
                const Json row = entries().items().front();
                return row["tries"].as_integer() >= i;
            },
            "an attempt");
        let_hours_pass();
    }

    const Json failed = entries("failed").items().at(0);
    EXPECT_EQ(failed["error"], Json("test.broken"));
    heard().mend();
    tell(Json::array({one(key + "2", key)}));
    until([&] { return heard().of(key).size() == 1; }, "those behind it to go on");
    EXPECT_EQ(api.post("/api/v1/inbound/" + failed["id"].as_string() + "/replay").status, 202);
    until_over(2);
    EXPECT_EQ(heard_of(key, 2), (std::vector<std::string>{key + "2", key + "1"}));
    const Reply span =
        api.post("/api/v1/inbound/replay", {{"from", "2020-01-01T00:00:00Z"}, {"state", "failed"}});
    EXPECT_EQ(span["count"], Json(0)) << span.shown();
}

TEST_F(InboundTest, what_is_not_understood_is_kept_and_what_is_forged_is_not) {
    Api outside({}, here().url());
    outside.with("x-secret", "segredo");
    EXPECT_EQ(outside.send("POST", path, Body("<nada>", "application/xml")).status, 200);
    EXPECT_EQ(outside.send("POST", path, Body("<nada>", "application/xml")).status, 200);
    EXPECT_EQ(outside.send("POST", path, Body(std::string("\xff\0x", 3), "image/png")).status, 200);
    EXPECT_EQ(tell(Json::array({one(key, key)}), "errado").status, 401);
    EXPECT_EQ(outside.send("POST", "/api/v1/webhooks/test/" + Id::make().text(), Body("[]")).status,
              404);
    EXPECT_EQ(outside.send("POST", "/api/v1/webhooks/test/nada", Body("[]")).status, 404);

    const Json failed = entries("failed");
    ASSERT_EQ(failed.items().size(), 2u);
    EXPECT_EQ(failed.items().back()["error"], Json("not_an_array"));
    EXPECT_EQ(entries().items().size(), 2u);
}

TEST_F(InboundTest, what_nobody_was_woken_for_is_processed_and_a_month_is_enough) {
    tell(Json::array({one(key + "alt", key)}));
    until_over(1);
    here().sql(
        "update inbound_entries set received_at = now() - interval '31 days' where tenant_id = $1",
        {company.id()});
    here().sql(
        "insert into inbound_entries (tenant_id, vendor, connection_id, external_id, order_key, "
        "body, due_at) values ($1, 'test', $1::uuid, $2, $2, $3, now() - interval '2 minutes')",
        {company.id(), key, one(key, key).dump()});

    run("inbound.sweep");
    until([&] { return heard().of(key).size() == 2; }, "the forgotten wake-up");
    run("inbound.forget");

    EXPECT_EQ(entries().items().size(), 1u);
}

TEST_F(InboundTest, too_much_at_once_is_refused_and_nothing_is_kept) {
    Json all = Json::array();
    for (int i = 0; i < 1'001; ++i) {
        all.push(one(key + std::to_string(i), key));
    }

    EXPECT_EQ(tell(all).status, 413);
    EXPECT_EQ(entries().items().size(), 0u);
}

TEST_F(InboundTest, only_who_looks_after_the_system_sees_it) {
    tell(Json::array({one(key, key)}));
    until_over(1);
    const std::string id = entries().items().at(0)["id"].as_string();
    Company other(here().url());

    EXPECT_EQ(company.user("sales").api.get("/api/v1/inbound").status, 403);
    EXPECT_EQ(other.api().get("/api/v1/inbound/" + id).status, 404);
    EXPECT_EQ(other.api().post("/api/v1/inbound/" + id + "/replay").status, 404);
    EXPECT_EQ(other.api().get("/api/v1/inbound").data().items().size(), 0u);
}

}  // namespace
}  // namespace ponte
