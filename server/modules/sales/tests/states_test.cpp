// What becomes of a proposal, and what of it may still change in each state.
#include <algorithm>
#include <thread>

#include "modules/sales/tests/given.hpp"

namespace ponte::sales {
namespace {

using testing::Reply;
using testing::Saved;

class StatesTest : public SalesTest {
protected:
    Saved sent() {
        Saved saved = proposal();
        saved.json = api.post(saved.path + "/send").body;
        return saved;
    }
    Saved accepted() {
        Saved saved = proposal();
        saved.json = api.post(saved.path + "/accept").body;
        return saved;
    }
    Reply bulk(const Json& body) {
        const Reply started = api.post("/api/v1/proposals/bulk", body);
        return testing::finished(api, "/api/v1/operations/" + started.id());
    }
    static Json ids(const std::vector<Saved>& saved) {
        Json out = Json::array();
        for (const Saved& one : saved) {
            out.push(one.id);
        }
        return out;
    }
};

TEST_F(StatesTest, are_sent_accepted_and_closed) {
    const Saved whose = contact();
    const Saved saved = proposal(whose).of({item("Mesa", 100)}).saved();

    const Reply sent = api.post(saved.path + "/send");
    const Reply accepted = api.post(saved.path + "/accept");
    const Reply twice = api.post(saved.path + "/accept");
    const Reply changed = api.patch(saved.path, {{"items", Json::array()}});
    const Reply noted = api.patch(saved.path, {{"notes", "Ligar na segunda"}});

    EXPECT_EQ(sent["status"], Json("sent")) << sent.shown();
    EXPECT_EQ(accepted["status"], Json("accepted")) << accepted.shown();
    EXPECT_FALSE(accepted["decidedAt"].is_null());
    EXPECT_EQ(twice.status, 409);
    EXPECT_EQ(twice.code(), "not_in_this_state");
    EXPECT_EQ(changed.status, 409);
    EXPECT_EQ(changed.code(), "proposal.locked");
    EXPECT_EQ(noted.status, 200) << noted.shown();
    std::vector<std::string> told;
    const Reply line = api.get(whose.path + "/timeline");
    for (const Json& entry : line.data().items()) {
        told.push_back(entry["type"].as_string());
    }
    EXPECT_THAT(told,
                ::testing::IsSupersetOf({"proposal.accepted", "proposal.sent", "proposal.created"}))
        << line.shown();
}

TEST_F(StatesTest, are_accepted_once_by_two_at_once) {
    const Saved saved = proposal();
    std::vector<int> statuses(4);
    std::vector<std::thread> people;
    for (int& status : statuses) {
        people.emplace_back([&saved, &status, api = testing::Api(api)]() mutable {
            status = api.post(saved.path + "/accept").status;
        });
    }
    for (std::thread& one : people) {
        one.join();
    }

    EXPECT_EQ(std::ranges::count(statuses, 200), 1);
    EXPECT_EQ(std::ranges::count(statuses, 409), 3);
    EXPECT_EQ(std::ranges::count(events_of(saved), "proposal.accepted"), 1);
}

TEST_F(StatesTest, refuse_to_be_sent_empty_or_rejected_without_a_reason) {
    const Saved saved = proposal(contact()).saved();

    const Reply empty = api.post(saved.path + "/send");
    const Reply why = api.post(saved.path + "/reject");
    const Reply rejected = api.post(saved.path + "/reject", {{"reason", "Ficou caro"}});

    EXPECT_EQ(empty.code(), "proposal.empty") << empty.shown();
    EXPECT_EQ(why.problem("reason"), "required");
    EXPECT_EQ(rejected["rejectionReason"], Json("Ficou caro")) << rejected.shown();
}

TEST_F(StatesTest, are_reopened_by_those_who_may) {
    const Saved saved = proposal();
    api.post(saved.path + "/accept");
    testing::Api& sales = company.user("sales").api;
    testing::Api& supervisor = company.user("supervisor").api;

    const Reply refused = sales.post(saved.path + "/reopen");
    const Reply reopened = supervisor.post(saved.path + "/reopen");

    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(reopened["status"], Json("draft")) << reopened.shown();
    EXPECT_TRUE(reopened["decidedAt"].is_null());
}

TEST_F(StatesTest, what_was_sent_stays_as_it_is_on_every_way) {
    const Saved saved = sent();
    const std::string items = saved.path + "/items",
                      first = saved["items"].items()[0]["id"].as_string();
    Json whole = saved.json;
    whole.set("title", "Outro");

    for (const Reply& refused :
         {api.patch(saved.path, {{"title", "Outro"}, {"validUntil", "2031-01-01"}}),
          api.put(saved.path, whole), api.post(items, item("Cadeira", 5)),
          api.patch(items + "/" + first, {{"quantity", 9}}), api.del(items + "/" + first)}) {
        EXPECT_EQ(refused.status, 409) << refused.shown();
        EXPECT_EQ(refused.code(), "proposal.locked") << refused.shown();
    }
    const Reply named = api.patch(saved.path, {{"title", "Outro"}, {"validUntil", "2031-01-01"}});
    EXPECT_EQ(named.problem("title"), "locked") << named.shown();
    EXPECT_EQ(named.problem("validUntil"), "locked");
    EXPECT_EQ(named.problem("notes"), "");
    EXPECT_EQ(api.get(saved.path)["version"], Json(2));
}

TEST_F(StatesTest, what_is_not_offered_changes_in_every_state) {
    api.post("/api/v1/custom-fields",
             {{"entity", "proposal"}, {"name", "Canal"}, {"key", "canal"}, {"type", "text"}});
    const Saved saved = accepted();
    const std::string colleague = company.user("sales").id;

    const Reply changed =
        api.patch(saved.path, {{"notes", "Ligar na segunda"},
                               {"assignedTo", colleague},
                               {"customFields", Json::object({{"canal", "Feira"}})}});
    const Reply same = api.put(saved.path, changed.body);

    EXPECT_EQ(changed.status, 200) << changed.shown();
    EXPECT_EQ(changed["customFields"]["canal"], Json("Feira"));
    EXPECT_EQ(same.status, 200) << same.shown();
    EXPECT_EQ(same["version"], changed["version"]);
}

TEST_F(StatesTest, bulks_leave_out_what_may_not_change_and_say_how_many) {
    const Saved draft = proposal(), gone = sent(), won = accepted();
    const Json all = ids({draft, gone, won});

    const Reply changed = bulk(Json::object(
        {{"action", "update"}, {"ids", all}, {"values", Json::object({{"title", "Muda"}})}}));
    const Reply noted = bulk(Json::object(
        {{"action", "update"}, {"ids", all}, {"values", Json::object({{"notes", "Ver"}})}}));
    const Reply deleted = bulk(Json::object({{"action", "delete"}, {"ids", all}}));

    EXPECT_EQ(changed["changed"], Json(1)) << changed.shown();
    EXPECT_EQ(changed["failed"], Json(2));
    EXPECT_EQ(changed["skipped"], Json(0));
    EXPECT_EQ(noted["changed"], Json(3)) << noted.shown();
    EXPECT_EQ(deleted["changed"], Json(2)) << deleted.shown();
    EXPECT_EQ(deleted["failed"], Json(1));
    EXPECT_EQ(api.get(won.path)["title"], Json("Mobília da loja"));
}

TEST_F(StatesTest, undo_leaves_what_was_sent_meanwhile_and_takes_back_the_rest) {
    const Saved one = proposal(), other = proposal();
    const Reply changed =
        bulk(Json::object({{"action", "update"},
                           {"ids", ids({one, other})},
                           {"values", Json::object({{"title", "Muda"}, {"notes", "Em massa"}})}}));
    api.post(other.path + "/send");

    const std::string path = "/api/v1/operations/" + changed.id();
    api.post(path + "/undo");
    const Reply undone = testing::finished(api, path);

    EXPECT_EQ(undone["undone"], Json(2)) << undone.shown();
    EXPECT_EQ(undone["kept"], Json(1));
    EXPECT_EQ(api.get(one.path)["title"], Json("Mobília da loja"));
    const Reply kept = api.get(other.path);
    EXPECT_EQ(kept["title"], Json("Muda"));
    EXPECT_TRUE(kept["notes"].is_null()) << kept.shown();
}

TEST_F(StatesTest, what_was_decided_is_deleted_only_once_it_is_reopened) {
    const Saved saved = accepted();

    const Reply refused = api.del(saved.path);
    api.post(saved.path + "/reopen");
    const Reply deleted = api.del(saved.path);

    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(refused.code(), "proposal.locked") << refused.shown();
    EXPECT_EQ(deleted.status, 204) << deleted.shown();
    EXPECT_EQ(api.del(sent().path).status, 204);
}

TEST_F(StatesTest, whoever_may_change_a_sent_one_revises_it) {
    testing::Api& sales = company.user("sales").api;
    const Saved theirs = ProposalBuilder(sales, contact().id).of({item("Mesa", 1)}).saved();
    sales.post(theirs.path + "/send");

    const Reply revised = sales.post(theirs.path + "/revise");
    const Reply changed = sales.patch(theirs.path, {{"title", "Segunda versão"}});
    const Reply twice = sales.post(theirs.path + "/revise");

    EXPECT_EQ(revised["status"], Json("draft")) << revised.shown();
    EXPECT_TRUE(revised["sentAt"].is_null());
    EXPECT_EQ(changed.status, 200) << changed.shown();
    EXPECT_EQ(twice.code(), "not_in_this_state");
}

// Where it is still yesterday a proposal until that day can be accepted, elsewhere no longer.
TEST_F(StatesTest, the_companys_day_decides_whether_one_has_expired) {
    const std::string day = format_time(start_of_day(now(), "Pacific/Pago_Pago", 0)).substr(0, 10);
    api.patch("/api/v1/tenant", {{"timezone", "Pacific/Pago_Pago"}});
    Saved saved = proposal(contact()).of({item("Mesa", 1)}).with("validUntil", day).saved();
    const Reply sent = api.post(saved.path + "/send");

    api.patch("/api/v1/tenant", {{"timezone", "Pacific/Kiritimati"}});
    const Reply expired = api.in_english().post(saved.path + "/accept");
    api.patch("/api/v1/tenant", {{"timezone", "Pacific/Pago_Pago"}});
    const Reply accepted = api.post(saved.path + "/accept");

    EXPECT_EQ(sent.status, 200) << sent.shown();
    EXPECT_EQ(expired.status, 409);
    EXPECT_EQ(expired.code(), "proposal.expired") << expired.shown();
    EXPECT_THAT(expired["title"].as_string(), ::testing::HasSubstr("lapsed"));
    EXPECT_EQ(accepted["status"], Json("accepted")) << accepted.shown();
}

TEST_F(StatesTest, an_expired_one_is_revised_extended_and_sent_again) {
    Saved saved =
        proposal(contact()).of({item("Mesa", 1)}).with("validUntil", "2020-01-31").saved();

    const Reply too_late = api.post(saved.path + "/send");
    const Reply rejected = api.post(saved.path + "/reject", {{"reason", "Venceu"}});
    api.post(saved.path + "/reopen");
    api.patch(saved.path, {{"validUntil", "2120-01-31"}});
    const Reply sent = api.post(saved.path + "/send");

    EXPECT_EQ(too_late.code(), "proposal.expired") << too_late.shown();
    EXPECT_EQ(rejected.status, 200) << rejected.shown();
    EXPECT_EQ(sent["status"], Json("sent")) << sent.shown();
}

TEST_F(StatesTest, screens_are_told_when_what_may_be_changed) {
    const Reply meta = api.get("/api/v1/meta/proposal");
    const Json draft = Json::object({{"field", "status"}, {"values", Json::array({"draft"})}});

    for (const Json& field : meta["fields"].items()) {
        const std::string& key = field["key"].as_string();
        const bool is_open = key == "notes" || key == "assignedTo" || key == "status";
        if (!field["readOnly"].as_bool()) {
            EXPECT_EQ(field["editableWhen"], is_open ? Json{} : draft) << key;
        }
    }
    EXPECT_EQ(meta["deletableWhen"]["values"], Json::array({"draft", "sent"}));
    for (const Json& action : meta["actions"].items()) {
        const std::string& name = action["name"].as_string();
        EXPECT_EQ(action["quiet"].as_bool(), name == "revise" || name == "reopen") << name;
    }
}

}  // namespace
}  // namespace ponte::sales
