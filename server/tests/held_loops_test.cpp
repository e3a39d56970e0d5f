// One request must not hold everybody up: each route gets the largest bodies that are read, of each
// kind, in each of its properties, and no loop may compute for long without turning to others.
#include "kernel/loop_watch.hpp"
#include "kernel/testing/given.hpp"
#include "tests/contract.hpp"
#include "tests/json_schema.hpp"
#include "tests/samples.hpp"

namespace ponte::testing {
namespace {

constexpr std::size_t nearly_all = 1'000'000;  // of the megabyte that a body may have

// What a megabyte can be: one text, many texts, many members, numbers, lists in lists.
const std::vector<std::pair<std::string, std::string>>& largest_values() {
    static const auto all = [] {
        std::vector<std::pair<std::string, std::string>> values;
        values.emplace_back("text", '"' + std::string(nearly_all, 'a') + '"');
        std::string texts = "[\"x0\"", members = "{\"m0\":0", lists = "[[]";
        for (int i = 1; texts.size() < nearly_all; ++i) {
            texts += ",\"x" + std::to_string(i) + '"';
        }
        for (int i = 1; members.size() < nearly_all; ++i) {
            members += ",\"m" + std::to_string(i) + "\":{}";
        }
        while (lists.size() < nearly_all) {
            lists += ",[]";
        }
        values.emplace_back("texts", texts + ']');
        values.emplace_back("members", members + '}');
        values.emplace_back("lists", lists + ']');
        return values;
    }();
    return all;
}

std::vector<std::string> properties_of(const JsonSchema& schemas, const Json& schema) {
    std::vector<std::string> names;
    for (const auto& [name, member] : schemas.resolved(schema)["properties"].members()) {
        names.push_back(name);
    }
    return names;
}

constexpr bool is_instrumented() {
#if __has_feature(address_sanitizer)
    return true;
#else
    return false;
#endif
}

struct HeldLoopsTest : ApiTest {
    // With the id of a record that is there, so that the body is read.
    std::string target(const Operation& operation) {
        std::string path = operation.path;
        for (auto at = path.find("/{"); at != path.npos; at = path.find("/{")) {
            const Reply list = api.get(path.substr(0, at));
            const auto& items = list.data().items();
            const std::string id = items.empty() ? Id::make().text() : items[0]["id"].as_string();
            path.replace(at + 1, path.find('}') - at, id);
        }
        return path;
    }
    // The least of three: a machine that does other things meanwhile makes each take longer.
    std::chrono::milliseconds held_by(const Operation& operation, const Body& body) {
        auto least = std::chrono::milliseconds::max();
        for (int tries = 0; tries < 3 && least > longest_hold; ++tries) {
            take_longest_hold();
            const Reply reply = api.send(operation.method, target(operation), body);
            EXPECT_LT(reply.status, 500) << operation.path << reply.shown();
            EXPECT_NE(reply.status, operation.needs_token ? 401 : 0) << operation.path;
            least = std::min(least, take_longest_hold());
        }
        return least;
    }
    void expect_no_hold(const Operation& operation, const std::string& name) {
        const auto most = longest_hold * (is_instrumented() ? 20 : 1);
        for (const auto& [kind, value] : largest_values()) {
            const Body body("{\"" + name + "\":" + value + '}', "application/json");
            EXPECT_LE(held_by(operation, body).count(), most.count())
                << operation.method << ' ' << operation.path << ": " << kind << " in " << name;
        }
    }
};

TEST_F(HeldLoopsTest, no_body_is_worked_on_for_long) {
    Samples(company, "held").make_everything();
    const JsonSchema schemas(contract());
    int tried = 0;
    for (const Operation& operation : operations()) {
        // This one ends the session of who walks.
        if (operation.body().is_null() || operation.path.ends_with("/logout")) {
            continue;
        }
        for (const std::string& name : properties_of(schemas, operation.body())) {
            expect_no_hold(operation, name);
            ++tried;
        }
    }
    EXPECT_GT(tried, 50);
}

}  // namespace
}  // namespace ponte::testing
