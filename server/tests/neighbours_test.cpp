// Companies on one machine: what one of them piles up, the others do not wait for.
#include <atomic>
#include <thread>

#include "kernel/http.hpp"
#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::testing {
namespace {

constexpr int people = 15'000, requests_at_once = 40, branches = 50;

// No row matches and no index helps: each is looked at fifty times.
std::string heavy_filter(int number) {
    Json any = Json::array();
    for (int i = 0; i < branches; ++i) {
        any.push(Json::object({{"field", "company"},
                               {"op", "contains"},
                               {"value", "nobody " + std::to_string(number * branches + i)}}));
    }
    return http::url_encode(Json::object({{"or", std::move(any)}}).dump());
}

// One company that asks for much at once; ends when all is answered.
class Crowd {
public:
    explicit Crowd(Company& company) {
        for (int i = 0; i < requests_at_once; ++i) {
            threads_.emplace_back([this, &company, i] {
                Api api(company.api());
                const Reply reply = api.get("/api/v1/contacts?limit=1&filter=" + heavy_filter(i));
                strange += reply.status == 200 || reply.status == 503 ? 0 : 1;
                ++answered;
            });
        }
    }
    ~Crowd() {
        for (std::thread& thread : threads_) {
            thread.join();
        }
    }
    Crowd(const Crowd&) = delete;
    Crowd& operator=(const Crowd&) = delete;

    std::atomic<int> answered = 0, strange = 0;

private:
    std::vector<std::thread> threads_;
};

TEST(NeighboursTest, small_requests_of_others_are_among_the_first_to_be_answered) {
    Company large, small;
    server().sql(
        "insert into contacts (tenant_id, name, company) "
        "select $1, 'Ana ' || n, 'Padaria da Esquina ' || n from generate_series(1, $2::int) n",
        {large.id(), std::to_string(people)});
    int answered = 0;
    {
        Crowd crowd(large);
        until([&] { return crowd.answered > 0; }, "the first of many answers");

        for (int i = 0; i < 8; ++i) {
            const Saved saved = save(
                small.api(), "/api/v1/contacts",
                Json::object({{"name", "Bia " + std::to_string(i)}, {"phone", unique_phone()}}));
            EXPECT_EQ(small.api().get(saved.path).status, 200);
            EXPECT_EQ(small.api().get("/api/v1/contacts").data().items().size(), i + 1u);
        }
        answered = crowd.answered;
        EXPECT_EQ(crowd.strange, 0);
    }

    EXPECT_LT(answered, requests_at_once / 2);
}

}  // namespace
}  // namespace ponte::testing
