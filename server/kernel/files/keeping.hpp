// How a file on this machine's disk becomes one of the company's: first its bytes go into the
// store, then its row is written. Whatever happens in between leaves bytes that nobody knows, which
// the collector finds, and never a row without bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kernel/files/file.hpp"

namespace ponte::files {

struct Fresh {
    std::string path;  // taken over
    std::string name;
    std::string type = {};              // empty: as its bytes say
    std::optional<Id> created_by = {};  // none: the program, and nobody may take it
    // Whose it is from the beginning; nobody's as long as nobody takes it.
    std::string_view entity = {}, field = {};
    std::optional<Id> record = {};
};

// The row stands in the transaction under way, which begins after the bytes are kept. Throws 507.
Task<File> keep(Ctx& ctx, Fresh fresh);

}  // namespace ponte::files
