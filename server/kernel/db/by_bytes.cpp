#include "kernel/db/by_bytes.hpp"

namespace ponte::db {

std::string bytes_sql(const std::string& value) {
    return "coalesce(case when pg_column_compression(" + value + ") is null then pg_column_size(" +
           value + ") else octet_length(" + value + "::text) end, 0)";
}

std::string from_until_full(const std::string& rows, const std::string& bytes,
                            const std::string& order, std::int64_t most_bytes) {
    return " from (select t.*, lead(true) over page as has_next, sum(" + bytes +
           ") over page as bytes_before from (" + rows + ") t window page as (order by " + order +
           " rows between unbounded preceding and 1 preceding)) t "
           "where coalesce(t.bytes_before, 0) < " +
           std::to_string(most_bytes) + " order by " + order;
}

}  // namespace ponte::db
