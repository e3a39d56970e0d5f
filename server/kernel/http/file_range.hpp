// A file as the body of a response, or the part of it that the request asks for.
#pragma once

#include <cstdint>

#include "kernel/http.hpp"

namespace ponte::http {

struct FileRange {
    int handle = -1;  // positioned at the first byte
    std::uint64_t bytes = 0;

    FileRange() = default;
    FileRange(FileRange&& other) noexcept;
    FileRange& operator=(FileRange&& other) noexcept;
    ~FileRange();
};

// Opens `response.file_path` and completes the response: 206 and 416 for `Range`, 404 when there is
// no such file.
FileRange open_file_range(Response& response, const Request& request);

}  // namespace ponte::http
