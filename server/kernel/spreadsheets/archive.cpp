#include "kernel/spreadsheets/archive.hpp"

#include <zip.h>

#include <memory>
#include <vector>

namespace ponte::spreadsheets {

Archive::Archive(const std::string& path) { zip_ = zip_open(path.c_str(), ZIP_RDONLY, nullptr); }

Archive::~Archive() {
    if (zip_) {
        zip_discard(zip_);
    }
}

// Names of parts know no case (ECMA-376 part 2, §6.2.2.3).
bool Archive::has(const std::string& part) const {
    return zip_name_locate(zip_, part.c_str(), ZIP_FL_NOCASE) >= 0;
}

Trouble Archive::read(const std::string& part, std::uint64_t most_bytes,
                      const std::function<Trouble(std::string_view)>& take) const {
    constexpr std::size_t block_bytes = 64 * 1024;
    const zip_int64_t at = zip_name_locate(zip_, part.c_str(), ZIP_FL_NOCASE);
    if (at < 0) {
        return "broken";
    }
    const auto close = [](zip_file_t* file) { zip_fclose(file); };
    const std::unique_ptr<zip_file_t, decltype(close)> file(
        zip_fopen_index(zip_, static_cast<zip_uint64_t>(at), 0), close);
    if (!file) {
        return zip_error_code_zip(zip_get_error(zip_)) == ZIP_ER_NOPASSWD ? "locked" : "broken";
    }
    std::vector<char> block(block_bytes);
    std::uint64_t all = 0;
    while (true) {
        const zip_int64_t got = zip_fread(file.get(), block.data(), block.size());
        if (got <= 0) {
            return got < 0 ? "broken" : "";
        }
        all += static_cast<std::uint64_t>(got);
        if (all > most_bytes) {
            return "unpacks_too_large";
        }
        if (const Trouble trouble = take({block.data(), static_cast<std::size_t>(got)});
            !trouble.empty()) {
            return trouble;
        }
    }
}

}  // namespace ponte::spreadsheets
