// What tests of customers begin with: given.contact().named("Ana").with_phone("+5511…").saved().
#pragma once

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::customers {

struct ContactBuilder : testing::Builder<ContactBuilder> {
    explicit ContactBuilder(testing::Api& api) : Builder(api, "/api/v1/contacts") {
        with("name", "Ana Souza").with("phone", testing::unique_phone());
    }
    ContactBuilder& named(std::string name) { return with("name", std::move(name)); }
    ContactBuilder& with_phone(std::string phone) { return with("phone", std::move(phone)); }
    ContactBuilder& with_email(std::string email) { return with("email", std::move(email)); }
    ContactBuilder& of_company(std::string name) { return with("company", std::move(name)); }
    ContactBuilder& with_status(std::string status) { return with("status", std::move(status)); }
    ContactBuilder& owned_by(std::string user) { return with("assignedTo", std::move(user)); }
    ContactBuilder& tagged(Json::Array tags) { return with("tags", std::move(tags)); }
    ContactBuilder& with_custom(Json values) { return with("customFields", std::move(values)); }
};

struct NoteBuilder : testing::Builder<NoteBuilder> {
    NoteBuilder(testing::Api& api, const testing::Saved& contact) : Builder(api, "/api/v1/notes") {
        with("contactId", contact.id).with("body", "Pediu uma proposta.");
    }
    NoteBuilder& saying(std::string body) { return with("body", std::move(body)); }
};

struct TagBuilder : testing::Builder<TagBuilder> {
    explicit TagBuilder(testing::Api& api) : Builder(api, "/api/v1/tags") {
        with("name", testing::unique_name("etiqueta"));
    }
    TagBuilder& named(std::string name) { return with("name", std::move(name)); }
};

struct CustomFieldBuilder : testing::Builder<CustomFieldBuilder> {
    CustomFieldBuilder(testing::Api& api, std::string key, std::string type)
        : Builder(api, "/api/v1/custom-fields") {
        with("entity", "contact").with("key", key).with("name", key).with("type", std::move(type));
    }
    CustomFieldBuilder& with_options(Json::Array options) {
        return with("options", std::move(options));
    }
};

class CustomersTest : public testing::ApiTest {
protected:
    struct Given {
        testing::Api& api;
        ContactBuilder contact() { return ContactBuilder(api); }
        NoteBuilder note(const testing::Saved& about) { return NoteBuilder(api, about); }
        TagBuilder tag() { return TagBuilder(api); }
        CustomFieldBuilder custom_field(std::string key, std::string type) {
            return CustomFieldBuilder(api, std::move(key), std::move(type));
        }
    };
    Given given{api};

    // The names of the records that a list answers, in its order.
    std::vector<std::string> names_in(const std::string& target) {
        const testing::Reply reply = api.get(target);
        EXPECT_EQ(reply.status, 200) << reply.shown();
        std::vector<std::string> names;
        for (const Json& one : reply.data().items()) {
            names.push_back(one["name"].as_string());
        }
        return names;
    }
};

}  // namespace ponte::customers
