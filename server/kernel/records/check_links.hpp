// Whoever makes a record point to another one must be able to read that one: a link is not a way to
// learn of what one may not see, nor to what lies in the bin.
#pragma once

#include "kernel/entities/catalogue.hpp"

namespace ponte::records {

// Adds `not_found` for each link, of parts too, that these values newly set. `before`: the record
// as it is, or null. What a part is part of is asked elsewhere (find_owners_of_wholes).
Task<> check_links(Ctx& ctx, const Kind& kind, const Values& values, const Json* before,
                   Problems& problems);

}  // namespace ponte::records
