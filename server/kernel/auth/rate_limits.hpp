// The layered limits on requests, per process and in memory. The numbers and their reasons:
//  - without a token: 100 requests in 15 minutes per address and route, the default of seed B;
//  - sign-in routes: 600 in 15 minutes per address and route, so that an office of 40 people behind
//    one address can sign in and renew at the same time; guessing has limits of its own;
//  - signed in: a burst of 1,200 requests and 20 a second per user, ten times that per company: a
//    person never meets it, a runaway script does;
//  - what others tell us: a burst of 10,000 and 1,000 a second per connection; before one is known
//    by an answer, 6,000 in 15 minutes per address, so that made-up ones are no way around a limit;
//  - by an API key: as many a minute as the key says, at once or spread, and the company's limit.
// Static files, /health and the realtime connection are not counted. With PONTE_RATE_LIMIT=off,
// nothing is.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <string_view>

#include "kernel/auth.hpp"
#include "kernel/auth/recent.hpp"
#include "kernel/http.hpp"
#include "kernel/id.hpp"
#include "kernel/values.hpp"

namespace ponte::auth {

struct RateDecision {
    bool is_allowed = true;
    std::int64_t limit = 0, remaining = 0;
    Time reset{};           // when the whole limit is available again
    int retry_after_s = 0;  // when refused
};

class RateLimits {
public:
    static constexpr std::int64_t anonymous_limit = 100, sign_in_limit = 600;
    static constexpr Milliseconds window{15 * 60'000};
    static constexpr std::int64_t user_burst = 1'200, user_per_minute = 1'200;
    static constexpr std::int64_t tenant_burst = 12'000, tenant_per_minute = 12'000;
    static constexpr std::int64_t unknown_connection_limit = 6'000;
    static constexpr std::int64_t connection_burst = 10'000, connection_per_minute = 60'000;

    RateLimits();
    // `route` is the pattern, so that ids in paths do not make new counters.
    RateDecision check_anonymous(std::string_view address, std::string_view route, Time now);
    // Each route for itself: guesses at passwords keep nobody from renewing or signing out.
    RateDecision check_sign_in(std::string_view address, std::string_view route, Time now);
    RateDecision check_signed_in(const Id& tenant, const Id& user, Time now);
    // What others tell us by one connection: wherever they call from, once it is known that there
    // is one; until then whoever calls from that address.
    RateDecision check_connection(const Id& connection, std::string_view address, Time now);
    void know_connection(const Id& connection);
    // A key has its own pace, and its company's; the person whose it is keeps theirs.
    RateDecision check_key(const Id& tenant, const ActingKey& key, Time now);

private:
    struct Counter {
        std::int64_t used = 0;  // of a window; of a bucket: what is missing from full
        Time since{};           // start of the window; of a bucket: when `used` was right
    };
    struct Shard {
        std::mutex mutex;
        Recent<std::uint64_t, Counter> counters{8'192};
    };
    struct Bucket {
        std::int64_t burst, per_minute;
    };
    Shard& shard_of(std::uint64_t key) { return shards_[key % shards_.size()]; }
    RateDecision check_window(std::string_view key, std::int64_t limit, Time now);
    RateDecision check_bucket(const Id& whose, Bucket bucket, Time now);
    std::uint64_t hash(std::string_view key) const;

    std::array<unsigned char, 16> hash_key_{};  // random: nobody can aim at somebody's counter
    std::array<Shard, 8> shards_;
    std::mutex connections_mutex_;
    Recent<Id, bool> connections_{20'000};  // that there are
};

// X-RateLimit-Limit, -Remaining, -Reset (a date, as the seed says) and Retry-After when refused.
void add_rate_headers(http::Response& response, const RateDecision& decision);

}  // namespace ponte::auth
