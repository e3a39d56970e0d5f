// Addresses of the parts of a record: GET and POST /proposals/{id}/items, PATCH and DELETE
// /proposals/{id}/items/{part}. Each change is one of the record: its rights, version and history.
#pragma once

#include "kernel/entities/catalogue.hpp"

namespace ponte {
class App;
}

namespace ponte::records {

void declare_part_routes(App& app, const Kind& kind);

}  // namespace ponte::records
