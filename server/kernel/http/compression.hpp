// What the reader of a response can unpack, and gzip for what we write at run time.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace ponte::http {

struct AcceptedCodings {
    bool brotli = false;
    bool gzip = false;
};
AcceptedCodings accepted_codings(std::string_view accept_encoding);

// JSON, text and the like: worth packing.
bool is_compressible(std::string_view content_type);

// One packer a loop: its quarter of a megabyte is made at the first use and used again.
class Gzip {
public:
    Gzip();
    ~Gzip();
    Gzip(const Gzip&) = delete;
    Gzip& operator=(const Gzip&) = delete;

    std::optional<std::string> pack(std::string_view text);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace ponte::http
