// Events are found from the records that they are about (Event::about), beside their own.
#pragma once

#include "kernel/db.hpp"

namespace ponte::events {

// The same insert into `events`, of rows that may have `about`, and with them what leads to them
// from there.
db::Statement found_from_subjects(db::Statement insert);

}  // namespace ponte::events
