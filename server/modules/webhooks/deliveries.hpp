// What was sent where, when and with what answer, and sending it again.
#pragma once

namespace ponte {
class App;
}

namespace ponte::webhooks {

void declare_delivery_routes(App& app);

}  // namespace ponte::webhooks
