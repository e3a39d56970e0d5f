// Where a provider is, unless the installation says otherwise.
#pragma once

#include <string>
#include <string_view>

#include "kernel/integration.hpp"

namespace ponte::oauth {

// "https://oauth2.googleapis.com/token" with another base: "http://127.0.0.1:4000/token".
std::string address(const Settings& settings, const OAuthProvider& provider, std::string_view url);

}  // namespace ponte::oauth
