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

std::optional<Milliseconds> GuessLimits::wait_before(const Attempt& attempt, Time now) {
    const std::string account = account_key(attempt), address = address_key(attempt.address);
    const std::scoped_lock lock(mutex_);
    Record* slow[2] = {accounts_.find(account), addresses_.find(address)};
    const std::size_t limits[2] = {failures_per_account, failures_per_address};
    const Milliseconds pauses[2] = {pause_per_account, pause_per_address};
    Time start = now;
    for (int i = 0; i < 2; ++i) {
        if (!is_over(slow[i], limits[i], now)) {
            slow[i] = nullptr;
        } else {
            start = std::max(start, slow[i]->next_check);
        }
    }
    if (start - now > longest_wait) {
        return {};
    }
    for (int i = 0; i < 2; ++i) {
        if (slow[i]) {
            slow[i]->next_check = start + pauses[i];
        }
    }
    return start - now;
}

bool GuessLimits::failed(const Attempt& attempt, Time now) {
    const std::string account = account_key(attempt), address = address_key(attempt.address);
    const std::scoped_lock lock(mutex_);
    Record& of_account = accounts_.at(account);
    Record& of_address = addresses_.at(address);
    const bool was_over = is_over(&of_account, failures_per_account, now) ||
                          is_over(&of_address, failures_per_address, now);
    count(of_account, failures_per_account, now);
    count(of_address, failures_per_address, now);
    return was_over;
}

void GuessLimits::succeeded(const Attempt& attempt) {
    const std::string account = account_key(attempt);
    const std::scoped_lock lock(mutex_);
    accounts_.erase(account);
}

}  // namespace ponte::auth
