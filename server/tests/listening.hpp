// Somebody who hears what happens while they are there.
#pragma once

#include "kernel/testing/given.hpp"
#include "kernel/testing/wait.hpp"

namespace ponte::testing {

// The socket's polling transport, as plain requests.
struct Listening {
    Api& api;
    std::string path = "/socket.io/?EIO=4&transport=polling";
    explicit Listening(Person& person) : api(person.api) {
        const std::string opened = api.get(path).text;
        path += "&sid=" + Json::parse(opened.substr(1))["sid"].as_string();
        api.send("POST", path, Body("40{\"token\":\"" + api.token() + "\"}", "text/plain"));
    }
    std::string heard(const std::string& name) {
        std::string all;
        const auto has_come = [&] {
            const std::string piece = api.get(path).text;
            all += piece;
            if (piece == "2") {
                api.send("POST", path, Body("3", "text/plain"));
            }
            return all.find(name) != std::string::npos;
        };
        EXPECT_TRUE(comes_true(has_come)) << all;
        return all;
    }
};

}  // namespace ponte::testing
