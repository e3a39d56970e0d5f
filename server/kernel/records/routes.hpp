// The routes that every declared entity has: list, create, read, replace, change, delete, restore,
// history, timeline, bulk, and the actions that its declaration names.
#pragma once

#include "kernel/entities/catalogue.hpp"

namespace ponte {
class App;
}

namespace ponte::records {

// Called once for each entity, by App::entity.
void declare_entity_routes(App& app, const Kind& kind);

// What belongs to no single entity: custom fields, operations, upkeep.
void declare_resource_parts(App& app);

// The entity of the route that runs.
const Kind& kind_of_route(Ctx& ctx);

}  // namespace ponte::records
