#include "modules/connections/connections.hpp"

#include "kernel/app.hpp"
#include "modules/connections/calls.hpp"
#include "modules/connections/catalogue.hpp"
#include "modules/connections/check.hpp"
#include "modules/connections/connection.hpp"
#include "modules/connections/known.hpp"
#include "modules/connections/tokens.hpp"
#include "modules/connections/way.hpp"

namespace ponte::connections {

void declare(App& app) {
    app.entity(connection_entity);
    declare_connection_routes(app);
    declare_way(app);
    declare_tokens(app);
    declare_checks(app);
    declare_calls(app);
    declare_catalogue(app);
    declare_known(app);
}

void declare_what_is_planned(App& app) { declare_planned(app); }

}  // namespace ponte::connections
