// One key, one request: what is sent again gets its first answer, anything else is refused, and
// what is kept of a request says nothing about it.
#include "kernel/auth.hpp"
#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::testing {
namespace {

struct IdempotencyTest : ApiTest {
    const std::string key = Id::make().text();
    Reply make(const std::string& json) {
        return api.send("POST", "/api/v1/contacts", Body(json, "application/json"),
                        {{"Idempotency-Key", key}});
    }
    Reply preview(const std::string& csv) {
        api.with("Idempotency-Key", key);
        return api.upload("/api/v1/imports/preview", {{"entity", "contact"}}, "pessoas.csv", csv);
    }
};

TEST_F(IdempotencyTest, the_order_of_members_is_nothing_that_was_asked) {
    const std::string phone = unique_phone();

    const Reply first = make(R"({"name":"Ana","phone":")" + phone + R"("})");
    const Reply again = make(R"({ "phone": ")" + phone + R"(", "name": "Ana" })");
    const Reply other = make(R"({"name":"Bia","phone":")" + phone + R"("})");

    ASSERT_EQ(first.status, 201) << first.shown();
    EXPECT_EQ(again.id(), first.id()) << again.shown();
    EXPECT_EQ(again.header("idempotency-replayed"), "true");
    EXPECT_EQ(other.status, 409);
    EXPECT_EQ(other.code(), "idempotency_key_reused");
}

TEST_F(IdempotencyTest, another_file_of_the_same_size_is_another_request) {
    const Reply first = preview("nome;telefone\nAna;11987654321\n");
    const Reply again = preview("nome;telefone\nAna;11987654321\n");
    const Reply other = preview("nome;telefone\nBia;11987654322\n");

    ASSERT_EQ(first.status, 200) << first.shown();
    EXPECT_EQ(again["uploadId"], first["uploadId"]);
    EXPECT_EQ(other.status, 409) << other.shown();
}

TEST_F(IdempotencyTest, what_is_kept_says_nothing_without_the_key) {
    const std::string json = R"({"name":"Ana","phone":")" + unique_phone() + R"("})";
    ASSERT_EQ(make(json).status, 201);

    const auto rows =
        server().sql("select request_hash from idempotency_keys where key = $1", {key});

    ASSERT_EQ(rows.size(), 1u);
    EXPECT_NE(rows[0][0], auth::digest("POST /api/v1/contacts?\n" + json));
}

}  // namespace
}  // namespace ponte::testing
