// How long a statement may take, and how long it may wait for a connection, by what waits for it.
// Exceeded, it is answered with 503 database.timeout.
#pragma once

#include "kernel/db.hpp"

namespace ponte::db {

constexpr Milliseconds interactive_write = Options{}.timeout;
constexpr Milliseconds interactive_read{10'000};  // somebody looks at the screen
constexpr Milliseconds background{600'000};       // imports, bulk changes, undoing

// No reader of the log steps over what a transaction may still add to it, so one that writes holds
// up everybody's realtime and listeners: as a whole, waiting included, it may take twice what one
// statement may, and no longer than this.
constexpr Milliseconds longest_transaction{120'000};
constexpr Milliseconds transaction_within(Milliseconds statement) {
    return 2 * statement < longest_transaction ? 2 * statement : longest_transaction;
}

constexpr Options for_reading{false, interactive_read};

static_assert(interactive_read < interactive_write && interactive_write < background);

}  // namespace ponte::db
