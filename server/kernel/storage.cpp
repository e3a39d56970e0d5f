#include "kernel/storage.hpp"

#include <sys/stat.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <limits>
#include <map>
#include <memory>
#include <set>
#include <system_error>
#include <utility>

#include "kernel/log.hpp"

namespace ponte {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds between_looks{1};
constexpr std::uint64_t unknown = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t megabyte = 1u << 20;
constexpr std::string_view full = "storage_full", company_full = "company_files_full";

// What cannot be asked is not known to be full.
std::uint64_t free_below(const std::string& folder) {
    struct statvfs facts{};
    return ::statvfs(folder.c_str(), &facts) == 0 ? facts.f_bavail * facts.f_frsize : unknown;
}

// A file under two names is one file.
std::uint64_t kept_in(const std::string& folder) {
    std::error_code problem;
    std::set<ino_t> seen;
    std::uint64_t sum = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder, problem)) {
        struct stat facts{};
        if (::lstat(entry.path().c_str(), &facts) == 0 && seen.insert(facts.st_ino).second) {
            sum += static_cast<std::uint64_t>(
                std::max(std::int64_t{facts.st_size}, Storage::least_of_a_file));
        }
    }
    return sum;
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

int Storage::log_months() {
    const std::scoped_lock lock(mutex_);
    return limits_.log_months;
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

std::string Storage::files_of(const Id& company) const {
    return folder_ + "/uploads/" + company.text();
}

bool Storage::fits(const Id& company, std::uint64_t bytes) {
    const std::uint64_t kept = kept_in(files_of(company));
    const std::scoped_lock lock(mutex_);
    const auto found = arriving_.find(company);
    const std::uint64_t arriving = found == arriving_.end() ? 0 : found->second;
    return kept + arriving + bytes <= limits_.company_bytes;
}

bool Storage::has_room_for(const Id& company, std::uint64_t bytes) {
    return bytes < room() && (company.is_nil() || fits(company, bytes));
}

void Storage::require_room_for(const Id& company, std::uint64_t bytes) {
    if (bytes >= room()) {
        throw storage_full();
    }
    require_share_of(company, bytes);
}

void Storage::require_share_of(const Id& company, std::uint64_t bytes) {
    if (!fits(company, bytes)) {
        throw Error(507, std::string(company_full));
    }
}

void Storage::know_askers_by(Asker asker) {
    const std::scoped_lock lock(mutex_);
    asker_ = std::move(asker);
}

Id Storage::asker_of(const http::Request& request) {
    const std::scoped_lock lock(mutex_);
    return asker_ ? asker_(request) : Id{};
}

Arriving::Arriving(Storage& storage, const Id& company)
    : storage_(storage), company_(company), kept_(kept_in(storage.files_of(company))) {}

Arriving::~Arriving() {
    const std::scoped_lock lock(storage_.mutex_);
    const auto found = storage_.arriving_.find(company_);
    if (found != storage_.arriving_.end() && (found->second -= taken_) == 0) {
        storage_.arriving_.erase(found);
    }
}

std::string_view Arriving::take(std::uint64_t bytes) {
    if (storage_.is_short()) {
        return full;
    }
    const std::scoped_lock lock(storage_.mutex_);
    std::uint64_t& arriving = storage_.arriving_[company_];
    arriving += bytes;
    taken_ += bytes;
    const bool is_too_much = kept_ + arriving > storage_.limits_.company_bytes;
    return is_too_much && !company_.is_nil() ? company_full : std::string_view{};
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

Error storage_full() { return Error(507, std::string(full)); }

}  // namespace ponte
