// What tests of connections begin with: a server whose Google is a double on the loopback, which
// answers as it is told and remembers what it was asked.
#pragma once

#include <string>

#include "kernel/integration.hpp"
#include "kernel/testing/given.hpp"
#include "kernel/testing/receiver.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::connections {

constexpr const char* connections_path = "/api/v1/connections";
constexpr const char* analytics = "https://www.googleapis.com/auth/analytics.readonly";

// As the installation knows Google, at another place.
inline void know_google_at(testing::Server& server, const std::string& base) {
    Integrations& known = integrations_of(server.services().settings);
    known.preset("GOOGLE_CLIENT_ID", "ponte");
    known.preset("GOOGLE_CLIENT_SECRET", "segredo-do-google");
    known.preset("GOOGLE_ISSUER", base);
}

inline std::string parameter(const std::string& url, const std::string& name) {
    const std::size_t begin = url.find(name + "=");
    if (begin == url.npos) {
        return {};
    }
    const std::size_t from = begin + name.size() + 1;
    return http::url_decode(url.substr(from, url.find('&', from) - from), true);
}

class ConnectionTest : public ::testing::Test {
protected:
    ConnectionTest() { google.answer_with(answers()); }

    static Settings settings() {
        Settings settings = testing::Server::usual_settings();
        settings.public_url = "http://ponte.exemplo";
        return settings;
    }
    struct House {
        testing::Receiver google;
        testing::Server server{settings()};
        House() { know_google_at(server, google.url("")); }
    };
    static House& house() {
        static House one;
        return one;
    }

    static Json tokens_of(const std::string& access, const std::string& refresh,
                          const std::string& scope = std::string("openid ") + analytics) {
        Json tokens = Json::object({{"access_token", access},
                                    {"expires_in", 3599},
                                    {"scope", scope},
                                    {"token_type", "Bearer"}});
        if (!refresh.empty()) {
            tokens.set("refresh_token", refresh);
        }
        return tokens;
    }
    static testing::Receiver::Answer answers(const Json& tokens = tokens_of("ya29.acesso",
                                                                            "1//renova")) {
        return [tokens](const testing::Got& got) -> testing::Answering {
            if (got.target == "/token") {
                return {200, {"Content-Type: application/json"}, tokens.dump()};
            }
            return {200, {"Content-Type: application/json"}, "{\"email\":\"ana@exemplo.com\"}"};
        };
    }
    static testing::Receiver::Answer refusing(int status, const std::string& error) {
        return [status, error](const testing::Got& got) -> testing::Answering {
            if (got.target == "/token") {
                return {status, {}, Json::object({{"error", error}}).dump()};
            }
            return {200, {}, "{}"};
        };
    }

    std::string made(Json settings = Json::object()) {
        const testing::Reply reply =
            api.post(connections_path, {{"integration", "google"}, {"settings", settings}});
        EXPECT_EQ(reply.status, 201) << reply.shown();
        return std::string(connections_path) + "/" + reply.id();
    }
    std::string way(const std::string& path) {
        const testing::Reply reply = api.post(path + "/authorize");
        EXPECT_EQ(reply.status, 200) << reply.shown();
        return reply["url"].as_string();
    }
    testing::Reply come_back(const std::string& url,
                             Json more = Json::object({{"code", "4/codigo"}})) {
        more.set("state", parameter(url, "state"));
        return api.post(std::string(connections_path) + "/callback", more);
    }
    std::string connected() {
        const std::string path = made();
        come_back(way(path));
        until_state(path, "connected");
        testing::until([&] { return api.get(path)["account"].is_string(); }, "whose account");
        return path;
    }
    void until_state(const std::string& path, const std::string& state) {
        testing::until([&] { return api.get(path)["state"] == Json(state); }, state);
    }
    void until_problem(const std::string& path, const std::string& problem) {
        testing::until([&] { return api.get(path)["problem"] == Json(problem); }, problem);
    }
    // Its token has ended by now.
    void let_token_end(const std::string& path) {
        house().server.sql(
            "update connection_secrets set expires_at = now() - interval '1 minute' "
            "where kind = 'tokens' and connection_id = $1",
            {id_of(path)});
    }
    static std::string id_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }
    std::vector<testing::Got> asked(const std::string& target, std::size_t from = 0) {
        std::vector<testing::Got> found;
        const auto all = google.got();
        for (std::size_t i = from; i < all.size(); ++i) {
            if (all[i].target == target) {
                found.push_back(all[i]);
            }
        }
        return found;
    }

    testing::Receiver& google = house().google;
    testing::Company company{house().server.url()};
    testing::Api& api = company.api();
};

}  // namespace ponte::connections
