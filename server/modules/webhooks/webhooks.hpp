// What happens in a company is told to addresses that its administrators name.
#pragma once

namespace ponte {
class App;
}

namespace ponte::webhooks {

void declare(App& app);

}  // namespace ponte::webhooks
