// Pages that are bounded by their bytes, not by their number alone: a hundred records may be a
// hundred megabytes, in PostgreSQL's answer, in ours, and in the socket of a client that reads
// slowly.
#pragma once

#include <cstdint>
#include <string>

namespace ponte::db {

// A page that has grown to this ends, though more was asked for: at least one row always comes.
constexpr std::int64_t page_bytes = 4 << 20;

// What a value takes as text, nearly: the text itself is only made of what is kept compressed.
std::string bytes_sql(const std::string& value);

// " from (…) t …" of a select whose rows are those of `rows` until they are full; `bytes` and
// `order` speak of them as t. The column t.has_next says whether another row followed this one.
std::string from_until_full(const std::string& rows, const std::string& bytes,
                            const std::string& order, std::int64_t most_bytes = page_bytes);

}  // namespace ponte::db
