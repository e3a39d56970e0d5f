#include "kernel/auth/rate_limits.hpp"

#include <algorithm>
#include <string>

#include "kernel/auth/address.hpp"
#include "kernel/auth/sodium.hpp"

namespace ponte::auth {
namespace {

int whole_seconds(Milliseconds time) {
    return static_cast<int>(std::max<std::int64_t>(1, (time.count() + 999) / 1000));
}

// Both were asked: what is refused is refused, whatever the other has left.
RateDecision tighter(const RateDecision& company, const RateDecision& own) {
    return !company.is_allowed || company.remaining < own.remaining ? company : own;
}

}  // namespace

RateLimits::RateLimits() {
    need_sodium();
    randombytes_buf(hash_key_.data(), hash_key_.size());
}

std::uint64_t RateLimits::hash(std::string_view key) const {
    static_assert(crypto_shorthash_KEYBYTES == 16 && crypto_shorthash_BYTES == 8);
    std::array<unsigned char, 8> out{};
    crypto_shorthash(out.data(), bytes_of(key), key.size(), hash_key_.data());
    std::uint64_t number = 0;
    for (const unsigned char byte : out) {
        number = number << 8 | byte;
    }
    return number;
}

RateDecision RateLimits::check_window(std::string_view key, std::int64_t limit, Time now) {
    const std::uint64_t number = hash(key);
    Shard& shard = shard_of(number);
    const std::scoped_lock lock(shard.mutex);
    Counter& counter = shard.counters.at(number);
    if (counter.used == 0 || now - counter.since >= window) {
        counter = {0, now};
    }
    RateDecision decision;
    decision.limit = limit;
    decision.reset = counter.since + window;
    decision.is_allowed = counter.used < limit;
    counter.used += decision.is_allowed ? 1 : 0;
    decision.remaining = limit - counter.used;
    decision.retry_after_s = decision.is_allowed ? 0 : whole_seconds(decision.reset - now);
    return decision;
}

RateDecision RateLimits::check_anonymous(std::string_view address, std::string_view route,
                                         Time now) {
    std::string key = "rate_limit:";
    key.append(address_key(address)).append(":").append(route);
    return check_window(key, anonymous_limit, now);
}

RateDecision RateLimits::check_sign_in(std::string_view address, std::string_view route, Time now) {
    std::string key = "sign_in:";
    key.append(address_key(address)).append(":").append(route);
    return check_window(key, sign_in_limit, now);
}

RateDecision RateLimits::check_bucket(const Id& whose, Bucket bucket, Time now) {
    constexpr std::int64_t one = 60'000;  // of a request: a millisecond refills per_minute
    const std::uint64_t number =
        hash({reinterpret_cast<const char*>(whose.bytes.data()), whose.bytes.size()});
    Shard& shard = shard_of(number);
    const std::scoped_lock lock(shard.mutex);
    Counter& counter = shard.counters.at(number);
    const std::int64_t passed = std::max<std::int64_t>(0, (now - counter.since).count());
    // A new counter's time is 1970: it has refilled completely.
    const std::int64_t refilled = std::min(passed, bucket.burst * one) * bucket.per_minute;
    counter.used = std::max<std::int64_t>(0, counter.used - refilled);
    counter.since = std::max(counter.since, now);
    RateDecision decision;
    decision.limit = bucket.burst;
    decision.is_allowed = counter.used + one <= bucket.burst * one;
    counter.used += decision.is_allowed ? one : 0;
    decision.remaining = bucket.burst - (counter.used + one - 1) / one;
    decision.reset = now + Milliseconds{counter.used / bucket.per_minute};
    if (!decision.is_allowed) {
        const std::int64_t missing = counter.used + one - bucket.burst * one;
        decision.retry_after_s = whole_seconds(Milliseconds{missing / bucket.per_minute});
    }
    return decision;
}

RateDecision RateLimits::check_signed_in(const Id& tenant, const Id& user, Time now) {
    const RateDecision of_user = check_bucket(user, {user_burst, user_per_minute}, now);
    if (!of_user.is_allowed) {
        return of_user;
    }
    const RateDecision of_tenant = check_bucket(tenant, {tenant_burst, tenant_per_minute}, now);
    return tighter(of_tenant, of_user);
}

RateDecision RateLimits::check_connection(const Id& connection, std::string_view address,
                                          Time now) {
    bool is_known = false;
    {
        const std::scoped_lock lock(connections_mutex_);
        is_known = connections_.find(connection) != nullptr;
    }
    if (is_known) {
        return check_bucket(connection, {connection_burst, connection_per_minute}, now);
    }
    std::string key = "connection:";
    key.append(address_key(address));
    return check_window(key, unknown_connection_limit, now);
}

void RateLimits::know_connection(const Id& connection) {
    const std::scoped_lock lock(connections_mutex_);
    connections_.at(connection) = true;
}

RateDecision RateLimits::check_key(const Id& tenant, const ActingKey& key, Time now) {
    const Bucket own{key.requests_per_minute, key.requests_per_minute};
    const RateDecision of_key = check_bucket(key.id, own, now);
    if (!of_key.is_allowed) {
        return of_key;
    }
    const RateDecision of_tenant = check_bucket(tenant, {tenant_burst, tenant_per_minute}, now);
    return tighter(of_tenant, of_key);
}

void add_rate_headers(http::Response& response, const RateDecision& decision) {
    response.with("X-RateLimit-Limit", std::to_string(decision.limit));
    response.with("X-RateLimit-Remaining",
                  std::to_string(std::max<std::int64_t>(0, decision.remaining)));
    response.with("X-RateLimit-Reset", format_time(decision.reset));
    if (!decision.is_allowed) {
        response.with("Retry-After", std::to_string(decision.retry_after_s));
    }
}

}  // namespace ponte::auth
