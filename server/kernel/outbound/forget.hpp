// What was called, and who was left alone, is forgotten after a while.
#pragma once

namespace ponte {
class App;
}

namespace ponte::outbound {

void declare_forgetting(App& app);

}  // namespace ponte::outbound
