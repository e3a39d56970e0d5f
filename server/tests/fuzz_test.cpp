// Whatever anybody sends, the server answers as its description says: never a 5xx, always a problem
// with a code and the id of the request. The seed is printed; PONTE_FUZZ_SEED runs it again, and
// PONTE_FUZZ_SECONDS longer.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>

#include "tests/fuzzer.hpp"
#include "tests/samples.hpp"

namespace ponte::testing {
namespace {

constexpr int usual_seconds = 15;

std::uint64_t number_from(const char* variable, std::uint64_t fallback) {
    const char* const text = std::getenv(variable);
    return text ? std::strtoull(text, nullptr, 10) : fallback;
}

// What a fuzzer must not do to itself.
bool is_left_out(const Operation& operation) {
    const bool signs_out = operation.path.find("/auth/") != std::string::npos &&
                           operation.path.find("/auth/me") == std::string::npos &&
                           operation.method != "GET";
    return signs_out && operation.needs_token;
}

std::string fault_of(const Reply& reply) {
    if (reply.status >= 500) {
        return "a server's fault";
    }
    if (reply.status < 400) {
        return {};
    }
    if (reply.header("content-type") != "application/problem+json") {
        return "a refusal that is no problem+json";
    }
    const bool is_whole = reply["code"].is_string() && !reply["requestId"].as_string().empty() &&
                          reply["status"] == Json(reply.status) &&
                          !reply["title"].as_string().empty();
    return is_whole ? "" : "a problem that lacks code, title, status or requestId";
}

struct FuzzTest : ::testing::Test {
    Company company;
    Samples samples{company, "teste"};
    JsonSchema schemas{contract()};
    std::uint64_t seed = number_from("PONTE_FUZZ_SEED", std::random_device{}());
    Fuzzer fuzzer{seed};
    std::vector<std::string> faults;
    std::map<int, int> answers;  // by status: a fuzzer that is always refused finds nothing

    // Among what is tried is also the end of our own session.
    void sign_in_again() {
        Api& api = company.api();
        if (api.get("/api/v1/auth/me").status == 401) {
            const Person& admin = company.admin();
            const Reply session = api.post("/api/v1/auth/login",
                                           {{"email", admin.email}, {"password", admin.password}});
            ASSERT_EQ(session.status, 200) << session.shown();
            api.set_token(session["accessToken"].as_string());
        }
    }
    void try_one(const Operation& operation) {
        const std::string target = fuzzer.target_of(operation);
        const bool is_upload =
            operation.method == "POST" && operation.path.ends_with("/imports") && fuzzer.chance(2);
        const Body body = operation.method == "GET" ? Body() : fuzzer.body_of(schemas, operation);
        const std::string file = is_upload ? fuzzer.odd_file() : std::string();
        const std::string sent =
            operation.method + " " + target.substr(0, 400) + " " +
            (is_upload ? "file " + file : body.content_type + " " + body.bytes).substr(0, 600);
        try {
            Api& api = company.api();
            const Reply reply =
                is_upload ? api.upload(target, fuzzer.odd_form(), "a.csv", file)
                          : api.send(operation.method, target, body, fuzzer.odd_headers());
            ++answers[reply.status];
            if (reply.status == 401 && operation.needs_token) {
                sign_in_again();
            }
            const std::string fault = fault_of(reply);
            if (!fault.empty()) {
                faults.push_back(fault + "\n    " + sent + "\n    " + reply.shown().substr(0, 400));
            }
            const std::string id = reply.id();
            if (reply.status == 201 && !id.empty()) {
                fuzzer.know(id);
            }
        } catch (const std::exception& problem) {
            company.api().close();
            faults.push_back(std::string(problem.what()) + "\n    " + sent);
        }
    }
};

TEST_F(FuzzTest, nothing_that_anybody_sends_is_the_servers_fault) {
    std::printf("[ seed     ] PONTE_FUZZ_SEED=%llu\n", static_cast<unsigned long long>(seed));
    samples.make_everything();
    for (const auto& kind : {"contact", "tag", "note", "team", "role", "custom_field"}) {
        fuzzer.know(samples.id_of(kind));
    }
    const std::vector<Operation> all = operations();
    const auto end = std::chrono::steady_clock::now() +
                     std::chrono::seconds(number_from("PONTE_FUZZ_SECONDS", usual_seconds));
    int tried = 0;

    for (std::size_t i = 0; std::chrono::steady_clock::now() < end && faults.size() < 10; ++i) {
        const Operation& operation = all[i % all.size()];
        // Passwords cost time on purpose; they have their turn now and then.
        const bool is_slow =
            !operation.needs_token && operation.method == "POST" && fuzzer.below(10) != 0;
        if (!is_left_out(operation) && !is_slow) {
            try_one(operation);
            ++tried;
        }
    }

    std::printf("[ tried    ] %d requests;", tried);
    for (const auto& [status, count] : answers) {
        std::printf(" %d: %d", status, count);
    }
    std::printf("\n");
    std::string message;
    for (const std::string& fault : faults) {
        message += "  " + fault + "\n";
    }
    EXPECT_TRUE(faults.empty()) << "seed " << seed << "\n" << message;
    EXPECT_GT(tried, 500);
    EXPECT_GT(answers[200] + answers[201], tried / 20);
    EXPECT_EQ(company.api().get("/api/v1/health").status, 200);
}

}  // namespace
}  // namespace ponte::testing
