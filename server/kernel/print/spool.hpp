// Rows that wait on the disk, one after the other: each cell its length and its bytes.
#pragma once

#include <fstream>
#include <span>
#include <string>
#include <vector>

#include "kernel/print/printer.hpp"

namespace ponte::print {

class Spool {
public:
    explicit Spool(std::string path);
    ~Spool();  // its file is gone
    Spool(const Spool&) = delete;
    Spool& operator=(const Spool&) = delete;

    void add(std::span<const Text> row);
    void rewind();  // to be read from the first on
    void read(std::vector<Text>& row);
    std::size_t rows() const { return rows_; }

private:
    void put(const std::string& text);
    void take(std::string& text);

    std::string path_;
    std::ofstream out_;
    std::ifstream in_;
    std::size_t rows_ = 0;
};

}  // namespace ponte::print
