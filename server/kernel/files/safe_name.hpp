// What a file is called. A name from outside is shown, written into headers and offered to the disk
// of whoever downloads it; it never is a path of ours.
#pragma once

#include <string>
#include <string_view>

namespace ponte::files {

constexpr std::size_t longest_name = 255;  // characters, as the column has it

// Without folders, control characters and marks that turn the direction of writing, at most
// longest_name characters with its ending kept; `otherwise` when nothing is left.
std::string safe_name(std::string_view sent, std::string_view otherwise = "arquivo");

// "pdf" of "Proposta final.PDF"; empty when it has none.
std::string ending_of(std::string_view name);

enum class Shown { in_place, as_download };
// RFC 6266: the name in ASCII for old programs, and in UTF-8 (RFC 5987).
std::string content_disposition(Shown shown, std::string_view name);

}  // namespace ponte::files
