// Companies that share the database: whatever one has piled up, another one's small question is
// answered soon, and nobody holds every connection.
#include <gmock/gmock.h>

#include <atomic>
#include <mutex>

#include "kernel/db/fair_queue.hpp"
#include "kernel/db/tests/driver.hpp"

namespace ponte::db {
namespace {

using ::testing::ElementsAre;

const auto anybody = [](const Id&) { return true; };

struct FairQueueTest : ::testing::Test {
    FairQueue<std::string> queue{3};
    const Id a = Id::make(), b = Id::make(), c = Id::make(), program;

    std::vector<std::string> rest() {
        std::vector<std::string> order;
        while (auto next = queue.next(anybody)) {
            order.push_back(*next);
        }
        return order;
    }
};

TEST_F(FairQueueTest, companies_take_turns_and_each_keeps_its_order) {
    queue.push(a, "a1");
    queue.push(a, "a2");
    queue.push(a, "a3");
    queue.push(b, "b1");
    queue.push(c, "c1");
    queue.push(b, "b2");

    EXPECT_THAT(rest(), ElementsAre("a1", "b1", "c1", "a2", "b2", "a3"));
    EXPECT_TRUE(queue.empty());
}

TEST_F(FairQueueTest, who_comes_new_is_before_the_one_that_was_served_last) {
    queue.push(a, "a1");
    queue.push(a, "a2");
    queue.push(a, "a3");
    EXPECT_EQ(queue.next(anybody), "a1");

    queue.push(b, "b1");
    queue.push(c, "c1");

    EXPECT_THAT(rest(), ElementsAre("b1", "c1", "a2", "a3"));
}

TEST_F(FairQueueTest, who_comes_again_and_again_starves_nobody) {
    queue.push(a, "a1");
    queue.push(a, "a2");
    EXPECT_EQ(queue.next(anybody), "a1");
    queue.push(b, "b1");
    EXPECT_EQ(queue.next(anybody), "b1");
    queue.push(b, "b2");

    EXPECT_THAT(rest(), ElementsAre("a2", "b2"));
}

TEST_F(FairQueueTest, who_may_not_have_one_now_keeps_its_turn) {
    queue.push(a, "a1");
    queue.push(b, "b1");
    queue.push(b, "b2");

    EXPECT_EQ(queue.next([&](const Id& company) { return company == b; }), "b1");

    EXPECT_EQ(queue.next([](const Id&) { return false; }), std::nullopt);
    EXPECT_THAT(rest(), ElementsAre("a1", "b2"));
}

TEST_F(FairQueueTest, the_program_itself_goes_first_and_has_no_share) {
    queue.push(a, "a1");
    for (const std::string one : {"p1", "p2", "p3", "p4"}) {
        queue.push(program, one);
    }

    EXPECT_FALSE(queue.is_full_for(program));
    EXPECT_THAT(rest(), ElementsAre("p1", "p2", "p3", "p4", "a1"));
}

TEST_F(FairQueueTest, one_company_is_full_alone) {
    for (const std::string one : {"a1", "a2", "a3"}) {
        EXPECT_FALSE(queue.is_full_for(a));
        queue.push(a, one);
    }

    EXPECT_TRUE(queue.is_full_for(a));
    EXPECT_FALSE(queue.is_full_for(b));
    EXPECT_EQ(queue.take_those([](const std::string& one) { return one != "a2"; }).size(), 2u);
    EXPECT_FALSE(queue.is_full_for(a));
    EXPECT_THAT(rest(), ElementsAre("a2"));
}

// What many ask at once, on one loop, in the order of the answers.
class Asked {
public:
    ~Asked() { wait(); }
    void unit(Driver& driver, Scope scope, std::string name, std::string sql) {
        post(driver, [this, &driver, scope, name, sql] {
            spawn(driver.loop(), in_unit(*this, driver, scope, name, sql));
        });
    }
    void transaction(Driver& driver, Scope scope, std::string name, std::string sql) {
        post(driver, [this, &driver, scope, name, sql] {
            spawn(driver.loop(), in_transaction(*this, driver, scope, name, sql));
        });
    }
    // How many had their answer when this one got it; -1: it was refused.
    int place_of(const std::string& name) {
        const std::scoped_lock lock(mutex_);
        const auto found = std::find(answered_.begin(), answered_.end(), name);
        return found == answered_.end() ? -1 : static_cast<int>(found - answered_.begin());
    }
    std::vector<std::string> refused() {
        const std::scoped_lock lock(mutex_);
        return refused_;
    }
    bool is_over(const std::string& name) { return place_of(name) >= 0; }
    bool wait() {
        return testing::comes_true([&] { return ended_ == begun_; });
    }

private:
    void post(Driver& driver, std::function<void()> work) {
        ++begun_;
        driver.loop().post(std::move(work));
    }
    static Task<> in_unit(Asked& asked, Driver& driver, Scope scope, std::string name,
                          std::string sql) {
        std::string problem;
        try {
            co_await driver.database->query(driver.loop(), scope, sql);
        } catch (const Error& error) {
            problem = std::to_string(error.status) + " " + error.code;
        }
        asked.note(name, problem);
    }
    static Task<> in_transaction(Asked& asked, Driver& driver, Scope scope, std::string name,
                                 std::string sql) {
        std::string problem;
        try {
            Transaction tx = co_await driver.database->begin(driver.loop(), scope);
            co_await tx.query(sql);
            co_await tx.commit();
        } catch (const Error& error) {
            problem = std::to_string(error.status) + " " + error.code;
        }
        asked.note(name, problem);
    }
    void note(const std::string& name, const std::string& problem) {
        {
            const std::scoped_lock lock(mutex_);
            problem.empty() ? answered_.push_back(name) : refused_.push_back(problem);
        }
        ++ended_;
    }

