// Somebody who exports.
#pragma once

#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::testing {

struct ExportingTest : ApiTest {
    Saved contact(std::initializer_list<Json::Member> values) {
        Json all = Json::object({{"name", "Ana Souza"}, {"phone", unique_phone()}});
        for (const auto& [name, value] : values) {
            all.set(name, value);
        }
        return save(api, "/api/v1/contacts", all);
    }
    static std::string path_of(const Reply& started) {
        EXPECT_EQ(started.status, 202) << started.shown();
        return "/api/v1/exports/" + started.id();
    }
    // The file, once it is ready.
    static std::string file_of(Api& asker, const Json& body) {
        const std::string path = path_of(asker.post("/api/v1/exports", body));
        const Reply done = finished(asker, path);
        EXPECT_EQ(done["state"], Json("done")) << done.shown();
        const Reply file = asker.get(path + "/content");
        EXPECT_EQ(file.status, 200) << file.shown();
        return file.text;
    }
    std::string csv(const Json::Array& columns) {
        return file_of(api, Json::object({{"entity", "contact"},
                                          {"format", "csv"},
                                          {"sort", "name"},
                                          {"columns", Json(columns)}}));
    }
    Person& somebody(const char* read, const char* allowed) {
        return company.with_rights(Json::object(
            {{"contacts",
              Json::object({{"read", read}, {"create", "all"}, {"export", allowed}})}}));
    }
    void give(const Person& person, const Json& rights) {
        const std::string role = api.get("/api/v1/users/" + person.id)["role"].as_string();
        const Reply roles = api.get("/api/v1/roles?limit=100");
        for (const Json& one : roles.data().items()) {
            if (one["name"] == Json(role)) {
                const Reply changed =
                    api.patch("/api/v1/roles/" + one["id"].as_string(), {{"permissions", rights}});
                EXPECT_EQ(changed.status, 200) << changed.shown();
            }
        }
    }
    Api again(const Person& person) {
        Api signing_in;
        const Reply session = signing_in.post(
            "/api/v1/auth/login", {{"email", person.email}, {"password", person.password}});
        return Api(session["accessToken"].as_string());
    }
};

}  // namespace ponte::testing
