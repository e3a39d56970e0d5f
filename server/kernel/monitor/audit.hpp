// What an administrator sees of the company's audit, and what watches over it each night.
#pragma once

namespace ponte {

class App;
void declare_audit(App& app);

}  // namespace ponte
