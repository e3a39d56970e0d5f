// The routes that every declared entity has: list, create, read, replace, change, delete, restore,
// history, timeline, and the actions that its declaration names.
#pragma once

#include "kernel/entities/catalogue.hpp"

namespace ponte {
class App;
}

namespace ponte::records {

// Called once for each entity, by App::entity.
void declare_entity_routes(App& app, const Kind& kind);

// The entity of the route that runs.
const Kind& kind_of_route(Ctx& ctx);

}  // namespace ponte::records
