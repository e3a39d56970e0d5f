// What listeners promise: each event exactly once, in order per company, whatever fails on the way.
#include <atomic>
#include <functional>

#include "kernel/listeners/tests/world.hpp"

namespace ponte::listeners {
namespace {

std::atomic<int> failures_to_come, calls;

Task<> fail_at_first(Ctx& ctx, const Event& event) {
    ++calls;
    co_await leave_word(ctx, event);
    co_await ctx.tx.commit();  // is deferred: only the turn's own commit counts
    co_await ctx.tx.query("select 1");
    if (failures_to_come-- > 0) {
        throw std::runtime_error("not this time");
    }
}

Task<> lose_a_race(Ctx& ctx, const Event& event) {
    ++calls;
    co_await leave_word(ctx, event);
    if (failures_to_come-- > 0) {
        throw conflict("database.retry");
    }
}

Task<> choke_on_seven(Ctx& ctx, const Event& event) {
    if (number_of(event) == 7 && failures_to_come > 0) {
        throw conflict("contact.seven");
    }
    co_await leave_word(ctx, event);
}

Task<> roll_back(Ctx& ctx, const Event& event) {
    co_await leave_word(ctx, event);
    co_await ctx.tx.rollback();
}

Task<> take_time(Ctx& ctx, const Event& event) {
    constexpr Milliseconds a_little{2};
    co_await ctx.loop.sleep(a_little);
    co_await leave_word(ctx, event);
}

// Asked for the first time it says no, and by the time it has said so somebody needs it.
std::atomic<bool> is_needed_now;
std::function<void()> before_it_is_heard_of;
Task<bool> ask(Ctx&) {
    const bool is_needed = is_needed_now.exchange(true);
    if (!is_needed) {
        before_it_is_heard_of();
    }
    co_return is_needed;
}
void declare_when_needed(App& app) {
    app.on("contact.*", "test.hear", leave_word).needed_when(ask);
}

struct ListenersTest : ListenerWorld {
    ListenersTest() { failures_to_come = calls = 0; }
};

template <Listener::Run run, int tries = 5>
void declare(App& app) {
    app.on("contact.*", "test.hear", run).tries(tries);
}

TEST_F(ListenersTest, each_event_is_heard_once_and_in_order_by_every_company) {
    drive(declare<leave_word>);

    for (int i = 0; i < 150; ++i) {
        write(company(), i);
        write(other_company(), i, i % 2 ? "contact.created" : "contact.deleted");
        write(company(), i, "note.created");
    }

    wait_for_heard(company(), 150);
    wait_for_heard(other_company(), 150);
    EXPECT_EQ(heard(company()), numbers_until(150));
    EXPECT_EQ(heard(other_company()), numbers_until(150));
}

TEST_F(ListenersTest, a_new_one_begins_with_now_and_later_goes_on_where_it_was) {
    write(company(), 99);
    {
        const auto loops_and_app = std::make_unique<Worker>(testing::database_of_its_own("jobs"));
        Services& services = loops_and_app->services();
        declare<leave_word>(loops_and_app->kernel->app());
        services.feed().start();
        services.listeners().start();
        wait_for_lease("test.hear");
        write(company(), 0);
        wait_for_heard(company(), 1);
    }
    EXPECT_EQ(number("select count(*) from listener_leases where lease_token is null"), 1)
        << "who stops lets go";
    for (int i = 1; i < 250; ++i) {
        write(company(), i);
    }

    drive(declare<leave_word>);

    wait_for_heard(company(), 250);
    EXPECT_EQ(heard(company()), numbers_until(250));
}

TEST_F(ListenersTest, what_happens_once_it_is_needed_is_not_passed_over) {
    is_needed_now = false;
    before_it_is_heard_of = [this] { write(company(), 1); };
    drive(declare_when_needed);

    write(company(), 0);  // nobody needs to hear of this one

    wait_for_heard(company(), 1);
    EXPECT_EQ(heard(company()), std::vector<int>{1});
}

TEST_F(ListenersTest, what_fails_leaves_no_trace_and_is_heard_again) {
    failures_to_come = 1;
    drive(declare<fail_at_first>);

    write(company(), 0);

    wait_for_heard(company(), 1);
    write(company(), 1);
    wait_for_heard(company(), 2);
    EXPECT_EQ(heard(company()), numbers_until(2)) << "once, though it was committed halfway";
    EXPECT_EQ(calls, 3);
    EXPECT_EQ(state_of(company(), "tries"), "0");
}

TEST_F(ListenersTest, a_lost_race_is_repeated_at_once_and_counts_for_nothing) {
    failures_to_come = 20;
    drive(declare<lose_a_race, 1>);

    write(company(), 0);

    wait_for_heard(company(), 1);
    EXPECT_EQ(calls, 21);
    EXPECT_EQ(state_of(company()), "even");
}

TEST_F(ListenersTest, a_company_that_fails_is_set_aside_alone_and_goes_on_when_it_is_resumed) {
    failures_to_come = 1;
    drive(declare<choke_on_seven, 2>);
    for (int i = 0; i < 20; ++i) {
        write(company(), i);
    }

    until([&] { return state_of(company()) == "aside"; });
    for (int i = 20; i < 25; ++i) {
        write(company(), i);
    }
    write(other_company(), 0);
    wait_for_heard(other_company(), 1);
    EXPECT_EQ(heard(company()), numbers_until(7)) << "what came before it is heard";
    EXPECT_EQ(state_of(company(), "error"), "contact.seven");
    EXPECT_EQ(state_of(company(), "failed_event ->> 'name'"), "contact.updated");
    EXPECT_EQ(number("select count(*) from events where name = 'listener.stopped'"), 1);

    failures_to_come = 0;
    sql("update listeners set state = 'behind', tries = 0 where state = 'aside'");
    sql("insert into events (tenant_id, name, entity, changes) values ('" + company().text() +
        "', 'listener.resumed', 'listener', '{\"listener\": \"test.hear\"}')");

    wait_for_heard(company(), 25);
    EXPECT_EQ(heard(company()), numbers_until(25));
    until([&] { return state_of(company()) == "even"; });
    write(company(), 25);
    wait_for_heard(company(), 26);
    EXPECT_EQ(heard(company()), numbers_until(26));
}

TEST_F(ListenersTest, who_rolls_back_by_itself_is_set_aside) {
    drive(declare<roll_back, 1>);

    write(company(), 0);

    until([&] { return state_of(company()) == "aside"; });
    EXPECT_EQ(state_of(company(), "error"), "listener.rolled_back");
    EXPECT_TRUE(heard(company()).empty());
}

TEST_F(ListenersTest, a_company_with_much_to_hear_does_not_hold_up_another) {
    constexpr int many = 1'500;
    drive(declare<take_time>);
    sql("insert into events (tenant_id, name, entity, changes) select '" + company().text() +
        "', 'contact.updated', 'contact', jsonb_build_object('n', n) from generate_series(0, " +
        std::to_string(many - 1) + ") n");
    wait_for_heard(company(), 1);
    const auto begin = std::chrono::steady_clock::now();

    write(other_company(), 0);
    wait_for_heard(other_company(), 1);

    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    print("another company's event, ms", {took.count()});
    EXPECT_LT(heard(company()).size(), static_cast<std::size_t>(many)) << "the crowd still waits";
    wait_for_heard(company(), many);
    EXPECT_EQ(heard(company()), numbers_until(many));
}

TEST_F(ListenersTest, two_that_drive_by_mistake_still_hear_everything_once) {
    drive(declare<take_time>);
    // The second takes the lease while the first does not know yet.
    sql("update listener_leases set lease_token = null");
    drive(declare<take_time>);

    for (int i = 0; i < 300; ++i) {
        write(company(), i);
        if (i % 100 == 0) {
            sql("update listener_leases set lease_token = null");
        }
    }

    wait_for_heard(company(), 300);
    EXPECT_EQ(heard(company()), numbers_until(300));
}

TEST_F(ListenersTest, what_a_restored_database_brought_along_is_heard_once) {
    failures_to_come = 1;
    {
        Worker worker(testing::database_of_its_own("jobs"));
        declare<choke_on_seven, 1>(worker.kernel->app());
        worker.services().feed().start();
        worker.services().listeners().start();
        wait_for_lease("test.hear");
        for (int i = 0; i < 10; ++i) {
            write(company(), i);
            write(other_company(), i + 10);
        }
        until([&] { return state_of(company()) == "aside"; });
        wait_for_heard(other_company(), 10);
    }
    for (const char* table : {"events", "listener_leases", "listeners"}) {
        sql(std::string("update ") + table +
            " set transaction = (transaction::text::bigint + 1000000000000)::text::xid8");
    }
    sql("update listeners set state = 'behind', tries = 0 where state = 'aside'");
    failures_to_come = 0;

    drive(declare<choke_on_seven, 1>);

    wait_for_heard(company(), 10);
    write(company(), 10);
    write(other_company(), 20);
    wait_for_heard(company(), 11);
    wait_for_heard(other_company(), 11);
    EXPECT_EQ(heard(company()), numbers_until(11));
    EXPECT_EQ(heard(other_company()).size(), 11u);
}

}  // namespace
}  // namespace ponte::listeners
