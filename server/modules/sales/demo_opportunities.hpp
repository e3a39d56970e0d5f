// What the demo company hopes to sell: a board with something in every column.
#pragma once

#include <vector>

#include "modules/sales/demo.hpp"

namespace ponte::sales {

Task<> fill_demo_board(Ctx& ctx, const std::vector<DemoCustomer>& customers);

}  // namespace ponte::sales
