// The files in a zip archive, for tests that read back what they were given.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace ponte::testing {

// By name; throws when it is none. Knows what writers of workbooks use: stored and deflated.
std::map<std::string, std::string> unzipped(std::string_view archive);

}  // namespace ponte::testing
