// Packs files into the program at build time: embed OUT_DIR CACHE_DIR < lines "path<TAB>file".
// Writes OUT_DIR/embedded.bin (everything end to end) and embedded_table.cpp (who lies where).
// Text files get gzip and brotli forms here, once, so that the server never compresses a file.
#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <brotli/encode.h>
#include <openssl/sha.h>
#include <zlib.h>

namespace fs = std::filesystem;

namespace {

struct Piece {
    std::size_t offset = 0, size = 0;
};

struct Entry {
    std::string path, file, etag;
    Piece bytes, gzip, brotli;
};

std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        throw std::runtime_error("cannot read " + path.string());
    }
    return {std::istreambuf_iterator<char>(in), {}};
}

// Through a temporary name: a build that is interrupted leaves no half file behind.
void write(const fs::path& path, std::string_view bytes) {
    const fs::path unfinished = path.string() + ".tmp";
    std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out) {
        throw std::runtime_error("cannot write " + path.string());
    }
    fs::rename(unfinished, path);
}

std::string digest(const std::string& bytes) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> sha{};
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), sha.data());
    std::string hex;
    for (std::size_t i = 0; i < 16; ++i) {
        char pair[3];
        std::snprintf(pair, sizeof pair, "%02x", sha[i]);
        hex += pair;
    }
    return hex;
}

std::string gzip(const std::string& bytes) {
    z_stream stream{};
    constexpr int gzip_window = 15 + 16;
    if (deflateInit2(&stream, 9, Z_DEFLATED, gzip_window, 9, Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::runtime_error("zlib refuses");
    }
    std::string packed(deflateBound(&stream, bytes.size()) + 32, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    const int result = deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    if (result != Z_STREAM_END) {
        throw std::runtime_error("zlib fails");
    }
    return packed;
}

std::string brotli(const std::string& bytes) {
    std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
    std::string packed(size, '\0');
    if (!BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS, BROTLI_MODE_TEXT,
                               bytes.size(), reinterpret_cast<const uint8_t*>(bytes.data()), &size,
                               reinterpret_cast<uint8_t*>(packed.data()))) {
        throw std::runtime_error("brotli fails");
    }
    packed.resize(size);
    return packed;
}

bool is_compressible(const std::string& path) {
    constexpr std::array endings{".html", ".js",  ".mjs",  ".css",         ".json", ".svg",
                                 ".txt",  ".map", ".wasm", ".webmanifest", ".ico"};
    const std::string ending = fs::path(path).extension().string();
    const bool is_served = path.starts_with("web/");
    return is_served && std::find(endings.begin(), endings.end(), ending) != endings.end();
}

// Brotli's best quality takes seconds a megabyte, and most files are the same as last time.
std::string cached(const fs::path& cache, std::string (*pack)(const std::string&),
                   const std::string& bytes) {
    if (fs::exists(cache)) {
        return read(cache);
    }
    std::string packed = pack(bytes);
    write(cache, packed);
    return packed;
}

Piece append(std::string& blob, const std::string& bytes) {
    const Piece piece{blob.size(), bytes.size()};
    blob += bytes;
    return piece;
}

std::vector<Entry> read_list(std::istream& in) {
    std::vector<Entry> entries;
    for (std::string line; std::getline(in, line);) {
        const std::size_t tab = line.find('\t');
        if (tab == std::string::npos) {
            throw std::runtime_error("a line without a tab: " + line);
        }
        entries.push_back({.path = line.substr(0, tab), .file = line.substr(tab + 1), .etag = {}});
    }
    std::ranges::sort(entries, {}, &Entry::path);
    const auto twin = std::ranges::adjacent_find(entries, {}, &Entry::path);
    if (twin != entries.end()) {
        throw std::runtime_error("two files want to be " + twin->path);
    }
    return entries;
}

std::string pack(std::vector<Entry>& entries, const fs::path& cache) {
    std::string blob;
    for (Entry& entry : entries) {
        const std::string bytes = read(entry.file);
        entry.etag = digest(bytes);
        entry.bytes = append(blob, bytes);
        if (!is_compressible(entry.path) || bytes.size() < 256) {
            continue;
        }
        const std::string zipped = cached(cache / (entry.etag + ".gz"), gzip, bytes);
        const std::string brotlied = cached(cache / (entry.etag + ".br"), brotli, bytes);
        if (zipped.size() < bytes.size()) {
            entry.gzip = append(blob, zipped);
        }
        if (brotlied.size() < bytes.size()) {
            entry.brotli = append(blob, brotlied);
        }
    }
    return blob;
}

std::string view(const Piece& piece) {
    if (piece.size == 0) {
        return "{}";
    }
    return "{ponte_embedded + " + std::to_string(piece.offset) + ", " + std::to_string(piece.size) +
           "}";
}

std::string table(const std::vector<Entry>& entries) {
    std::string code =
        "// Written by tools/embed.cpp.\n"
        "#include \"kernel/embedded.hpp\"\n\n"
        "extern \"C\" const char ponte_embedded[];\n\n"
        "namespace ponte {\n"
        "namespace {\n"
        "const EmbeddedFile files[] = {\n";
    for (const Entry& entry : entries) {
        code += "    {\"" + entry.path + "\", " + view(entry.bytes) + ", " + view(entry.gzip) +
                ", " + view(entry.brotli) + ", \"\\\"" + entry.etag + "\\\"\"},\n";
    }
    code +=
        "};\n"
        "}  // namespace\n\n"
        "std::span<const EmbeddedFile> embedded_files() { return files; }\n\n"
        "}  // namespace ponte\n";
    return code;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        if (argc != 3) {
            throw std::runtime_error("usage: embed OUT_DIR CACHE_DIR < list");
        }
        const fs::path out = argv[1];
        const fs::path cache = argv[2];
        fs::create_directories(cache);
        std::vector<Entry> entries = read_list(std::cin);
        write(out / "embedded.bin", pack(entries, cache));
        write(out / "embedded_table.cpp", table(entries));
        return 0;
    } catch (const std::exception& failure) {
        std::cerr << "embed: " << failure.what() << '\n';
        return 1;
    }
}
