#include "kernel/testing/given.hpp"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <stdexcept>

#include "kernel/testing/server.hpp"

namespace ponte::testing {
namespace {

const std::string password_of_everybody = "uma-senha-bem-longa-1";
constexpr std::int64_t first_line = 10'000'000, lines = 89'999'999;

std::int64_t next_number() {
    static std::atomic<std::int64_t> number = 0;
    return ++number;
}

// Of the time and the process: programs run side by side, against one server at times.
const std::string& run_name() {
    static const std::string name = [] {
        const auto now =
            std::chrono::system_clock::now().time_since_epoch() / std::chrono::seconds(1);
        return std::to_string(now % 10'000'000) + std::to_string(getpid());
    }();
    return name;
}

Reply accepted(Reply reply, std::string_view what) {
    if (reply.status >= 300) {
        throw std::runtime_error(std::string(what) + " is refused: " + reply.shown());
    }
    return reply;
}

bool is_over(const std::string& state) {
    constexpr std::string_view on_the_way[] = {"queued", "running", "undoing"};
    return std::ranges::find(on_the_way, state) == std::end(on_the_way);
}

}  // namespace

std::string unique_name(std::string_view start) {
    return std::string(start) + " " + run_name() + "-" + std::to_string(next_number());
}

std::string unique_email() {
    return "p" + std::to_string(next_number()) + "." + run_name() + "@exemplo.com";
}

std::string unique_phone() {
    const std::int64_t start = std::hash<std::string>{}(run_name()) % lines;
    return "+55119" + std::to_string(first_line + (start + next_number()) % lines);
}

Company::Company(std::string url) : url_(url.empty() ? server().url() : std::move(url)) {
    const std::string email = unique_email();
    Api api({}, url_);
    const Body body{{"company", unique_name("Empresa")},
                    {"name", "Ana"},
                    {"email", email},
                    {"password", password_of_everybody}};
    const Reply session = accepted(api.post("/api/v1/auth/register", body), "a company");
    id_ = session["tenant"]["id"].as_string();
    people_.push_back(std::make_unique<Person>(Person{
        session["user"]["id"].as_string(), "Ana", email, password_of_everybody,
        session["refreshToken"].as_string(), Api(session["accessToken"].as_string(), url_)}));
}

Person& Company::user(const std::string& role) { return sign_in(role); }

Person& Company::with_rights(const Json& permissions) {
    const std::string name = "role_" + std::to_string(next_number());
    const Body role{{"name", name}, {"label", name}, {"permissions", permissions}};
    accepted(api().post("/api/v1/roles", role), "a role");
    return sign_in(name);
}

Person& Company::sign_in(const std::string& role) {
    const std::string email = unique_email(), name = "Rui " + std::to_string(people_.size());
    const Body user{
        {"name", name}, {"email", email}, {"role", role}, {"password", password_of_everybody}};
    accepted(api().post("/api/v1/users", user), "a colleague");
    Api signing_in({}, url_);
    const Body login{{"email", email}, {"password", password_of_everybody}};
    const Reply session = accepted(signing_in.post("/api/v1/auth/login", login), "signing in");
    people_.push_back(std::make_unique<Person>(Person{
        session["user"]["id"].as_string(), name, email, password_of_everybody,
        session["refreshToken"].as_string(), Api(session["accessToken"].as_string(), url_)}));
    return *people_.back();
}

Saved save(Api& api, const std::string& collection, const Json& values) {
    Reply reply = accepted(api.post(collection, values), "a record of " + collection);
    const std::string id = reply.id();
    return {id, collection + "/" + id, std::move(reply.body)};
}

std::vector<std::string> events_of(Api& api, const std::string& path) {
    const Reply reply = accepted(api.get(path + "/history?limit=100"), "the history");
    std::vector<std::string> names;
    for (const Json& entry : reply.data().items()) {
        names.push_back(entry["event"].as_string());
    }
    std::ranges::reverse(names);  // the API tells the newest first
    return names;
}

Reply finished(Api& api, const std::string& path) {
    Reply reply;
    const auto look = [&] {
        reply = accepted(api.get(path), path);
        return is_over(reply["state"].as_string());
    };
    if (!comes_true(look, std::chrono::milliseconds{120'000})) {
        throw std::runtime_error(path + " does not end: " + reply.shown());
    }
    return reply;
}

}  // namespace ponte::testing
