// `ponte audit verify`: whether what companies have done is still told as it was.
#pragma once

#include <string>

#include "program.hpp"

namespace ponte {

struct AuditQuestion {
    std::string company;  // name, slug or id; empty: all
    std::string anchors;  // a file of them; empty: those in the data directory
};
// Prints a line or more for each company; 1 when one of them is not as it was.
int verify_audit(Program& program, const AuditQuestion& question);

}  // namespace ponte
