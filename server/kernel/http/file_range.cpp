#include "kernel/http/file_range.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>

#include "kernel/http/header_text.hpp"
#include "kernel/log.hpp"

namespace ponte::http {
namespace {

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_number = error == std::errc() && end == text.data() + text.size();
    return is_number ? std::optional(value) : std::nullopt;
}

struct Span {
    std::uint64_t first = 0, bytes = 0;
    bool is_satisfiable = true;
};

// One range only; what else may be asked for is answered with the whole file, as RFC 9110 allows.
std::optional<Span> parse_range(std::string_view header, std::uint64_t size) {
    constexpr std::string_view unit = "bytes=";
    if (!header.starts_with(unit) || header.find(',') != header.npos) {
        return {};
    }
    header.remove_prefix(unit.size());
    const auto dash = header.find('-');
    if (dash == header.npos) {
        return {};
    }
    const auto first = number(header.substr(0, dash)), last = number(header.substr(dash + 1));
    if (dash == 0) {  // the last so many bytes
        if (!last) {
            return {};
        }
        const auto bytes = std::min(*last, size);
        return Span{size - bytes, bytes, bytes > 0};
    }
    const bool has_last = dash + 1 < header.size();
    if (!first || (has_last && (!last || *last < *first))) {
        return {};
    }
    if (*first >= size) {
        return Span{0, 0, false};
    }
    const auto end = has_last ? std::min(*last, size - 1) : size - 1;
    return Span{*first, end - *first + 1, true};
}

void apply_range(Response& response, FileRange& file, std::string_view header) {
    const std::uint64_t size = file.bytes;
    const auto span = parse_range(header, size);
    if (!span || response.status != 200) {
        return;
    }
    if (!span->is_satisfiable) {
        response.status = 416;
        response.with("Content-Range", "bytes */" + std::to_string(size));
        file = {};
        return;
    }
    ::lseek(file.handle, static_cast<off_t>(span->first), SEEK_SET);
    file.bytes = span->bytes;
    response.status = 206;
    response.with("Content-Range", "bytes " + std::to_string(span->first) + "-" +
                                       std::to_string(span->first + span->bytes - 1) + "/" +
                                       std::to_string(size));
}

// A client that holds the first half of another version must get the whole file.
bool is_same_file(const Response& response, const Request& request) {
    const auto version = request.header("if-range");
    return version.empty() ||
           std::any_of(response.headers.begin(), response.headers.end(), [&](const auto& header) {
               return header.second == version && (is_same_word(header.first, "etag") ||
                                                   is_same_word(header.first, "last-modified"));
           });
}

}  // namespace

FileRange::FileRange(FileRange&& other) noexcept { *this = std::move(other); }

FileRange& FileRange::operator=(FileRange&& other) noexcept {
    std::swap(handle, other.handle);
    std::swap(bytes, other.bytes);
    return *this;
}

FileRange::~FileRange() {
    if (handle >= 0) {
        ::close(handle);
    }
}

FileRange open_file_range(Response& response, const Request& request) {
    FileRange file;
    struct stat facts{};
    file.handle = ::open(response.file_path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file.handle < 0 || ::fstat(file.handle, &facts) != 0 || !S_ISREG(facts.st_mode)) {
        log::error("a file to be sent is missing", {{"requestId", request.request_id}});
        response.status = 404;
        return {};
    }
    file.bytes = static_cast<std::uint64_t>(facts.st_size);
    response.with("Accept-Ranges", "bytes");
    const auto range = request.header("range");
    if (!range.empty() && request.method == "GET" && is_same_file(response, request)) {
        apply_range(response, file, range);
    }
    return file;
}

}  // namespace ponte::http
