// The parts of a workbook's archive, read as a stream.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "kernel/spreadsheets/workbook.hpp"

struct zip;

namespace ponte::spreadsheets {

class Archive {
public:
    explicit Archive(const std::string& path);
    ~Archive();
    Archive(const Archive&) = delete;
    Archive& operator=(const Archive&) = delete;

    bool is_open() const { return zip_ != nullptr; }
    bool has(const std::string& part) const;
    // Gives it in blocks; `take` says whether it wants more. The archive's own word on sizes counts
    // for nothing: what comes out is counted.
    Trouble read(const std::string& part, std::uint64_t most_bytes,
                 const std::function<Trouble(std::string_view)>& take) const;

private:
    zip* zip_ = nullptr;
};

}  // namespace ponte::spreadsheets
