// Totals of what leads to a record (Field::counts, latest, sums), as the database is asked to keep
// them: those of one link together, so that a write of it is one update of its target.
#pragma once

#include <string>
#include <vector>

#include "kernel/entities/catalogue.hpp"

namespace ponte::records {

struct KeptTotals {
    std::string told;                 // "contacts keeps no totals of notes.contact_id"
    std::string kept;                 // what their triggers say of themselves
    std::vector<std::string> tables;  // each with a trigger for each way in
    int triggers = 0;                 // so many on all of them
    std::string sql;                  // "call keep_totals(…);"
    std::string wrong;                // what the declaration says and cannot be
};
std::vector<KeptTotals> totals_of(const Catalogue& all, const Kind& kind);

// Whose events tell that a total moved: of what lives inside another, that one's.
std::string_view mover_of(const Catalogue& all, const Field& total);

}  // namespace ponte::records
