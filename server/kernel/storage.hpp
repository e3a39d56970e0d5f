// The disk below a data directory, which all companies share. Before it is full, writing is refused
// and reading goes on: what is left then is the reserve, for sign-ins, for the database's own needs
// and for whoever comes to make room.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>

#include "kernel/error.hpp"

namespace ponte {

struct StorageLimits {
    std::uint64_t reserve_bytes = 256u << 20;  // PONTE_DISK_RESERVE_MB
};

class Storage {
public:
    using Reading = std::function<std::uint64_t()>;

    explicit Storage(std::string folder);
    Storage(const Storage&) = delete;
    Storage& operator=(const Storage&) = delete;

    void limit(const StorageLimits& limits);
    void read_free_with(Reading reading);  // tests; none: asks the file system

    // Any thread. Looked at once a second, so that it costs a request nothing.
    bool is_short() { return room() == 0; }
    std::uint64_t room();  // what may still be written; 0 when only the reserve is left
    void require_room();   // throws storage_full()

private:
    std::uint64_t look();

    const std::string folder_;
    std::mutex mutex_;
    StorageLimits limits_;
    Reading reading_;
    bool was_short_ = false;
    std::atomic<std::int64_t> look_again_at_ = 0;
    std::atomic<std::uint64_t> room_ = 0;
};

// The one of this data directory: its disk is one, whoever asks.
Storage& storage_of(const std::string& data_dir);

Error storage_full();  // 507

}  // namespace ponte
