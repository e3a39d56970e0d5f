// What can be connected, and how it is with it.
#pragma once

namespace ponte {
class App;
}

namespace ponte::connections {

void declare_catalogue(App& app);

}  // namespace ponte::connections
