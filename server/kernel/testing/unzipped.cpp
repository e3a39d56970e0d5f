#include "kernel/testing/unzipped.hpp"

#include <zlib.h>

#include <stdexcept>

namespace ponte::testing {
namespace {

std::size_t number(std::string_view bytes, std::size_t at, std::size_t size) {
    std::size_t value = 0;
    for (std::size_t i = size; i-- > 0;) {
        value = value << 8 | static_cast<unsigned char>(bytes.at(at + i));
    }
    return value;
}

std::string inflated(std::string_view bytes, std::size_t size) {
    std::string out(size, '\0');
    z_stream stream{};
    constexpr int without_header = -15;
    ::inflateInit2(&stream, without_header);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = ::inflate(&stream, Z_FINISH);
    ::inflateEnd(&stream);
    if (result != Z_STREAM_END || stream.total_out != size) {
        throw std::runtime_error("a file in an archive is damaged");
    }
    return out;
}

}  // namespace

std::map<std::string, std::string> unzipped(std::string_view archive) {
    const auto end = archive.rfind("PK\x05\x06");
    if (end == archive.npos) {
        throw std::runtime_error("this is no archive");
    }
    std::map<std::string, std::string> files;
    std::size_t entry = number(archive, end + 16, 4);
    for (std::size_t left = number(archive, end + 10, 2); left > 0; --left) {
        const std::size_t method = number(archive, entry + 10, 2),
                          packed = number(archive, entry + 20, 4),
                          size = number(archive, entry + 24, 4),
                          name = number(archive, entry + 28, 2),
                          more = number(archive, entry + 30, 2) + number(archive, entry + 32, 2),
                          local = number(archive, entry + 42, 4);
        const std::size_t begin =
            local + 30 + number(archive, local + 26, 2) + number(archive, local + 28, 2);
        const std::string_view bytes = archive.substr(begin, packed);
        files[std::string(archive.substr(entry + 46, name))] =
            method == 0 ? std::string(bytes) : inflated(bytes, size);
        entry += 46 + name + more;
    }
    return files;
}

}  // namespace ponte::testing
