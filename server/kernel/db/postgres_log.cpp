#include "kernel/db/postgres_log.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string_view>

namespace ponte::db {
namespace {

constexpr std::string_view no_space = "No space left on device";

// The end of the last line that has the mark, from there on.
std::string after_last(const std::string& text, std::string_view mark) {
    const auto at = text.rfind(mark);
    if (at == std::string::npos) {
        return {};
    }
    const auto begin = text.find_first_not_of(' ', at + mark.size());
    return begin == std::string::npos ? std::string{}
                                      : text.substr(begin, text.find('\n', begin) - begin);
}

// What is said before there is a server, on standard error: "postgres: could not find …".
std::string last_line_beside_the_log(const std::string& said) {
    std::istringstream lines(said);
    std::string last;
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty() && line.find(" LOG:") == std::string::npos) {
            last = line;
        }
    }
    return last;
}

}  // namespace

std::string end_of_log(const std::string& path, std::int64_t from) {
    constexpr std::int64_t most = 2'000;
    std::ifstream file(path, std::ios::ate);
    const auto size = static_cast<std::int64_t>(file.tellg());
    if (size < from) {
        from = 0;  // another file by now
    }
    file.seekg(std::max(from, size - most));
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string last_complaint(const std::string& said) {
    for (const std::string_view mark : {"PANIC:", "FATAL:"}) {
        const std::string complaint = after_last(said, mark);
        if (!complaint.empty()) {
            return complaint;
        }
    }
    return last_line_beside_the_log(said);
}

std::string in_plain_words(const std::string& complaint, bool is_disk_full) {
    if (is_disk_full || complaint.find(no_space) != std::string::npos) {
        return "the disk is full: make room, and it goes on by itself";
    }
    return complaint.empty() ? "it was killed, or said nothing" : complaint;
}

}  // namespace ponte::db
