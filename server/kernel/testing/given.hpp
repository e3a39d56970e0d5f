// What tests begin with: a company of their own, its people, and the base of every builder. A
// module adds its builders in tests/given.hpp:
//
//     struct ContactBuilder : testing::Builder<ContactBuilder> {
//         explicit ContactBuilder(testing::Api& api) : Builder(api, "/api/v1/contacts") {
//             with("name", "Ana Souza").with("phone", testing::unique_phone());
//         }
//         ContactBuilder& named(std::string name) { return with("name", std::move(name)); }
//     };
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/testing/api.hpp"

namespace ponte::testing {

// No two alike in a test program, whatever runs beside it.
std::string unique_name(std::string_view start);  // "Empresa 7f3k2-1"
std::string unique_email();
std::string unique_phone();  // "+5511912345678"

// Somebody who is signed in.
struct Person {
    std::string id, name, email, password, refresh_token;
    Api api;
};

// A company of its own: registered over the API, its administrator signed in.
class Company {
public:
    explicit Company(std::string url = {});  // without a url: the server of this program

    const std::string& id() const { return id_; }
    Person& admin() { return *people_.front(); }
    Api& api() { return admin().api; }
    // A colleague with this role, signed in. Asked twice, there are two of them.
    Person& user(const std::string& role);
    // A role with exactly these rights, and somebody who has it:
    // with_rights({{"contacts", Json::object({{"read", "own"}})}}).
    Person& with_rights(const Json& permissions);
    const std::string& url() const { return url_; }

private:
    Person& sign_in(const std::string& role);

    std::string id_, url_;
    std::vector<std::unique_ptr<Person>> people_;
};

// A record as the API answered when it was made.
struct Saved {
    std::string id, path;  // "/api/v1/contacts/018f…"
    Json json;
    const Json& operator[](std::string_view key) const { return json[key]; }
};

// Makes a record through the API; throws when it is refused, since a test that wants a refusal asks
// the API itself.
Saved save(Api& api, const std::string& collection, const Json& values);

template <class Self>
class Builder {
public:
    Builder(Api& api, std::string collection) : api_(api), collection_(std::move(collection)) {}
    Self& with(std::string_view field, Json value) {
        values_.set(field, std::move(value));
        return static_cast<Self&>(*this);
    }
    const Json& values() const { return values_; }
    Saved saved() const { return save(api_, collection_, values_); }

private:
    Api& api_;
    std::string collection_;
    Json values_ = Json::object();
};

// Names of a record's events, oldest first, as its history tells them.
std::vector<std::string> events_of(Api& api, const std::string& path);
inline std::vector<std::string> events_of(Api& api, const Saved& saved) {
    return events_of(api, saved.path);
}

// Waits until an import, operation or job at `path` is over; its last answer.
Reply finished(Api& api, const std::string& path);

// Every test its own company; `api` is the administrator's.
class ApiTest : public ::testing::Test {
protected:
    Company company;
    Api& api = company.api();
    std::vector<std::string> events_of(const std::string& path) {
        return testing::events_of(api, path);
    }
    std::vector<std::string> events_of(const Saved& saved) {
        return testing::events_of(api, saved.path);
    }
};

}  // namespace ponte::testing
