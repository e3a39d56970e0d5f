// Reads of records and lists through the cache.
#pragma once

#include "kernel/requests/requests.hpp"

namespace ponte::requests {

bool is_kept(const Route& route);
// The kept answer, or a new one that is kept from now on.
Task<http::Response> read_through(Turn& turn, ResponseCache& cache);

}  // namespace ponte::requests
