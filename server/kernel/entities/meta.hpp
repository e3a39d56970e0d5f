// What the program tells about itself: its entities as screens draw them, and whether it is well.
#pragma once

#include "kernel/app.hpp"
#include "kernel/entities/catalogue.hpp"

namespace ponte::records {

// GET /meta and /health.
void declare_meta_routes(App& app);
void declare_health_routes(App& app);  // part of the above

// One entity in the reader's language, with the reader's rights and the tenant's own fields.
Json entity_meta(const Ctx& ctx, const Kind& kind, const TenantFacts& facts);

// A field of it: what a form and a list need.
Json field_meta(const Ctx& ctx, const Kind& kind, const Field& field);

// The reader's word for a field: of this entity, of any entity, or made from its name.
std::string_view field_label(const Ctx& ctx, const Kind& kind, std::string_view field);
// And for an option of it.
std::string_view option_label(const Ctx& ctx, const Kind& kind, const Field& field,
                              std::string_view value);

}  // namespace ponte::records
