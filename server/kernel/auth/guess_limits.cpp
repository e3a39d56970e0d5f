#include "kernel/auth/guess_limits.hpp"

#include <algorithm>

#include "kernel/auth.hpp"
#include "kernel/auth/address.hpp"

namespace ponte::auth {
namespace {

// A digest, because what is typed as an e-mail may be long, or a password in the wrong field.
std::string account_key(const GuessLimits::Attempt& attempt) {
    return digest(attempt.account + "\n" + address_key(attempt.address));
}

}  // namespace

bool GuessLimits::is_over(const Record* record, std::size_t limit, Time now) const {
    return record && record->failures.size() >= limit && now - record->failures.front() < window;
}

void GuessLimits::count(Record& record, std::size_t limit, Time now) {
    record.failures.push_back(now);
    if (record.failures.size() > limit) {
        record.failures.erase(record.failures.begin());
    }
}

// A device that mistypes too often is a stranger's, like any other.
bool GuessLimits::is_known(const Attempt& attempt, Time now) {
    return !attempt.device.empty() &&
           !is_over(devices_.find(attempt.device), failures_per_account, now);
}

std::optional<Milliseconds> GuessLimits::wait_before(const Attempt& attempt, Time now) {
    const std::string account = account_key(attempt), address = address_key(attempt.address);
    const std::scoped_lock lock(mutex_);
    if (is_known(attempt, now)) {
        return Milliseconds{0};
    }
    Record* slow[3] = {accounts_.find(account), addresses_.find(address),
                       everywhere_.find(digest(attempt.account))};
    const std::size_t limits[3] = {failures_per_account, failures_per_address, failures_everywhere};
    const Milliseconds pauses[3] = {pause_per_account, pause_per_address, pause_everywhere};
    Time start = now;
    for (int i = 0; i < 3; ++i) {
        if (!is_over(slow[i], limits[i], now)) {
            slow[i] = nullptr;
        } else {
            start = std::max(start, slow[i]->next_check);
        }
    }
    if (start - now > longest_wait) {
        return {};
    }
    for (int i = 0; i < 3; ++i) {
        if (slow[i]) {
            slow[i]->next_check = start + pauses[i];
        }
    }
    return start - now;
}

bool GuessLimits::failed(const Attempt& attempt, Time now) {
    const std::string account = account_key(attempt), address = address_key(attempt.address);
    const std::scoped_lock lock(mutex_);
    if (is_known(attempt, now)) {
        // Somebody at home: nobody else is slowed by it.
        count(devices_.at(attempt.device), failures_per_account, now);
        return false;
    }
    struct Counted {
        Record& record;
        std::size_t limit;
    };
    const Counted all[] = {{accounts_.at(account), failures_per_account},
                           {addresses_.at(address), failures_per_address},
                           {everywhere_.at(digest(attempt.account)), failures_everywhere}};
    bool was_over = false;
    for (const Counted& one : all) {
        was_over = was_over || is_over(&one.record, one.limit, now);
        count(one.record, one.limit, now);
    }
    return was_over;
}

std::optional<Milliseconds> GuessLimits::wrong_key(std::string_view address, Time now) {
    const std::scoped_lock lock(mutex_);
    Record& record = keys_.at(address_key(address));
    const bool is_past = is_over(&record, failures_per_address, now);
    count(record, failures_per_address, now);
    if (!is_past) {
        return Milliseconds{0};
    }
    const Time start = std::max(now, record.next_check);
    if (start - now > longest_wait) {
        return {};
    }
    record.next_check = start + pause_per_address;
    return start + pause_per_address - now;
}

void GuessLimits::succeeded(const Attempt& attempt) {
    const std::string account = account_key(attempt);
    const std::scoped_lock lock(mutex_);
    accounts_.erase(account);
    devices_.erase(attempt.device);
}

std::string device_token(std::string_view account, std::string_view key) {
    return seal("device " + digest(account) + " " + random_token(12), key);
}

std::string known_device(std::string_view token, std::string_view account, std::string_view key) {
    constexpr std::size_t longest = 400;
    const auto plain = token.size() > longest ? std::nullopt : unseal(token, key);
    const std::string expected = "device " + digest(account) + " ";
    return plain && plain->starts_with(expected) ? plain->substr(expected.size()) : std::string{};
}

}  // namespace ponte::auth
