// What keeps the kernel's own tables small.
#pragma once

namespace ponte {
class App;
}

namespace ponte::records {

void declare_upkeep(App& app);

}  // namespace ponte::records
