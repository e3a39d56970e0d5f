#include "kernel/files/disk_store.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <system_error>

#include "kernel/error.hpp"
#include "kernel/log.hpp"

namespace ponte::files {

Local::~Local() {
    if (copy_ == Copy::yes && !path_.empty()) {
        std::error_code problem;
        std::filesystem::remove(path_, problem);
    }
}

Task<std::string> Store::trouble(Loop&) { co_return std::string{}; }

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& what) {
    throw std::system_error(errno, std::generic_category(), what);
}

void sync(const std::string& path, int flags) {
    const int handle = ::open(path.c_str(), flags | O_CLOEXEC);
    if (handle < 0) {
        fail("a file is not opened");
    }
    const int problem = ::fsync(handle);
    ::close(handle);
    if (problem != 0) {
        fail("a file is not written");
    }
}

// Names of folders that were made on the way stand on the disk, too, before anybody relies on them.
void make_folder(const fs::path& folder, const fs::path& top) {
    if (fs::exists(folder)) {
        return;
    }
    if (folder != top) {
        make_folder(folder.parent_path(), top);
    }
    std::error_code problem;
    fs::create_directory(folder, problem);  // somebody else may just have done it
    if (!fs::is_directory(folder)) {
        throw std::system_error(problem, "a folder for files is not made");
    }
    sync(folder.parent_path(), O_RDONLY | O_DIRECTORY);
}

class DiskStore : public Store {
public:
    explicit DiskStore(std::string folder) : folder_(std::move(folder)) {}

    Task<> put(Loop& loop, Key key, std::string path, std::string type) override;
    Task<> answer(Loop& loop, Key key, http::Response& response, Lending) override;
    Task<Local> open(Loop& loop, Key key) override;
    Task<> remove(Loop& loop, std::vector<Key> keys) override;
    Task<Listed> list(Loop& loop, std::string after, std::int64_t older_than_s) override;

private:
    // Ids begin with the time; their last letters are spread evenly.
    static std::string shelf_of(const Id& file) { return file.text().substr(34); }
    fs::path place_of(const Key& key) const {
        return folder_ / key.company.text() / shelf_of(key.file) / key.file.text();
    }

    const fs::path folder_;
};

void move_in(const std::string& from, const fs::path& to, const fs::path& top) {
    sync(from, O_RDONLY);
    make_folder(to.parent_path(), top);
    std::error_code other_disk;
    fs::rename(from, to, other_disk);
    if (other_disk) {
        const std::string draft = to.string() + ".draft";
        fs::copy_file(from, draft, fs::copy_options::overwrite_existing);
        sync(draft, O_RDONLY);
        fs::rename(draft, to);
        fs::remove(from);
    }
    sync(to.parent_path(), O_RDONLY | O_DIRECTORY);
}

Task<> DiskStore::put(Loop& loop, Key key, std::string path, std::string) {
    const fs::path to = place_of(key);
    auto work = [from = std::move(path), to, top = folder_] { move_in(from, to, top); };
    co_await offload(loop, std::move(work));
}

// The disk is asked for the beginning here, where waiting for it holds nobody up; what follows it
// reads ahead of whom it is sent to.
bool is_ready(const std::string& path) {
    const int handle = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (handle < 0) {
        return false;
    }
    constexpr off_t first = 4 << 20;
    ::posix_fadvise(handle, 0, first, POSIX_FADV_WILLNEED);
    ::posix_fadvise(handle, 0, 0, POSIX_FADV_SEQUENTIAL);
    ::close(handle);
    return true;
}

Task<> DiskStore::answer(Loop& loop, Key key, http::Response& response, Lending) {
    const std::string path = place_of(key);
    auto work = [path] { return is_ready(path); };
    const bool is_there = co_await offload(loop, std::move(work));
    if (!is_there) {
        log::error("the bytes of a file are missing", {{"file", key.file}});
        throw not_found("file");
    }
    response.file_path = path;
}

Task<Local> DiskStore::open(Loop& loop, Key key) {
    const std::string path = place_of(key);
    auto work = [path] { return is_ready(path); };
    const bool is_there = co_await offload(loop, std::move(work));
    if (!is_there) {
        throw not_found("file");
    }
    co_return Local(path, Local::Copy::no);
}

Task<> DiskStore::remove(Loop& loop, std::vector<Key> keys) {
    std::vector<std::string> places;
    for (const Key& key : keys) {
        places.push_back(place_of(key));
    }
    auto work = [places = std::move(places)] {
        for (const std::string& place : places) {
            std::error_code problem;
            fs::remove(place, problem);
        }
    };
    co_await offload(loop, std::move(work));
}

std::vector<fs::path> sorted_entries(const fs::path& folder) {
    std::vector<fs::path> entries;
    std::error_code problem;
    for (const auto& entry : fs::directory_iterator(folder, problem)) {
        entries.push_back(entry.path());
    }
    std::ranges::sort(entries);
    return entries;
}

// One shelf of one company. What was left half copied has a name that is no id, and goes as well.
std::vector<Key> old_on(const fs::path& shelf, const Id& company, std::int64_t older_than_s) {
    std::vector<Key> keys;
    const auto limit = fs::file_time_type::clock::now() - std::chrono::seconds{older_than_s};
    for (const fs::path& file : sorted_entries(shelf)) {
        std::error_code problem;
        if (fs::last_write_time(file, problem) >= limit || problem) {
            continue;
        }
        if (const auto id = Id::parse(file.filename().string())) {
            keys.push_back({company, *id});
        } else {
            fs::remove(file, problem);
        }
    }
    return keys;
}

// `after` is "company/shelf", the last one that was listed.
Store::Listed list_next(const fs::path& top, const std::string& after, std::int64_t older_than_s) {
    for (const fs::path& folder : sorted_entries(top)) {
        const auto company = Id::parse(folder.filename().string());
        const std::string name = folder.filename().string();
        if (!company || name < after.substr(0, after.find('/'))) {
            continue;
        }
        for (const fs::path& shelf : sorted_entries(folder)) {
            const std::string place = name + "/" + shelf.filename().string();
            if (place > after) {
                return {old_on(shelf, *company, older_than_s), place};
            }
        }
    }
    return {};
}

Task<Store::Listed> DiskStore::list(Loop& loop, std::string after, std::int64_t older_than_s) {
    auto work = [top = folder_, after = std::move(after), older_than_s] {
        return list_next(top, after, older_than_s);
    };
    Listed listed = co_await offload(loop, std::move(work));
    co_return listed;
}

}  // namespace

std::shared_ptr<Store> disk_store(const std::string& data_dir) {
    return std::make_shared<DiskStore>(data_dir + "/files");
}

}  // namespace ponte::files
