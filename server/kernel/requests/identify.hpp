// Who sends a request, by token or key, how often they may, and whether it is for them at all.
#pragma once

#include "kernel/requests/requests.hpp"

namespace ponte::requests {

Task<> identify(Turn& turn, auth::RateLimits& limits);
void require_right(const Turn& turn);  // throws 403
void require_json(const Turn& turn);   // throws 415

}  // namespace ponte::requests
