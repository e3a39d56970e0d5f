// What the catalogue tells of beside vendors: what comes with the installation, and what is
// planned.
#pragma once

namespace ponte {
class App;
}

namespace ponte::connections {

void declare_known(App& app);    // the database, mail
void declare_planned(App& app);  // not here yet, and said so

}  // namespace ponte::connections
