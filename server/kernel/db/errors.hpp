// PostgreSQL's refusals as our errors. The SQLSTATE and the message go to the log, parameters and
// row contents never do.
#pragma once

#include <string>
#include <string_view>

#include "kernel/error.hpp"

struct pg_result;

namespace ponte::db {

struct Refusal {
    Error error;
    bool is_stale_statement = false;  // prepared before the table changed: prepare again
};

Error too_many_waiting();  // 429: of this one company
Error no_database();       // 503: it is away, or the line to it is cut

Refusal refusal_in(const pg_result* result);

}  // namespace ponte::db
