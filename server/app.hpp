// What the program consists of.
#pragma once

namespace ponte {

class App;

// Declares the kernel's own parts, every module and every integration, in the order of who may know
// whom: a module knows only those above it.
void declare_modules(App& app);

}  // namespace ponte
