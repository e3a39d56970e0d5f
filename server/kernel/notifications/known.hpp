// What the kernel itself tells people of: a record became theirs, long work of theirs came to its
// end, a listener stands still.
#pragma once

namespace ponte {
class App;
}

namespace ponte::notifications {

void declare_known(App& app);

}  // namespace ponte::notifications
