// Questions about contacts that are no list: totals, twins, and WhatsApp's look-up.
#pragma once

namespace ponte {
class App;
}

namespace ponte::customers {

void declare_stats_route(App& app);
void declare_duplicates_route(App& app);
void declare_whatsapp_routes(App& app);

}  // namespace ponte::customers
