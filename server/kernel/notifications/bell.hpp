// What somebody is told, as their screen asks for it.
#pragma once

namespace ponte {
class App;
}

namespace ponte::notifications {

void declare_bell(App& app);

}  // namespace ponte::notifications
