// The daily mail of what somebody has not read, and the end of what is old.
#pragma once

namespace ponte {
class App;
}

namespace ponte::notifications {

void declare_digest(App& app);

}  // namespace ponte::notifications
