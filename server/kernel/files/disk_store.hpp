// The store that needs nothing but a data directory: <data>/files/<company>/<two letters>/<id>.
#pragma once

#include <memory>
#include <string>

#include "kernel/files/store.hpp"

namespace ponte::files {

std::shared_ptr<Store> disk_store(const std::string& data_dir);

}  // namespace ponte::files
