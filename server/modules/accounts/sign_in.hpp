// Registering a company and signing in.
#pragma once

namespace ponte {
class App;
}

namespace ponte::accounts {

void declare_sign_in_routes(App& app);

}  // namespace ponte::accounts
