#include "kernel/db/postgres_settings.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <fstream>

namespace ponte::db {
namespace {

constexpr std::int64_t megabyte = 1 << 20;

// What we may use: of the machine, or of the container that we are in.
std::int64_t memory_mb() {
    std::int64_t bytes = static_cast<std::int64_t>(::sysconf(_SC_PHYS_PAGES)) *
                         static_cast<std::int64_t>(::sysconf(_SC_PAGESIZE));
    for (const char* path :
         {"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"}) {
        std::ifstream file(path);
        std::int64_t limit = 0;
        if (file >> limit && limit > 0) {
            bytes = std::min(bytes, limit);
        }
    }
    return bytes / megabyte;
}

std::string megabytes(std::int64_t wanted, std::int64_t least, std::int64_t most) {
    return std::to_string(std::clamp(wanted, least, most)) + "MB";
}

}  // namespace

std::vector<std::string> postgres_settings(const PostgresNeeds& needs) {
    const std::int64_t memory = memory_mb();
    const std::string durable = needs.is_durable ? "on" : "off";
    return {
        "fsync=" + durable,
        "synchronous_commit=" + durable,
        "full_page_writes=" + durable,
        "shared_buffers=" + (needs.is_durable ? megabytes(memory / 4, 16, 2048) : "128MB"),
        "effective_cache_size=" + megabytes(memory / 2, 64, 65'536),
        "maintenance_work_mem=" + megabytes(memory / 16, 32, 256),
        "max_connections=" + std::to_string(needs.max_connections),
        // Of the log, a statement locks every month.
        "max_locks_per_transaction=256",
        "max_wal_size=2GB",
        "wal_compression=lz4",
        "jit=off",
        "random_page_cost=1.1",
        // Otherwise index-only scans rot after inserts: lists get two to four times slower.
        "autovacuum_vacuum_insert_scale_factor=0.02",
        "autovacuum_naptime=15s",
        "unix_socket_permissions=0700",
        "timezone=UTC",
        "log_timezone=UTC",
        // Refused statements are told to the user by the program; here they would only put people's
        // data into a file.
        "log_min_messages=log",
        "log_min_error_statement=panic",
        "log_error_verbosity=terse",
        "log_checkpoints=off",
        "log_autovacuum_min_duration=-1",
    };
}

}  // namespace ponte::db
