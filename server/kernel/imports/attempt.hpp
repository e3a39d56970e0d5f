// A job that failed is tried again from its last chunk, a few times; then people are told.
#pragma once

#include <string>

#include "kernel/imports/import.hpp"

namespace ponte::imports {

// No further attempt would help: the file is gone, the entity too, there are too many rows.
struct HopelessImport {
    std::string code;
};

// Runs `work` and writes down how it failed; throws on when it shall be tried again.
Task<> run_with_attempts(Ctx& ctx, Id import_id, Task<> (*work)(Ctx&, Id));

}  // namespace ponte::imports
