// Makes guessing passwords slow without ever locking out somebody who types the right one. Wrong
// passwords are counted per account and address, per address, and per account wherever they come
// from, over 15 minutes. Past a limit an attempt is still checked, but one at a time with pauses;
// only a wrong one is then told to wait. A device from which somebody has signed in to the account
// before is no stranger: until it mistypes too often itself, it waits for nobody's guesses. In
// memory and per process: a restart forgives.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "kernel/auth/recent.hpp"
#include "kernel/loop.hpp"
#include "kernel/values.hpp"

namespace ponte::auth {

class GuessLimits {
public:
    // An office of 40 people behind one address mistypes now and then; a guesser does it all day.
    static constexpr std::size_t failures_per_account = 5;
    static constexpr std::size_t failures_per_address = 60;
    static constexpr std::size_t failures_everywhere = 30;  // of one account, from any address
    static constexpr Milliseconds window{15 * 60'000};
    // Between two checks past the limit. Colleagues of a guesser wait a little, never in vain.
    static constexpr Milliseconds pause_per_account{1'000}, pause_per_address{200};
    static constexpr Milliseconds pause_everywhere{5'000};
    // Only who would wait longer is refused unchecked: the queue of a flood must end somewhere.
    static constexpr Milliseconds longest_wait{20'000};
    static constexpr int retry_after_s = 5;

    struct Attempt {
        std::string account;  // the e-mail as typed, in lower case
        std::string address;
        std::string device = {};  // known_device of its token; empty: a stranger's
    };

    // How long to wait before the password is checked: mostly 0. None: too many wait already.
    std::optional<Milliseconds> wait_before(const Attempt& attempt, Time now);
    // Counts a wrong password. True: past the limit, answer "wait" instead of "wrong".
    bool failed(const Attempt& attempt, Time now);
    // A wrong API key from there: how long its answer waits, past the limit on those of an address.
    // None: too many wait already. Of no matter to passwords, nor to keys that are right.
    std::optional<Milliseconds> wrong_key(std::string_view address, Time now);
    // The right password clears what was counted for this account from this address.
    void succeeded(const Attempt& attempt);

private:
    struct Record {
        std::vector<Time> failures;  // newest last, no more than the limit
        Time next_check{};
    };
    bool is_known(const Attempt& attempt, Time now);
    bool is_over(const Record* record, std::size_t limit, Time now) const;
    void count(Record& record, std::size_t limit, Time now);

    std::mutex mutex_;
    Recent<std::string, Record> accounts_{20'000}, addresses_{20'000}, everywhere_{20'000},
        devices_{20'000}, keys_{20'000};
};

// What a client keeps and sends with its next sign-in: says that this account was signed in to from
// there. Made by us and for one account, so that nobody can make one up or use another's.
std::string device_token(std::string_view account, std::string_view key);
// Its device; empty when it is no token of this account.
std::string known_device(std::string_view token, std::string_view account, std::string_view key);

}  // namespace ponte::auth
