// What somebody is shown of a file before anything is decided about it.
#pragma once

#include <vector>

#include "kernel/imports/import.hpp"
#include "kernel/imports/inspection.hpp"

namespace ponte::imports {

Json preview_json(const records::Kind& kind, const std::vector<Target>& targets,
                  const Upload& upload, const Look& look);

}  // namespace ponte::imports
