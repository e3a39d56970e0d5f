// Records as the API shows them, for whoever is told of them outside: all that is declared, whoever
// would see it here.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "kernel/entities/catalogue.hpp"

namespace ponte::records {

// Each as JSON, deleted ones too; those that are gone are left out. For code that acts as the
// system in one company.
Task<std::unordered_map<Id, std::string>> told_records(Ctx& ctx, const Kind& kind,
                                                       std::vector<Id> ids);

}  // namespace ponte::records
