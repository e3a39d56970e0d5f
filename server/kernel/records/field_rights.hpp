// Who may change what of a record: asked of the entity as somebody sees it (Catalogue::seen).
#pragma once

#include <string_view>

#include "kernel/entities/catalogue.hpp"

namespace ponte::records {

bool may_see(const Kind& seen, std::string_view json_name);
bool may_change(const Kind& seen, std::string_view json_name);

// Of what came from outside: a value of a field that is only to be read. What stays as it was is
// none, so that a record can be sent back as it was got.
void refuse_guarded(const Kind& seen, const Json& body, const Json* before, Problems& problems);

}  // namespace ponte::records
