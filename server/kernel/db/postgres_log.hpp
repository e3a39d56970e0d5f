// What PostgreSQL wrote into its log before it ended.
#pragma once

#include <cstdint>
#include <string>

namespace ponte::db {

// From that byte on, the end of it.
std::string end_of_log(const std::string& path, std::int64_t from);
// Its last complaint in a text of such lines: why it ended. Empty when it said nothing.
std::string last_complaint(const std::string& said);
// The same in words for whoever runs the program.
std::string in_plain_words(const std::string& complaint, bool is_disk_full);

}  // namespace ponte::db
