// Where a company's chain stood at a moment, signed: kept outside the database, it tells whether
// somebody who has all of the database wrote the past anew, or took its end away.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/id.hpp"

namespace ponte::audit {

struct Anchor {
    std::string at;  // RFC 3339
    Id company;
    std::int64_t number = 0;
    std::string hash, signature;

    std::string line() const;  // "<at> <company> <number> <hash> <signature>"
};

std::string signature_of(const Anchor& anchor, std::string_view secret);
// None: the line is no anchor, or not one of this installation.
std::optional<Anchor> anchor_in(std::string_view line, std::string_view secret);

}  // namespace ponte::audit
