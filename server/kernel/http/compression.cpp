#include "kernel/http/compression.hpp"

#include <zlib.h>

#include "kernel/http/header_text.hpp"

namespace ponte::http {
namespace {

// `q=0` and `q=0.000` refuse a coding.
bool is_refused(std::string_view parameters) {
    const auto q = parameters.find("q=");
    return q != parameters.npos && parameters.find_first_of("123456789", q + 2) == parameters.npos;
}

}  // namespace

AcceptedCodings accepted_codings(std::string_view accept_encoding) {
    std::optional<bool> brotli, gzip;
    bool others = false;  // what `*` says of those that are not named
    while (!accept_encoding.empty()) {
        std::string_view item = take_part(accept_encoding, ',');
        const std::string_view coding = take_part(item, ';');
        const bool is_welcome = !is_refused(item);
        if (is_same_word(coding, "br")) {
            brotli = is_welcome;
        } else if (is_same_word(coding, "gzip") || is_same_word(coding, "x-gzip")) {
            gzip = is_welcome;
        } else if (coding == "*") {
            others = is_welcome;
        }
    }
    return {brotli.value_or(others), gzip.value_or(others)};
}

bool is_compressible(std::string_view content_type) {
    return content_type.starts_with("text/") || content_type.find("json") != content_type.npos ||
           content_type.find("javascript") != content_type.npos ||
           content_type.starts_with("image/svg");
}

struct Gzip::Parts {
    z_stream stream{};
    bool is_ready = false;

    bool prepare() {
        if (is_ready) {
            return deflateReset(&stream) == Z_OK;
        }
        constexpr int fastest = 1, gzip_window = 15 + 16, memory_level = 8;
        is_ready = deflateInit2(&stream, fastest, Z_DEFLATED, gzip_window, memory_level,
                                Z_DEFAULT_STRATEGY) == Z_OK;
        return is_ready;
    }
};

Gzip::Gzip() : parts_(std::make_unique<Parts>()) {}

Gzip::~Gzip() {
    if (parts_->is_ready) {
        deflateEnd(&parts_->stream);
    }
}

std::optional<std::string> Gzip::pack(std::string_view text) {
    if (!parts_->prepare()) {
        return {};
    }
    z_stream& stream = parts_->stream;
    std::string packed(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END) {
        return {};
    }
    packed.resize(packed.size() - stream.avail_out);
    return packed;
}

}  // namespace ponte::http
