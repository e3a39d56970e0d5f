// Where a list goes on: the order's value and the id of the last record, opaque to clients. What
// comes back from outside is checked like anything else.
#pragma once

#include <string>
#include <string_view>

#include "kernel/lists/list.hpp"

namespace ponte::records {

struct Cursor {
    std::string value, id;
};

std::string encode_cursor(const Order& order, std::string_view value, std::string_view id);
Cursor decode_cursor(std::string_view text, const Order& order);  // throws 400

}  // namespace ponte::records
