// What was called for the company, of all or of one connection.
#pragma once

namespace ponte {
class App;
}

namespace ponte::connections {

void declare_calls(App& app);

}  // namespace ponte::connections
