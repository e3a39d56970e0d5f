// Everything of an installation in one file, and back: the database, uploaded files, keys. A plain
// tar, so that nothing but PostgreSQL and tar is needed to look into it.
#pragma once

#include <string>

namespace ponte::db {

// Without a database_url the database is the private one of the data directory, whether it runs or
// not. Serving goes on meanwhile; the file appears when it is complete, readable only by its owner.
// Both throw std::runtime_error with a text for people.
void backup(const std::string& database_url, const std::string& data_dir, const std::string& file);

// Whether a backup is what was written, bit for bit; throws when it is not. Those of programs
// before this check have no digest, so of them it is unknown.
enum class Verified { whole, without_digest };
Verified verify_backup(const std::string& file);

// Verified before anything is written. Into an empty database and data directory only. A failure
// leaves both as empty as they were.
void restore(const std::string& database_url, const std::string& data_dir, const std::string& file);

}  // namespace ponte::db
