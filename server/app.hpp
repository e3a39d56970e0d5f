// What the program consists of.
#pragma once

#include <string_view>
#include <vector>

namespace ponte {

class App;

// Names of the environment that preset something of an integration: GOOGLE_CLIENT_ID…
std::vector<std::string_view> variables_of_integrations();

// Declares the kernel's own parts, every module and every integration, in the order of who may know
// whom: a module knows only those above it.
void declare_modules(App& app);

}  // namespace ponte
