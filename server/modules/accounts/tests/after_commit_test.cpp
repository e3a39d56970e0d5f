// What follows from a change follows from its commit: until then, and when there is none, this
// process remembers what it remembered.
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>

#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::accounts {
namespace {

using testing::Api;
using testing::Body;
using testing::Company;
using testing::Reply;
using testing::Server;

std::mutex told_mutex;
std::set<std::string> told;

bool was_told(const std::string& id) {
    const std::scoped_lock lock(told_mutex);
    return told.contains(id);
}

struct AfterCommitTest : ::testing::Test {
    Server server;
    AfterCommitTest() {
        server.services().sessions().on_revoked([](const Id& id) {
            const std::scoped_lock lock(told_mutex);
            told.insert(id.text());
        });
    }
    Api& sign_in_again(Company& company) {
        Api anybody({}, server.url());
        const Reply session = anybody.post(
            "/api/v1/auth/login",
            {{"email", company.admin().email}, {"password", company.admin().password}});
        elsewhere_ = std::make_unique<Api>(session["accessToken"].as_string(), server.url());
        return *elsewhere_;
    }
    std::string session_of(Api& api) {
        const Reply sessions = api.get("/api/v1/auth/sessions");
        for (const Json& one : sessions.data().items()) {
            if (one["current"].as_bool()) {
                return one["id"].as_string();
            }
        }
        throw std::runtime_error("no session is the current one: " + sessions.shown());
    }
    Reply change_password(Company& company, const std::string& key) {
        const Body body{{"currentPassword", company.admin().password},
                        {"newPassword", "outra-senha-bem-longa-2"}};
        return company.api().send("POST", "/api/v1/auth/password", body,
                                  {{"Idempotency-Key", key}});
    }

private:
    std::unique_ptr<Api> elsewhere_;
};

TEST_F(AfterCommitTest, a_password_that_is_not_changed_after_all_ends_no_session) {
    Company company(server.url());
    Api& elsewhere = sign_in_again(company);
    const std::string session = session_of(elsewhere), key = Id::make().text();
    Reply reply;

    // Somebody else is about to use the same key, and stays slower than the whole of the request.
    server.sql("begin");
    server.sql(
        "insert into idempotency_keys (tenant_id, user_id, key, request_hash, status, body) "
        "values ($1, $2, $3, 'other', 204, '')",
        {company.id(), company.admin().id, key});
    std::thread request([&] { reply = change_password(company, key); });
    const bool waits = testing::comes_true([&] {
        return server.number(
                   "select count(*) from pg_locks where not granted and "
                   "locktype = 'transactionid'") > 0;
    });
    const bool was_early = was_told(session);
    server.sql("commit");
    request.join();

    EXPECT_TRUE(waits);
    EXPECT_FALSE(was_early);
    EXPECT_EQ(reply.status, 409) << reply.shown();
    EXPECT_FALSE(was_told(session));
    EXPECT_EQ(elsewhere.get("/api/v1/auth/me").status, 200);
}

TEST_F(AfterCommitTest, a_changed_password_has_ended_the_other_sessions_when_it_answers) {
    Company company(server.url());
    Api& elsewhere = sign_in_again(company);
    const std::string session = session_of(elsewhere);

    const Reply reply = change_password(company, Id::make().text());

    EXPECT_EQ(reply.status, 204) << reply.shown();
    EXPECT_TRUE(was_told(session));
    EXPECT_EQ(elsewhere.get("/api/v1/auth/me").status, 401);
    EXPECT_EQ(company.api().get("/api/v1/auth/me").status, 200);
}

}  // namespace
}  // namespace ponte::accounts
