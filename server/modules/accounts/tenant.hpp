// The company's own settings.
#pragma once

namespace ponte {
class App;
}

namespace ponte::accounts {

void declare_tenant_routes(App& app);

}  // namespace ponte::accounts
