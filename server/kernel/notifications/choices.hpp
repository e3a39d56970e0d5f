// What somebody wants to be told, where and how.
#pragma once

namespace ponte {
class App;
}

namespace ponte::notifications {

void declare_choices(App& app);

}  // namespace ponte::notifications
