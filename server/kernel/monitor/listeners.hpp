// What an administrator sees and does of the company's listeners, and what forgets those that are
// declared no longer.
#pragma once

namespace ponte {

class App;
void declare_listener_routes(App& app);

}  // namespace ponte
