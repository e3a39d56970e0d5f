// Fields that are no entity's, as /meta tells those of entities: what a form needs to draw them.
#pragma once

#include <span>
#include <string_view>

#include "kernel/ctx.hpp"

namespace ponte {

// Their words begin with `words`: "integration.google" of "integration.google.client_id".
Json form_fields(const Ctx& ctx, std::string_view words, std::span<const Field> fields);

}  // namespace ponte
