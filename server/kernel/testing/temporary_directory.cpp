#include "kernel/testing/temporary_directory.hpp"

#include <stdlib.h>

#include <filesystem>
#include <stdexcept>

namespace ponte::testing {

namespace fs = std::filesystem;

TemporaryDirectory::TemporaryDirectory() {
    path_ = (fs::temp_directory_path() / "ponte-test-XXXXXX").string();
    if (!mkdtemp(path_.data())) {
        throw std::runtime_error("no temporary directory at " + path_);
    }
    fs::permissions(path_, fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec);
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code nobody_is_told;
    fs::remove_all(path_, nobody_is_told);
}

}  // namespace ponte::testing
