// How long a statement may take, and how long it may wait for a connection, by what waits for it.
// Exceeded, it is answered with 503 database.timeout.
#pragma once

#include "kernel/db.hpp"

namespace ponte::db {

constexpr Milliseconds interactive_write = Options{}.timeout;
constexpr Milliseconds interactive_read{10'000};  // somebody looks at the screen
constexpr Milliseconds background{600'000};       // imports, bulk changes, undoing

constexpr Options for_reading{false, interactive_read};

static_assert(interactive_read < interactive_write && interactive_write < background);

}  // namespace ponte::db
