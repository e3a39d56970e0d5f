// What this module writes to people: a greeting, a sentence, a button, a last line, in the words
// "mail.<kind>.…" of the reader's language.
#pragma once

#include <string>

#include "kernel/ctx.hpp"

namespace ponte::accounts {

struct Letter {
    std::string kind;
    Id reader;                // a user of this company
    std::string path;         // where the button leads; without one there is none
    std::string to = {};      // another address than theirs
    std::string wanted = {};  // {wanted} in its words; {email} is the reader's own address
};

// In the transaction of `ctx`, which acts as the system.
Task<> send_letter(Ctx& ctx, const Letter& letter);

}  // namespace ponte::accounts
