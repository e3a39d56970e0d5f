// The disk below a data directory, which all companies share. Before it is full, writing is refused
// and reading goes on: what is left then is the reserve, for sign-ins, for the database's own needs
// and for whoever comes to make room.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "kernel/error.hpp"
#include "kernel/id.hpp"

namespace ponte {

namespace http {
struct Request;
}

// What is told as undoable for thirty days may have begun long before.
constexpr int fewest_log_months = 3;

struct StorageLimits {
    std::uint64_t reserve_bytes = 256u << 20;  // PONTE_DISK_RESERVE_MB
    // What one company may keep beside the database: files, and each for itself files to import
    // with lists of refused rows.
    std::uint64_t company_bytes = 2048u << 20;  // PONTE_COMPANY_FILES_MB
    int log_months = 60;                        // PONTE_LOG_MONTHS; 0: all that ever happened
};

class Storage {
public:
    // However small a file is: in great numbers they are a burden of their own.
    static constexpr std::int64_t least_of_a_file = 256 << 10;

    using Reading = std::function<std::uint64_t()>;
    using Asker = std::function<Id(const http::Request&)>;

    explicit Storage(std::string folder);
    Storage(const Storage&) = delete;
    Storage& operator=(const Storage&) = delete;

    void limit(const StorageLimits& limits);
    int log_months();
    void read_free_with(Reading reading);  // tests; none: asks the file system

    // Any thread. Looked at once a second, so that it costs a request nothing.
    bool is_short() { return room() == 0; }
    std::uint64_t room();  // what may still be written; 0 when only the reserve is left
    void require_room();   // throws storage_full()

    // A company's files beside the database.
    std::string files_of(const Id& company) const;
    bool has_room_for(const Id& company, std::uint64_t bytes);
    void require_room_for(const Id& company, std::uint64_t bytes);  // throws 507
    // Of what a company keeps elsewhere: `bytes` in all. What is on its way is added; throws 507.
    void require_share_of(const Id& company, std::uint64_t bytes);
    // Whose a request is, before anybody has handled it; nil is nobody's.
    void know_askers_by(Asker asker);
    Id asker_of(const http::Request& request);

private:
    friend class Arriving;

    std::uint64_t look();
    bool fits(const Id& company, std::uint64_t bytes);

    const std::string folder_;
    std::mutex mutex_;
    StorageLimits limits_;
    Reading reading_;
    Asker asker_;
    std::map<Id, std::uint64_t> arriving_;
    bool was_short_ = false;
    std::atomic<std::int64_t> look_again_at_ = 0;
    std::atomic<std::uint64_t> room_ = 0;
};

// Bytes of a request on their way into a file: they count as their company's as long as this lives.
class Arriving {
public:
    Arriving(Storage& storage, const Id& company);
    ~Arriving();
    Arriving(const Arriving&) = delete;
    Arriving& operator=(const Arriving&) = delete;

    // Empty: they may be written. Otherwise the code of the refusal.
    std::string_view take(std::uint64_t bytes);

private:
    Storage& storage_;
    const Id company_;
    const std::uint64_t kept_;  // when this began
    std::uint64_t taken_ = 0;
};

// The one of this data directory: its disk is one, whoever asks.
Storage& storage_of(const std::string& data_dir);

Error storage_full();  // 507

}  // namespace ponte
