// Passwords that a guesser tries first. The guessing limits (kernel/auth/guess_limits.hpp) make
// guessing slow; they are of no use when the first guess is right.
#pragma once

#include <string>
#include <string_view>

namespace ponte::accounts {

// Both in lower case. Weak: one character or a short group again and again, a row of the keyboard
// or the alphabet, one of the most common passwords (with digits behind it or not), one's e-mail.
bool is_weak_password(std::string_view password, std::string_view email);

}  // namespace ponte::accounts
