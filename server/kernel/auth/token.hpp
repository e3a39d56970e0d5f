// What a person is told about an access token. It always verifies: there is no way here to
// read claims that nobody signed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ponte::auth {

// Several lines in English: whether the token is accepted, and what it says or why it is refused.
std::string inspect_token(std::string_view token, std::string_view key, std::int64_t now_s);

}  // namespace ponte::auth
