// Declarations against the tables that they speak of: what a migration still has to do.
#pragma once

#include <string>
#include <vector>

#include "kernel/entities/catalogue.hpp"

namespace ponte::records {

// One line for each difference; none: they agree.
std::vector<std::string> drift(const Catalogue& catalogue, const std::string& owner_conninfo);

// The SQL that would end the differences, to be read, completed and kept as a file; empty when
// there are none. Nothing is changed.
std::string draft_migration(const Catalogue& catalogue, const std::string& owner_conninfo);

}  // namespace ponte::records
