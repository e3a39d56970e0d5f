// A directory below the temporary one, removed with its owner. Others may pass through it: the
// embedded database runs as a user of its own.
#pragma once

#include <string>

namespace ponte::testing {

class TemporaryDirectory {
public:
    TemporaryDirectory();
    ~TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

}  // namespace ponte::testing
