// The audit: what must be answered for is told, to who may know, and nobody rewrites it unseen.
#include <gmock/gmock.h>

#include <set>

#include "kernel/audit/anchor.hpp"
#include "kernel/audit/verify.hpp"
#include "kernel/testing/wait.hpp"
#include "modules/accounts/tests/given.hpp"

namespace ponte::testing {
namespace {

using audit::Fault;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* contacts = "/api/v1/contacts";

Json contact() { return Json::object({{"name", "Ana Souza"}, {"phone", unique_phone()}}); }

class AuditTest : public ApiTest {
protected:
    std::vector<Json> entries(const std::string& query = {}) {
        const Reply page = api.get("/api/v1/audit?limit=100" + query);
        EXPECT_EQ(page.status, 200) << page.shown();
        return page.data().items();
    }
    // The newest of this name, once it is entered.
    Json entry(const std::string& event) {
        Json found;
        until(
            [&] {
                const auto told = entries("&event=" + event);
                found = told.empty() ? Json{} : told.front();
                return !told.empty();
            },
            "the entry " + event);
        return found;
    }
    audit::Verdict verdict(const std::vector<audit::Anchor>& anchors = {}) {
        return wait_for(server().loop(), audit::verify(server().services(), server().loop(),
                                                       *Id::parse(company.id()), anchors));
    }
    // A contact, changed once, and both entered; the number of the entry of its change.
    std::int64_t changed_contact() {
        const Saved saved = save(api, contacts, contact());
        EXPECT_EQ(api.patch(saved.path, {{"name", "Beatriz"}}).status, 200);
        contact_ = saved.id;
        return entry("contact.updated")["number"].as_integer();
    }
    void spoil(const std::string& sql) { server().sql(sql, {company.id(), contact_}); }

