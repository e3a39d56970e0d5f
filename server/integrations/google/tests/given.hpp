// What tests against a real OpenID provider begin with: the provider of tools/peers/oidc at
// Google's addresses, and somebody who walks through it as a browser would.
#pragma once

#include <map>
#include <string>

#include "kernel/integration.hpp"
#include "kernel/testing/given.hpp"
#include "kernel/testing/peer.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::google {

class ProviderTest : public ::testing::Test {
protected:
    struct House {
        testing::Peer peer{"oidc", "provider.mjs", {"http://ponte.exemplo/auth/google/callback"}};
        testing::Server server{settings()};
        House() {
            Integrations& known = integrations_of(server.services().settings);
            known.preset("GOOGLE_CLIENT_ID", "ponte");
            known.preset("GOOGLE_CLIENT_SECRET", "segredo-do-google");
            known.preset("GOOGLE_ISSUER", peer.url());
        }
    };
    static House& house() {
        static House one;
        return one;
    }
    static Settings settings() {
        Settings settings = testing::Server::usual_settings();
        settings.public_url = "http://ponte.exemplo";
        return settings;
    }

    // Follows the provider until it sends the browser back to us: what it says there.
    using Brought = std::map<std::string, std::string>;
    static Brought walk(std::string url, const std::string& who = "ana@exemplo.com") {
        testing::Api browser({}, house().peer.url());
        url += "&login_hint=" + http::url_encode(who);
        std::map<std::string, std::string> cookies;
        for (int steps = 0; steps < 12; ++steps) {
            const std::size_t host = url.find("//");
            const std::string target = host == url.npos ? url : url.substr(url.find('/', host + 2));
            std::string sent;
            for (const auto& [name, value] : cookies) {
                sent += (sent.empty() ? "" : "; ") + name + "=" + value;
            }
            const testing::Reply reply =
                browser.send("GET", target, {}, {{"Cookie", sent}, {"Accept", "text/html"}});
            for (const auto& [name, value] : reply.headers) {
                if (name == "set-cookie") {
                    const std::size_t equals = value.find('=');
                    cookies[value.substr(0, equals)] =
                        value.substr(equals + 1, value.find(';') - equals - 1);
                }
            }
            url = reply.header("location");
            if (url.starts_with("http://ponte.exemplo/")) {
                return parameters(url);
            }
            if (url.empty()) {
                ADD_FAILURE() << target << ": " << reply.shown();
                return {};
            }
        }
        ADD_FAILURE() << "they go round in circles";
        return {};
    }
    static Brought parameters(const std::string& url) {
        Brought brought;
        std::size_t begin = url.find('?') + 1;
        while (begin < url.size()) {
            const std::size_t end = std::min(url.find('&', begin), url.size()),
                              equals = url.find('=', begin);
            brought[url.substr(begin, equals - begin)] =
                http::url_decode(url.substr(equals + 1, end - equals - 1), true);
            begin = end + 1;
        }
        return brought;
    }

    testing::Company company{house().server.url()};
    testing::Api& api = company.api();
};

}  // namespace ponte::google