    std::atomic<int> begun_ = 0, ended_ = 0;
    std::mutex mutex_;
    std::vector<std::string> answered_, refused_;
};

class FairnessTest : public DriverTest {
protected:
    static constexpr const char* held = "select pg_advisory_xact_lock_shared(4711)";
    // Whoever asks for `held` waits until this is over.
    struct Lock {
        OwnerConnection& owner;
        explicit Lock(OwnerConnection& owner_) : owner(owner_) {
            owner.run("select pg_advisory_lock(4711)");
        }
        ~Lock() { release(); }
        void release() {
            if (!std::exchange(is_over, true)) {
                owner.run("select pg_advisory_unlock(4711)");
            }
        }
        bool is_over = false;
    };
    std::int64_t held_sessions() {
        return std::stoll(owner.value(
            "select count(*) from pg_locks where locktype = 'advisory' and not granted "
            "and database = (select oid from pg_database where datname = current_database())"));
    }
    static constexpr int crowd = 400;
};

TEST_F(FairnessTest, units_of_one_company_never_hold_every_lane) {
    Driver& shared = driver();
    Asked asked;
    Lock lock(owner);
    for (int i = 0; i < crowd; ++i) {
        asked.unit(shared, ours, "ours", held);
    }
    testing::until([&] { return held_sessions() >= 4; }, "lanes that wait");

    for (int i = 0; i < 20; ++i) {
        const std::string name = "theirs" + std::to_string(i);
        asked.unit(shared, others, name, "select 1");
        ASSERT_TRUE(testing::comes_true([&] { return asked.is_over(name); }, Milliseconds{5'000}));
    }
    EXPECT_EQ(asked.place_of("ours"), -1);
    EXPECT_LE(held_sessions(), 6);
    lock.release();
    EXPECT_TRUE(asked.wait());
}

TEST_F(FairnessTest, transactions_of_one_company_never_hold_every_session) {
    Driver& shared = driver();
    Asked asked;
    Lock lock(owner);
    for (int i = 0; i < 40; ++i) {
        asked.transaction(shared, ours, "ours", held);
    }
    testing::until([&] { return held_sessions() >= 4; }, "sessions that wait");

    for (int i = 0; i < 5; ++i) {
        const std::string name = "theirs" + std::to_string(i);
        asked.transaction(shared, others, name, "select 1");
        ASSERT_TRUE(testing::comes_true([&] { return asked.is_over(name); }, Milliseconds{5'000}));
    }
    EXPECT_EQ(asked.place_of("ours"), -1);
    EXPECT_LE(held_sessions(), 6);
    lock.release();
    EXPECT_TRUE(asked.wait());
}

TEST_F(FairnessTest, what_is_slow_is_not_sent_ahead_of_what_is_quick) {
    Driver& shared = driver();
    Asked asked;
    for (int i = 0; i < 200; ++i) {
        asked.unit(shared, ours, "ours" + std::to_string(i), "select pg_sleep(0.06)");
    }
    testing::until([&] { return asked.place_of("ours0") >= 0; }, "the first of the slow ones");

    asked.unit(shared, others, "theirs", "select 1");
    EXPECT_TRUE(asked.wait());

    EXPECT_GE(asked.place_of("theirs"), 1);
    EXPECT_LE(asked.place_of("theirs"), 30);
}

TEST_F(FairnessTest, the_slow_ones_go_on_while_others_are_quick_all_the_time) {
    Driver& shared = driver();
    Asked asked;
    for (int i = 0; i < 20; ++i) {
        asked.unit(shared, ours, "ours" + std::to_string(i), "select pg_sleep(0.06)");
    }
    for (int i = 0; i < 3'000; ++i) {
        asked.unit(shared, {Role::app, Id::make()}, "quick", "select pg_sleep(0.001)");
    }
    EXPECT_TRUE(asked.wait());

    EXPECT_EQ(asked.refused().size(), 0u);
    EXPECT_GE(asked.place_of("ours19"), 0);
    EXPECT_LT(asked.place_of("ours19"), 2'500);
}

TEST_F(FairnessTest, one_company_may_not_pile_up_without_end) {
    Driver& shared = driver();
    Asked asked;
    Lock lock(owner);
    for (std::size_t i = 0; i < most_waiting_of_one + 200; ++i) {
        asked.unit(shared, ours, "ours", held);
        asked.transaction(shared, ours, "ours", held);
    }
    testing::until([&] { return held_sessions() >= 4; }, "lanes that wait");

    asked.unit(shared, others, "theirs", "select 1");
    asked.transaction(shared, others, "theirs too", "select 1");

    EXPECT_TRUE(testing::comes_true([&] { return asked.is_over("theirs"); }));
    EXPECT_TRUE(testing::comes_true([&] { return asked.is_over("theirs too"); }));
    lock.release();
    EXPECT_TRUE(asked.wait());
    EXPECT_GT(asked.refused().size(), 200u);
    EXPECT_THAT(asked.refused(), ::testing::Each("429 too_many_waiting"));
}

}  // namespace
}  // namespace ponte::db
