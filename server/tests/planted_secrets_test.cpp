// Secrets of every sort are planted in one company, and looked for wherever anything comes out:
// every answer, every table, every line of the log. What lies in no table lies in no backup.
#include <iostream>
#include <iterator>
#include <map>
#include <sstream>

#include "kernel/http/route_table.hpp"
#include "kernel/log.hpp"
#include "kernel/signature.hpp"
#include "tests/samples.hpp"

namespace ponte::testing {
namespace {

std::vector<std::string> words_of(const std::string& text) {
    std::istringstream in(text);
    return {std::istream_iterator<std::string>(in), {}};
}

class PlantedSecretsTest : public ::testing::Test {
protected:
    Company company;
    Samples samples{company, "plantada"};
    Api& api = company.api();
    std::map<std::string, std::string> planted;  // what it is, the secret

    void SetUp() override {
        ::testing::internal::CaptureStdout();
        log::set_level(log::Level::debug);
        samples.make_everything();
        plant();
    }
    void TearDown() override {
        log::set_level(log::Level::error);
        const std::string said = ::testing::internal::GetCapturedStdout();
        EXPECT_NE(said.find("/api/v1/webhooks"), std::string::npos) << "nothing was logged";
        for (const auto& [what, secret] : planted) {
            EXPECT_EQ(said.find(secret), std::string::npos) << what << " stands in the log";
        }
        if (HasFailure()) {
            std::cout << said;  // with what the test itself had to say
        }
    }

    void plant() {
        const std::string key(24, 'Z');
        planted["the key of a webhook"] = to_base64(key);
        planted["the password of the mail server"] = "Zarabatana-do-correio";
        planted["the key of SendGrid"] = "SG.Zarabatana";
        planted["somebody's password"] = "Zarabatana-da-Bia-9";
        planted["the address of a browser"] = "push-Zarabatana";
        post("/webhooks", {{"url", "https://exemplo.com.br/z"},
                           {"events", Json::array({"contact.*"})},
                           {"secret", "whsec_" + to_base64(key)}});
        api.patch("/api/v1/settings/mail",
                  {{"password", planted["the password of the mail server"]},
                   {"sendgridKey", planted["the key of SendGrid"]}});
        const Json bia = Json::object({{"name", "Bia"},
                                       {"email", unique_email()},
                                       {"role", "agent"},
                                       {"password", planted["somebody's password"]}});
        const Reply made = post("/users", bia);
        const Reply name =
            post("/api-keys", {{"name", "n8n"}, {"scopes", Json::array({"contacts.read"})}});
        planted["an API key"] = name["key"].as_string();
        const Reply factor = post("/auth/second-factor", {{"password", company.admin().password}});
        planted["the seed of a second factor"] = factor["secret"].as_string();
        const Reply link = post("/users/" + made.id() + "/password-reset", Json::object());
        const std::string& path = link["path"].as_string();
        planted["the token of a link"] = path.substr(path.find("token=") + 6);
        Api anybody;
        const Reply session =
            anybody.post("/api/v1/auth/login",
                         {{"email", bia["email"]}, {"password", planted["somebody's password"]}});
        planted["a refresh token"] = session["refreshToken"].as_string();
        planted["an access token"] = session["accessToken"].as_string();
        post("/notifications/push",
             {{"endpoint", "https://push.exemplo.com.br/push-Zarabatana"},
              {"p256dh",
               "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoI"
               "Aiw4"},
              {"auth", "BTBZMqHH6r4Tts7J_aSIgg"}});
        for (const auto& [what, secret] : planted) {
            EXPECT_GE(secret.size(), 8u) << what << " was not planted";
        }
    }
    Reply post(const std::string& path, const Body& body) {
        const Reply reply = api.post("/api/v1" + path, body);
        EXPECT_LT(reply.status, 300) << path << ": " << reply.shown();
        return reply;
    }
    void expect_none(const std::string& text, const std::string& where) {
        for (const auto& [what, secret] : planted) {
            EXPECT_EQ(text.find(secret), std::string::npos) << what << " stands in " << where;
        }
    }
    // Every record behind each word of an address.
    std::vector<std::string> targets(const Route& route) {
        const std::string pattern = "/api/v1" + with_names(route.pattern);
        const std::size_t brace = pattern.find('{');
        if (brace == std::string::npos) {
            return {pattern};
        }
        std::vector<std::string> all;
        const std::size_t start = pattern.rfind('/', brace - 2) + 1;
        const std::string table = table_of(pattern.substr(start, brace - 1 - start));
        const std::string rest = pattern.substr(pattern.find('}', brace) + 1);
        if (rest.find('{') != std::string::npos) {
            return all;  // a part: its whole is told with it
        }
        for (const std::string& id : words_of(
                 server().value("select string_agg(id::text, ' ') from (select id from " + table +
                                    " where tenant_id = $1 order by id desc limit 20) t",
                                {company.id()}))) {
            all.push_back(pattern.substr(0, brace) + id + rest);
        }
        return all;
    }
};

TEST_F(PlantedSecretsTest, come_out_nowhere) {
    std::size_t asked = 0;
    for (const auto& route : server().services().routes().all()) {
        if (route->method != "GET") {
            continue;
        }
        for (const std::string& target : targets(*route)) {
            const std::string query = target.ends_with("/search") ? "?q=Zarabatana" : "";
            expect_none(api.get(target + query).text, "GET " + target);
            ++asked;
        }
    }
    EXPECT_GT(asked, 150u);
    const std::string tables = server().value(
        "select string_agg(c.oid::regclass::text, ' ') from pg_class c "
        "where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'");
    for (const std::string& table : words_of(tables)) {
        for (const auto& [what, secret] : planted) {
            EXPECT_EQ(server().value(
                          "select count(*) from " + table + " t where position($1 in t::text) > 0",
                          {secret}),
                      "0")
                << what << " stands in the table " << table;
        }
    }
}

}  // namespace
}  // namespace ponte::testing
