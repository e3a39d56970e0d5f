// Files to import where many machines work on one store: each machine reads its own copy, many
// times over, and has it from the store when another one took it in (decision 0154). Where files
// are on this machine's disk alone, nothing of this happens.
#pragma once

#include <chrono>
#include <string>

#include "kernel/imports/import.hpp"

namespace ponte::imports {

// Puts what was taken in into the store; before its row is written. Commits what is open.
Task<> share(Ctx& ctx, Upload& upload);
// Its path on this machine; empty when nobody has it any more. May commit.
Task<std::string> bring_here(Ctx& ctx, const Upload& upload);
// What lies beside it as it was sent, for whoever reads it in another way; false: there is none.
Task<bool> bring_sent_here(Ctx& ctx, const Upload& upload);

// How long the store has it: as one that is only looked at, until an import wants it.
void share_for_import(Ctx& ctx, const Upload& upload);
Task<> unshare_old(Ctx& ctx, std::chrono::hours looked_at_for, std::chrono::hours kept_for);

}  // namespace ponte::imports
