// A mail as it is transmitted: RFC 5322 with two bodies, plain and formatted.
#pragma once

#include <string>

#include "kernel/values.hpp"

namespace ponte::mail {

struct Letter {
    std::string from, from_name, to, to_name, subject, text, html;
    std::string message_id;  // "<id@domain>", without its brackets
    Time at;
};

// Lines end with CRLF, none is too long, everything is ASCII. Nothing that somebody typed can make
// a header of its own: line breaks in names and subjects are blanks.
std::string mime_of(const Letter& letter);

}  // namespace ponte::mail
