// What a workbook says of its sheets before any is read: which there are, how numbers are shown,
// and the texts that cells share.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/spreadsheets/archive.hpp"
#include "kernel/spreadsheets/cell_text.hpp"

namespace ponte::spreadsheets {

struct Parts {
    struct Sheet {
        std::string name, part;
    };
    std::vector<Sheet> sheets;
    std::string styles, strings;  // empty: there are none
    bool is_since_1904 = false;
};
Trouble read_parts(const Archive& archive, const Limits& limits, Parts& out);

// By the number of a cell's style.
using Formats = std::vector<Format>;
Trouble read_formats(const Archive& archive, const Parts& parts, Formats& out);

// On disk while they are looked up, in a file without a name: a workbook of a million names would
// fill the memory of all. Their places alone are kept, eight bytes each.
class SharedStrings {
public:
    SharedStrings() = default;
    ~SharedStrings();
    SharedStrings(const SharedStrings&) = delete;
    SharedStrings& operator=(const SharedStrings&) = delete;

    Trouble read(const Archive& archive, const Parts& parts, const Limits& limits,
                 const std::string& folder);
    std::string_view at(std::size_t index) const;  // empty past the last

private:
    std::vector<std::uint64_t> ends_;
    const char* bytes_ = nullptr;
    std::uint64_t size_ = 0;
};

}  // namespace ponte::spreadsheets
