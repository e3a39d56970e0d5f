// What people are told of: a listener writes it, a bell and a daily mail say it (decision 0151).
#pragma once

namespace ponte {
class App;
}

namespace ponte::notifications {

void declare(App& app);

}  // namespace ponte::notifications
