// Changes as SQL: the only place that writes entities' tables and their events. One record is a
// plain statement; many are one statement over arrays, however many they are.
#pragma once

#include "kernel/events.hpp"
#include "kernel/records/changes.hpp"
#include "kernel/records/title_ids.hpp"

namespace ponte::records {

// `titles` knows the labels that the values name.
db::Statement insert_statement(const Changes& changes, const TitleIds& titles);
db::Statement update_statement(const Changes& changes, const TitleIds& titles);
db::Statement bin_statement(const Changes& changes);  // into it or out of it
db::Statement events_statement(const Ctx& ctx, const Changes& changes);
// An event beside the changes of a record: its owner, author and version are taken from it.
db::Statement told_statement(const Ctx& ctx, const Kind& kind, const Event& event);

}  // namespace ponte::records
