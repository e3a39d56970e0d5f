#include "kernel/storage.hpp"

#include <sys/statvfs.h>

#include <chrono>
#include <filesystem>
#include <limits>
#include <map>
#include <memory>
#include <utility>

#include "kernel/log.hpp"

namespace ponte {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds between_looks{1};
constexpr std::uint64_t unknown = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t megabyte = 1u << 20;

// What cannot be asked is not known to be full.
std::uint64_t free_below(const std::string& folder) {
    struct statvfs facts{};
    return ::statvfs(folder.c_str(), &facts) == 0 ? facts.f_bavail * facts.f_frsize : unknown;
}

std::int64_t ticks(Clock::time_point moment) { return moment.time_since_epoch().count(); }

std::string normal(const std::string& folder) {
    const auto path = std::filesystem::absolute(folder).lexically_normal();
    return (path.has_filename() ? path : path.parent_path()).string();
}

}  // namespace

Storage::Storage(std::string folder) : folder_(std::move(folder)) {}

void Storage::limit(const StorageLimits& limits) {
    const std::scoped_lock lock(mutex_);
    limits_ = limits;
    look_again_at_ = 0;
}

void Storage::read_free_with(Reading reading) {
    const std::scoped_lock lock(mutex_);
    reading_ = std::move(reading);
    look_again_at_ = 0;
}

std::uint64_t Storage::room() {
    return ticks(Clock::now()) < look_again_at_ ? room_.load() : look();
}

std::uint64_t Storage::look() {
    const std::scoped_lock lock(mutex_);
    const std::uint64_t free = reading_ ? reading_() : free_below(folder_);
    const std::uint64_t room = free > limits_.reserve_bytes ? free - limits_.reserve_bytes : 0;
    const bool is_short = room == 0;
    if (std::exchange(was_short_, is_short) != is_short) {
        const auto free_mb = static_cast<std::int64_t>(free / megabyte);
        const auto reserve_mb = static_cast<std::int64_t>(limits_.reserve_bytes / megabyte);
        is_short ? log::error("the disk is nearly full: writing is refused, reading goes on",
                              {{"folder", folder_}, {"freeMb", free_mb}, {"reserveMb", reserve_mb}})
                 : log::info("there is room on the disk again: writing goes on",
                             {{"folder", folder_}, {"freeMb", free_mb}});
    }
    room_ = room;
    look_again_at_ = ticks(Clock::now() + between_looks);
    return room;
}

void Storage::require_room() {
    if (is_short()) {
        throw storage_full();
    }
}

Storage& storage_of(const std::string& data_dir) {
    static std::mutex mutex;
    static std::map<std::string, std::unique_ptr<Storage>> known;
    const std::string folder = normal(data_dir);
    const std::scoped_lock lock(mutex);
    auto& storage = known[folder];
    if (!storage) {
        storage = std::make_unique<Storage>(folder);
    }
    return *storage;
}

Error storage_full() { return Error(507, "storage_full"); }

}  // namespace ponte
