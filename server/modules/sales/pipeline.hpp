// A way of selling: stages in their order, from the first talk to won or lost.
#pragma once

#include "kernel/entity.hpp"

namespace ponte {
class App;
}

namespace ponte::sales {

extern const Entity pipeline_entity;
// POST /pipelines takes the stages along (seed 003).
void declare_pipeline_routes(App& app);

}  // namespace ponte::sales
