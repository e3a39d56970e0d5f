// Cells of the files that we write: quoted where needed, and never taken for a formula.
#pragma once

#include <string>
#include <string_view>

namespace ponte::spreadsheets {

std::string safe_cell(std::string_view text);
// The other way: without the mark that safe_cell and spreadsheets put before what could calculate.
std::string_view unguarded_cell(std::string_view cell);

}  // namespace ponte::spreadsheets
