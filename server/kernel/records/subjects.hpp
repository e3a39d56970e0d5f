// Which records an event is about beside its own: those that links declared `.about()` point to.
#pragma once

#include <string>
#include <vector>

#include "kernel/entities/catalogue.hpp"
#include "kernel/records/changes.hpp"

namespace ponte::records {

bool has_subjects(const Kind& kind);
// What the record pointed to and what it points to now: what is moved stands in both lines.
std::vector<Id> subjects_of(const Changes& changes, const Change& change);
// The same in SQL, of a record t as it is; null when there are none.
std::string subjects_sql(const Kind& kind);

// Whether the reader, who sees `seen` of an entity, may know of all that its events are about.
bool shows_subjects(const Kind& seen);

// Whether what happens to `kind` is told of records of `subject`, too.
bool tells_of(const Kind& kind, const Kind& subject);
// Those that do, as the reader sees them: none whose records they may not read, none whose link
// they may not see.
std::vector<const Kind*> tellers_of(const Ctx& ctx, const Kind& subject);

}  // namespace ponte::records
