#include "kernel/files/nearby.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <system_error>
#include <vector>

namespace ponte::files {
namespace {

namespace fs = std::filesystem;
using FileClock = fs::file_time_type::clock;

// An answer opens its file at once; the rest is for machines that were halted meanwhile.
constexpr std::chrono::minutes in_use{10};
constexpr std::chrono::hours longest_draft{24};
constexpr std::uint64_t parts_to_count_at = 8;

struct Copy {
    fs::path path;
    std::uint64_t size = 0;
    fs::file_time_type read_at;
};

bool is_whole(const fs::path& path) { return Id::parse(path.filename().string()).has_value(); }

std::vector<Copy> copies_in(const std::string& folder) {
    std::vector<Copy> found;
    std::error_code gone;  // by another thread, meanwhile
    for (const auto& entry : fs::recursive_directory_iterator(folder, gone)) {
        if (entry.is_regular_file(gone)) {
            found.push_back({entry.path(), entry.file_size(gone), entry.last_write_time(gone)});
        }
    }
    std::ranges::sort(found, {}, &Copy::read_at);
    return found;
}

}  // namespace

std::string Nearby::place_of(const Key& key) const {
    return folder_ + "/" + key.company.text() + "/" + key.file.text();
}

std::string Nearby::find(const Key& key) {
    const std::string path = place_of(key);
    std::error_code missing;
    fs::last_write_time(path, FileClock::now(), missing);
    return missing ? std::string{} : path;
}

std::string Nearby::draft_of(const Key& key) {
    const std::string path = place_of(key);
    fs::create_directories(fs::path(path).parent_path());
    return path + "." + Id::make().text() + ".draft";
}

std::string Nearby::adopt(const std::string& draft, const Key& key) {
    const std::string path = place_of(key);
    fs::create_directories(fs::path(path).parent_path());
    std::error_code other_disk;
    fs::last_write_time(draft, FileClock::now(), other_disk);
    fs::rename(draft, path, other_disk);
    if (other_disk) {
        fs::remove(draft, other_disk);
        return {};
    }
    const std::scoped_lock lock(mutex_);
    grown_ += fs::file_size(path, other_disk);
    if (!was_counted_ || grown_ > most_ / parts_to_count_at) {
        make_room();
    }
    return path;
}

std::string Nearby::lend(const Key& key) {
    const std::string path = place_of(key), name = draft_of(key);
    std::error_code problem;
    fs::create_hard_link(path, name, problem);
    return problem ? std::string{} : name;
}

void Nearby::forget(const Key& key) {
    std::error_code problem;
    fs::remove(place_of(key), problem);
}

void Nearby::make_room() {
    const auto now = FileClock::now();
    std::vector<Copy> copies = copies_in(folder_);
    std::uint64_t kept = 0;
    for (const Copy& copy : copies) {
        kept += copy.size;
    }
    for (const Copy& copy : copies) {
        const bool is_old_draft = !is_whole(copy.path) && copy.read_at < now - longest_draft;
        const bool is_too_much = kept > most_ && is_whole(copy.path) && copy.read_at < now - in_use;
        std::error_code gone;
        if ((is_old_draft || is_too_much) && fs::remove(copy.path, gone)) {
            kept -= copy.size;
        }
    }
    grown_ = 0;
    was_counted_ = true;
}

}  // namespace ponte::files
