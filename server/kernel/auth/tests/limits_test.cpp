#include <gtest/gtest.h>

#include <thread>

#include "kernel/auth/address.hpp"
#include "kernel/auth/guess_limits.hpp"
#include "kernel/auth/rate_limits.hpp"

namespace ponte::auth {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const Time start{seconds{1'800'000'000}};
const GuessLimits::Attempt ana{"ana@example.com", "203.0.113.7"};

TEST(GuessLimits, a_few_wrong_passwords_cost_nothing) {
    GuessLimits limits;
    for (std::size_t i = 0; i < GuessLimits::failures_per_account; ++i) {
        EXPECT_EQ(limits.wait_before(ana, start), Milliseconds{0});
        EXPECT_FALSE(limits.failed(ana, start));
    }
    EXPECT_TRUE(limits.failed(ana, start)) << "from now on the answer is to wait";
}

TEST(GuessLimits, past_the_limit_attempts_are_checked_one_by_one_and_never_locked_out) {
    GuessLimits limits;
    for (int i = 0; i < 10; ++i) {
        limits.failed(ana, start);
    }

    for (int waiting = 0; waiting <= 20; ++waiting) {
        EXPECT_EQ(limits.wait_before(ana, start), waiting * GuessLimits::pause_per_account);
    }
    EXPECT_EQ(limits.wait_before(ana, start), std::nullopt) << "a bounded queue";
    EXPECT_EQ(limits.wait_before(ana, start + seconds{1}), GuessLimits::longest_wait);
}

TEST(GuessLimits, thirty_two_colleagues_of_a_guesser_all_get_in) {
    GuessLimits limits;
    for (std::size_t i = 0; i < GuessLimits::failures_per_address; ++i) {
        limits.failed({"guess" + std::to_string(i) + "@example.com", "203.0.113.7"}, start);
    }
    for (int person = 0; person < 32; ++person) {
        const auto wait = limits.wait_before(
            {"p" + std::to_string(person) + "@example.com", "203.0.113.7"}, start);
        ASSERT_TRUE(wait) << person;
        EXPECT_EQ(*wait, person * GuessLimits::pause_per_address);
    }
}

TEST(GuessLimits, the_right_password_forgives_this_account_here) {
    GuessLimits limits;
    for (int i = 0; i < 10; ++i) {
        limits.failed(ana, start);
    }

    limits.succeeded(ana);

    EXPECT_FALSE(limits.failed(ana, start));
}

TEST(GuessLimits, many_addresses_do_not_make_guessing_one_account_fast) {
    GuessLimits limits;
    for (std::size_t i = 0; i < GuessLimits::failures_everywhere; ++i) {
        limits.failed({"ana@example.com", "203.0.113." + std::to_string(i)}, start);
    }
    const GuessLimits::Attempt from_elsewhere{"ana@example.com", "198.51.100.9"};
    const GuessLimits::Attempt from_her_device{"ana@example.com", "198.51.100.1", "hers"};
    const GuessLimits::Attempt another_account{"bia@example.com", "198.51.100.1"};

    EXPECT_EQ(limits.wait_before(from_elsewhere, start), Milliseconds{0});
    EXPECT_EQ(limits.wait_before(from_elsewhere, start), GuessLimits::pause_everywhere);
    EXPECT_EQ(limits.wait_before(from_her_device, start), Milliseconds{0});
    EXPECT_EQ(limits.wait_before(another_account, start), Milliseconds{0});
}

TEST(GuessLimits, a_known_device_that_guesses_is_a_strangers) {
    GuessLimits limits;
    const GuessLimits::Attempt stolen{"ana@example.com", "203.0.113.7", "hers"};
    for (int i = 0; i < 20; ++i) {
        limits.failed(stolen, start);
    }

    EXPECT_EQ(limits.wait_before(stolen, start), Milliseconds{0});
    EXPECT_EQ(limits.wait_before(stolen, start), GuessLimits::pause_per_account);
}

TEST(GuessLimits, a_device_is_known_by_its_token_to_its_account_alone) {
    const std::string key(32, 'k'), token = device_token("ana@example.com", key);

    EXPECT_NE(known_device(token, "ana@example.com", key), "");
    EXPECT_EQ(known_device(token, "bia@example.com", key), "");
    EXPECT_EQ(known_device(token + "x", "ana@example.com", key), "");
    EXPECT_EQ(known_device("", "ana@example.com", key), "");
}

TEST(GuessLimits, others_are_not_slowed_by_a_guesser_elsewhere) {
    GuessLimits limits;
    for (int i = 0; i < 1'000; ++i) {
        limits.failed(ana, start);
    }
    const GuessLimits::Attempt ana_at_home{"ana@example.com", "198.51.100.1", "hers"};

    EXPECT_EQ(limits.wait_before(ana_at_home, start), Milliseconds{0});
    EXPECT_FALSE(limits.failed(ana_at_home, start));
}

TEST(GuessLimits, many_accounts_from_one_address_are_noticed) {
    GuessLimits limits;
    bool is_over = false;
    for (std::size_t i = 0; i <= GuessLimits::failures_per_address; ++i) {
        is_over =
            limits.failed({"user" + std::to_string(i) + "@example.com", "203.0.113.7"}, start);
    }
    EXPECT_TRUE(is_over);
}

TEST(GuessLimits, failures_age) {
    GuessLimits limits;
    for (int i = 0; i < 10; ++i) {
        limits.failed(ana, start);
    }
    EXPECT_FALSE(limits.failed(ana, start + GuessLimits::window));
}

TEST(Address, an_ipv6_household_counts_as_one) {
    EXPECT_EQ(address_key("2001:db8:1:2::9"), address_key("2001:db8:1:2:ffff::1"));
    EXPECT_NE(address_key("2001:db8:1:2::9"), address_key("2001:db8:1:3::9"));
    EXPECT_EQ(address_key("::ffff:203.0.113.7"), address_key("203.0.113.7"));
    EXPECT_NE(address_key("203.0.113.7"), address_key("203.0.113.8"));
}

TEST(RateLimits, anonymous_traffic_is_counted_per_address_and_route) {
    RateLimits limits;
    for (int i = 1; i <= RateLimits::anonymous_limit; ++i) {
        const RateDecision decision = limits.check_anonymous("203.0.113.7", "/a", start);
        EXPECT_TRUE(decision.is_allowed);
        EXPECT_EQ(decision.remaining, RateLimits::anonymous_limit - i);
    }
    const RateDecision refused = limits.check_anonymous("203.0.113.7", "/a", start + minutes{5});

    EXPECT_FALSE(refused.is_allowed);
    EXPECT_EQ(refused.remaining, 0);
    EXPECT_EQ(refused.retry_after_s, 600);
    EXPECT_TRUE(limits.check_anonymous("203.0.113.7", "/b", start).is_allowed);
    EXPECT_TRUE(limits.check_anonymous("203.0.113.8", "/a", start).is_allowed);
    EXPECT_TRUE(limits.check_anonymous("203.0.113.7", "/a", start + minutes{15}).is_allowed);
}

TEST(RateLimits, an_office_behind_one_address_can_sign_in) {
    RateLimits limits;
    for (int person = 0; person < 40; ++person) {
        for (int request = 0; request < 10; ++request) {
            EXPECT_TRUE(limits.check_sign_in("203.0.113.7", "/auth/login", start).is_allowed);
        }
    }
}

TEST(RateLimits, a_user_has_a_burst_and_then_a_pace) {
    RateLimits limits;
    const Id tenant = Id::make(), user = Id::make();
    for (int i = 0; i < RateLimits::user_burst; ++i) {
        ASSERT_TRUE(limits.check_signed_in(tenant, user, start).is_allowed) << i;
    }
    const RateDecision refused = limits.check_signed_in(tenant, user, start);
    int allowed = 0;
    for (int i = 0; i < 100; ++i) {
        allowed += limits.check_signed_in(tenant, user, start + seconds{1}).is_allowed ? 1 : 0;
    }

    EXPECT_FALSE(refused.is_allowed);
    EXPECT_EQ(refused.retry_after_s, 1);
    EXPECT_EQ(allowed, RateLimits::user_per_minute / 60);
    EXPECT_TRUE(limits.check_signed_in(tenant, Id::make(), start).is_allowed);
}

TEST(RateLimits, a_key_has_the_pace_that_it_says_and_takes_none_of_its_maker) {
    RateLimits limits;
    const Id tenant = Id::make(), user = Id::make();
    const ActingKey key{Id::make(), "Loja", false, 60}, other{Id::make(), "ERP", false, 60};
    for (int i = 0; i < 60; ++i) {
        ASSERT_TRUE(limits.check_key(tenant, key, start).is_allowed) << i;
    }
    const RateDecision refused = limits.check_key(tenant, key, start);

    EXPECT_FALSE(refused.is_allowed);
    EXPECT_EQ(refused.limit, 60);
    EXPECT_EQ(refused.retry_after_s, 1);
    EXPECT_TRUE(limits.check_key(tenant, key, start + seconds{1}).is_allowed);
    EXPECT_FALSE(limits.check_key(tenant, key, start + seconds{1}).is_allowed);
    EXPECT_TRUE(limits.check_key(tenant, other, start).is_allowed);
    EXPECT_TRUE(limits.check_signed_in(tenant, user, start).is_allowed);
}

TEST(RateLimits, a_company_is_limited_over_all_its_keys) {
    RateLimits limits;
    const Id tenant = Id::make();
    std::int64_t allowed = 0;
    for (int each = 0; each < 15; ++each) {
        const ActingKey key{Id::make(), "Loja", false, 1'000};
        for (int i = 0; i < 1'000; ++i) {
            allowed += limits.check_key(tenant, key, start).is_allowed ? 1 : 0;
        }
    }

    EXPECT_EQ(allowed, RateLimits::tenant_burst);
}

TEST(GuessLimits, wrong_keys_slow_whoever_goes_on_and_nobody_else) {
    GuessLimits limits;
    for (std::size_t i = 0; i < GuessLimits::failures_per_address; ++i) {
        ASSERT_EQ(limits.wrong_key("203.0.113.7", start), Milliseconds{0}) << i;
    }

    EXPECT_EQ(limits.wrong_key("203.0.113.7", start), GuessLimits::pause_per_address);
    EXPECT_EQ(limits.wrong_key("203.0.113.7", start), 2 * GuessLimits::pause_per_address);
    EXPECT_EQ(limits.wrong_key("203.0.113.8", start), Milliseconds{0});
    EXPECT_EQ(limits.wait_before({"ana@exemplo.com", "203.0.113.7"}, start), Milliseconds{0});
    for (int i = 0; i < 200; ++i) {
        limits.wrong_key("203.0.113.7", start);
    }
    EXPECT_FALSE(limits.wrong_key("203.0.113.7", start));
    EXPECT_EQ(limits.wrong_key("203.0.113.7", start + GuessLimits::window), Milliseconds{0});
}

TEST(RateLimits, made_up_connections_share_the_limit_of_their_address) {
    RateLimits limits;
    const Id real = Id::make();
    for (std::int64_t i = 0; i < RateLimits::unknown_connection_limit; ++i) {
        ASSERT_TRUE(limits.check_connection(Id::make(), "203.0.113.7", start).is_allowed);
    }

    EXPECT_FALSE(limits.check_connection(Id::make(), "203.0.113.7", start).is_allowed);
    EXPECT_TRUE(limits.check_connection(real, "203.0.113.8", start).is_allowed);
    limits.know_connection(real);
    const RateDecision known = limits.check_connection(real, "203.0.113.7", start);
    EXPECT_TRUE(known.is_allowed) << "a neighbour's flood is not its own";
    EXPECT_EQ(known.limit, RateLimits::connection_burst);
}

TEST(RateLimits, a_company_is_limited_over_all_its_users) {
    RateLimits limits;
    const Id tenant = Id::make();
    std::int64_t allowed = 0;
    for (int user = 0; user < 15; ++user) {
        const Id id = Id::make();
        for (int i = 0; i < 1'000; ++i) {
            allowed += limits.check_signed_in(tenant, id, start).is_allowed ? 1 : 0;
        }
    }
    EXPECT_EQ(allowed, RateLimits::tenant_burst);
    EXPECT_TRUE(limits.check_signed_in(Id::make(), Id::make(), start).is_allowed);
}

TEST(RateLimits, a_clock_that_goes_back_gives_nothing_away) {
    RateLimits limits;
    const Id tenant = Id::make(), user = Id::make();
    for (int i = 0; i < RateLimits::user_burst; ++i) {
        limits.check_signed_in(tenant, user, start);
    }
    EXPECT_FALSE(limits.check_signed_in(tenant, user, start - minutes{10}).is_allowed);
}

TEST(RateLimits, the_headers_say_limit_rest_reset_and_when_to_return) {
    RateDecision decision;
    decision.is_allowed = false;
    decision.limit = 100;
    decision.remaining = -1;
    decision.reset = start;
    decision.retry_after_s = 7;
    http::Response response;

    add_rate_headers(response, decision);

    const http::Headers expected = {{"X-RateLimit-Limit", "100"},
                                    {"X-RateLimit-Remaining", "0"},
                                    {"X-RateLimit-Reset", "2027-01-15T08:00:00.000Z"},
                                    {"Retry-After", "7"}};
    EXPECT_EQ(response.headers, expected);
}

TEST(RateLimits, many_addresses_at_once_from_many_threads_stay_bounded) {
    RateLimits limits;
    std::vector<std::thread> threads;
    for (int t = 0; t < 2; ++t) {
        threads.emplace_back([&limits, t] {
            for (int i = 0; i < 50'000; ++i) {
                limits.check_anonymous(std::to_string(t) + "." + std::to_string(i), "/a", start);
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_TRUE(limits.check_anonymous("203.0.113.7", "/a", start).is_allowed);
}

}  // namespace
}  // namespace ponte::auth
