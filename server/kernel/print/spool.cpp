#include "kernel/print/spool.hpp"

#include <cstdint>
#include <cstdio>
#include <stdexcept>

namespace ponte::print {

Spool::Spool(std::string path) : path_(std::move(path)), out_(path_, std::ios::binary) {}

Spool::~Spool() { std::remove(path_.c_str()); }

void Spool::add(std::span<const Text> row) {
    for (const Text& cell : row) {
        put(cell.text);
        put(cell.address);
    }
    ++rows_;
    if (!out_) {
        throw std::runtime_error("rows to be printed are not kept");
    }
}

void Spool::rewind() {
    out_.close();
    in_ = std::ifstream(path_, std::ios::binary);
}

void Spool::read(std::vector<Text>& row) {
    for (Text& cell : row) {
        take(cell.text);
        take(cell.address);
    }
    if (!in_) {
        throw std::runtime_error("rows to be printed are gone");
    }
}

void Spool::put(const std::string& text) {
    const auto size = static_cast<std::uint32_t>(text.size());
    out_.write(reinterpret_cast<const char*>(&size), sizeof size);
    out_.write(text.data(), static_cast<std::streamsize>(text.size()));
}

void Spool::take(std::string& text) {
    std::uint32_t size = 0;
    in_.read(reinterpret_cast<char*>(&size), sizeof size);
    text.resize(in_ ? size : 0);
    in_.read(text.data(), static_cast<std::streamsize>(text.size()));
}

}  // namespace ponte::print
