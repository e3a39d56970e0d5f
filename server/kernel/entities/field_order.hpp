// The order in which a company's own fields stand in forms: written whole, by one request.
#pragma once

namespace ponte {
class App;
}

namespace ponte::records {

void declare_field_order(App& app);

}  // namespace ponte::records
