// Something that a contact may buy: where it stands in its pipeline, what it is worth, and what
// comes next.
#pragma once

#include "kernel/entity.hpp"

namespace ponte {
class App;
}

namespace ponte::sales {

extern const Entity opportunity_entity;
void declare_opportunity_routes(App& app);

}  // namespace ponte::sales