    std::string contact_;
};

TEST_F(AuditTest, a_change_is_told_with_who_what_before_and_after_and_whence) {
    api.with("User-Agent", "Navegador 1.0");
    const Saved saved = save(api, contacts, contact());
    ASSERT_EQ(api.patch(saved.path, {{"name", "Beatriz"}}).status, 200);

    const Json told = entry("contact.updated");

    EXPECT_EQ(told["actor"]["id"].as_string(), company.admin().id);
    EXPECT_EQ(told["record"]["id"].as_string(), saved.id);
    EXPECT_EQ(told["record"]["title"].as_string(), "Beatriz");
    EXPECT_EQ(told["changes"]["name"]["from"].as_string(), "Ana Souza");
    EXPECT_EQ(told["changes"]["name"]["to"].as_string(), "Beatriz");
    EXPECT_EQ(told["address"].as_string(), "127.0.0.1");
    EXPECT_EQ(told["agent"].as_string(), "Navegador 1.0");
    EXPECT_TRUE(told["key"].is_null());
}

TEST_F(AuditTest, who_came_in_and_who_did_not_is_told) {
    Person& colleague = company.user("agent");
    Api stranger;
    ASSERT_EQ(stranger
                  .post("/api/v1/auth/login",
                        {{"email", colleague.email}, {"password", "nao-e-esta-senha-1"}})
                  .status,
              401);
    ASSERT_EQ(colleague.api.post("/api/v1/auth/logout").status, 204);

    const Json refused = entry("user.sign_in_refused");
    EXPECT_TRUE(refused["actor"].is_null());
    EXPECT_EQ(refused["record"]["id"].as_string(), colleague.id);
    EXPECT_EQ(refused["details"]["why"], Json("password"));
    EXPECT_EQ(refused["address"], Json("127.0.0.1"));
    until([&] { return entries("&event=user.signed_in&actorId=" + colleague.id).size() == 1; });
    EXPECT_EQ(entry("session.revoked")["changes"]["why"], Json("logout"));
}

TEST_F(AuditTest, passwords_roles_and_keys_are_told_and_no_secret_is) {
    Person& colleague = company.user("agent");
    const std::string wanted = "outra-senha-bem-longa-2";
    ASSERT_EQ(colleague.api
                  .post("/api/v1/auth/password",
                        {{"currentPassword", colleague.password}, {"newPassword", wanted}})
                  .status,
              204);
    ASSERT_EQ(api.patch("/api/v1/users/" + colleague.id, {{"role", "sales"}}).status, 200);
    const Reply link = api.post("/api/v1/users/" + colleague.id + "/password-reset");
    ASSERT_EQ(link.status, 201);
    accounts::MadeKey made = accounts::make_key(api, {"contacts.*"});
    ASSERT_EQ(made.api.post(contacts, contact()).status, 201);
    ASSERT_EQ(api.del(made.path).status, 204);

    EXPECT_EQ(entry("user.password_changed")["actor"]["id"].as_string(), colleague.id);
    EXPECT_EQ(entry("user.updated")["changes"]["role"]["to"], Json("sales"));
    entry("user.password_link_made");
    entry("api_key.created");
    EXPECT_EQ(entry("api_key.new_address")["key"]["id"].as_string(), made.id);
    EXPECT_EQ(entry("contact.created")["key"]["name"], Json("Loja virtual"));
    entry("api_key.revoked");
    std::string all;
    for (const Json& one : entries()) {
        all += one.dump();
    }
    const std::string path = link["path"].as_string();
    for (const std::string& secret :
         {made.key, wanted, colleague.password, path.substr(path.find('=') + 1)}) {
        EXPECT_THAT(all, Not(HasSubstr(secret)));
    }
}

TEST_F(AuditTest, a_bulk_is_told_once_with_who_began_it) {
    const Saved saved = save(api, contacts, contact());
    const Json values = Json::object({{"company", "Ponte"}});
    const Reply started =
        api.post("/api/v1/contacts/bulk",
                 {{"action", "update"}, {"ids", Json::array({saved.id})}, {"values", values}});
    ASSERT_EQ(started.status, 202) << started.shown();
    finished(api, "/api/v1/operations/" + started.id());

    const Json told = entry("operation.started");
    EXPECT_EQ(told["details"]["of"], Json("contact"));
    EXPECT_EQ(told["record"]["id"].as_string(), started.id());
    EXPECT_EQ(entry("contact.bulk")["changes"]["count"], Json(1));
    EXPECT_FALSE(verdict().fault);
}

TEST_F(AuditTest, is_asked_by_what_when_and_whom) {
    const Saved one = save(api, contacts, contact());
    save(api, contacts, contact());
    Person& colleague = company.user("agent");
    const std::string entrance = "&actorId=" + colleague.id + "&event=user.signed_in";
    until([&] { return entries(entrance).size() == 1; });
    until([&] { return entries("&entity=contact").size() == 2; });

    EXPECT_EQ(entries("&entity=contact&entityId=" + one.id).size(), 1u);
    EXPECT_EQ(entries("&event=contact.created").size(), 2u);
    EXPECT_EQ(entries(entrance + "&entityId=" + one.id).size(), 0u);
    EXPECT_EQ(entries("&from=2099-01-01T00:00:00Z").size(), 0u);
    EXPECT_EQ(entries("&to=2020-01-01T00:00:00Z").size(), 0u);
    // A day is whole, and begins where the company is.
    const Time here = start_of_day(now(), "America/Sao_Paulo", 0);
    const std::string today = format_time(here).substr(0, 10);
    EXPECT_EQ(entries("&entity=contact&from=" + today + "&to=" + today).size(), 2u);
    EXPECT_EQ(entries("&entity=contact&from=2099-01-01").size(), 0u);
    EXPECT_EQ(entries("&entity=contact&to=2020-01-01").size(), 0u);
    for (const char* wrong : {"entityId=7", "from=ontem", "planet=1", "limit=x"}) {
        EXPECT_EQ(api.get(std::string("/api/v1/audit?") + wrong).status, 400) << wrong;
    }
}

TEST_F(AuditTest, pages_go_on_where_the_last_ended) {
    for (int i = 0; i < 5; ++i) {
        save(api, contacts, contact());
    }
    until([&] { return entries("&entity=contact").size() == 5; });

    std::set<std::int64_t> numbers;
    std::string cursor;
    int pages = 0;
    do {
        const Reply page = api.get("/api/v1/audit?entity=contact&limit=2&cursor=" + cursor);
        for (const Json& told : page.data().items()) {
            numbers.insert(told["number"].as_integer());
        }
        cursor = page["pagination"]["nextCursor"].as_string();
        ++pages;
    } while (!cursor.empty());

    EXPECT_EQ(numbers.size(), 5u);
    EXPECT_EQ(pages, 3);
}

TEST_F(AuditTest, only_administrators_see_it_and_each_company_its_own) {
    const Saved saved = save(api, contacts, contact());
    entry("contact.created");
    Company other;
    for (const char* role : {"supervisor", "agent", "sales", "readonly"}) {
        Api colleague = company.user(role).api;
        EXPECT_EQ(colleague.get("/api/v1/audit").status, 403) << role;
        EXPECT_EQ(colleague.get("/api/v1/audit/chain").status, 403) << role;
    }

    EXPECT_EQ(other.api().get("/api/v1/audit?entityId=" + saved.id).data().items().size(), 0u);
    Api auditor =
        company.with_rights(Json::object({{"audit", Json::object({{"read", "all"}})}})).api;
    EXPECT_EQ(auditor.get("/api/v1/audit").status, 200);
}

TEST_F(AuditTest, what_is_as_it_was_is_found_so) {
    changed_contact();

    const auto found = verdict();

    EXPECT_FALSE(found.fault) << audit::in_words(*found.fault) << " " << found.number;
    EXPECT_GE(found.entries, 4);
    const Reply chain = api.get("/api/v1/audit/chain");
    EXPECT_GE(chain["number"].as_integer(), found.entries);
    EXPECT_TRUE(audit::anchor_in(chain["anchor"].as_string(), server().services().keys.seal_key));
}

// As whoever owns the database could, one thing at a time.
TEST_F(AuditTest, an_event_that_was_changed_is_named) {
    const std::int64_t number = changed_contact();

    spoil(
        "update events set changes = '{\"name\": {\"from\": \"Ana Souza\", \"to\": \"Bia\"}}' "
        "where tenant_id = $1 and entity_id = $2 and name = 'contact.updated'");

    EXPECT_EQ(verdict().fault, Fault::event_changed);
    EXPECT_EQ(verdict().number, number);
    EXPECT_EQ(verdict().what, "contact.updated");
}

TEST_F(AuditTest, an_event_that_was_taken_out_is_named) {
    const std::int64_t number = changed_contact();

    spoil(
        "delete from events where tenant_id = $1 and entity_id = $2 and name = "
        "'contact.updated'");

    EXPECT_EQ(verdict().fault, Fault::event_missing);
    EXPECT_EQ(verdict().number, number);
}

TEST_F(AuditTest, an_event_that_was_put_in_is_named) {
    changed_contact();

    spoil(
        "insert into events (tenant_id, name, entity, entity_id, transaction) "
        "values ($1, 'contact.deleted', 'contact', $2::uuid, '1')");

    EXPECT_EQ(verdict().fault, Fault::event_put_in);
    EXPECT_THAT(verdict().what, HasSubstr("contact.deleted"));
}

TEST_F(AuditTest, an_entry_that_was_changed_is_named) {
    const std::int64_t number = changed_contact();

    spoil(
        "update audit_entries set actor_id = $2::uuid where tenant_id = $1 "
        "and name = 'contact.updated'");

    EXPECT_EQ(verdict().fault, Fault::entry_changed);
    EXPECT_EQ(verdict().number, number);
}

TEST_F(AuditTest, an_entry_that_was_taken_out_is_named) {
    const std::int64_t number = changed_contact();
    save(api, contacts, contact());
    until([&] { return entries("&event=contact.created").size() == 2; });

    spoil(
        "delete from audit_entries where tenant_id = $1 and entity_id = $2::uuid "
        "and name = 'contact.updated'");

    EXPECT_EQ(verdict().fault, Fault::entry_missing);
    EXPECT_EQ(verdict().number, number);
}

TEST_F(AuditTest, an_end_that_was_taken_away_is_named) {
    const std::int64_t number = changed_contact();

    spoil(
        "delete from audit_entries where tenant_id = $1 and entity_id = $2::uuid "
        "and name = 'contact.updated'");

    EXPECT_EQ(verdict().fault, Fault::end_missing);
    EXPECT_EQ(verdict().number, number);
}

// Who takes the end away and says that it ended there: only what was kept outside tells.
TEST_F(AuditTest, an_anchor_tells_of_an_end_that_was_taken_away_whole) {
    changed_contact();
    const auto anchor = audit::anchor_in(api.get("/api/v1/audit/chain")["anchor"].as_string(),
                                         server().services().keys.seal_key);
    ASSERT_TRUE(anchor);
    ASSERT_FALSE(verdict({*anchor}).fault);

    spoil(
        "delete from audit_entries where tenant_id = $1 and entity_id = $2::uuid "
        "and name = 'contact.updated'");
    spoil(
        "delete from events where tenant_id = $1 and entity_id = $2::uuid "
        "and name = 'contact.updated'");
    spoil(
        "update audit_chains c set number = e.number, hash = e.hash from audit_entries e "
        "where c.tenant_id = $1 and $2 <> '' and e.tenant_id = c.tenant_id "
        "and e.number = c.number - 1");

    EXPECT_FALSE(verdict().fault);
    EXPECT_EQ(verdict({*anchor}).fault, Fault::end_missing);
}

TEST_F(AuditTest, a_part_of_a_bulk_that_was_changed_is_named) {
    const Saved saved = save(api, contacts, contact());
    contact_ = saved.id;
    const Json values = Json::object({{"company", "Ponte"}});
    const Reply started =
        api.post("/api/v1/contacts/bulk",
                 {{"action", "update"}, {"ids", Json::array({saved.id})}, {"values", values}});
    finished(api, "/api/v1/operations/" + started.id());
    const Json told = entry("contact.bulk");
    ASSERT_FALSE(verdict().fault);

    spoil(
        "update events set changes = '{}' where tenant_id = $1 and entity_id = $2::uuid "
        "and is_quiet");

    EXPECT_EQ(verdict().fault, Fault::batch_changed);
    EXPECT_EQ(verdict().number, told["number"].as_integer());
}

TEST(AuditNodesTest, two_nodes_enter_each_event_once_and_in_order) {
    Server first{Server::settings_of_a_node()};
    Server second{first, Server::settings_of_a_node()};
    Company company{first.url()};
    Api there(company.api().token(), second.url());
    for (int i = 0; i < 20; ++i) {
        save(i % 2 ? there : company.api(), contacts, contact());
    }
    until([&] {
        return first.number(
                   "select count(*) from audit_entries where tenant_id = $1 "
                   "and name = 'contact.created'",
                   {company.id()}) == 20;
    });

    const auto found = wait_for(
        first.loop(), audit::verify(first.services(), first.loop(), *Id::parse(company.id()), {}));
    EXPECT_FALSE(found.fault);
    EXPECT_EQ(
        first.number("select count(distinct sequence) from audit_entries where tenant_id = $1 "
                     "and not is_fact",
                     {company.id()}),
        first.number("select count(*) from events where tenant_id = $1 and not is_quiet",
                     {company.id()}));
}

}  // namespace
}  // namespace ponte::testing
