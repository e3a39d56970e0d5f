// What of a record is read to be shown: its columns, and the titles of what its links point to, as
// far as the reader may read that.
#pragma once

#include <string>

#include "kernel/entities/catalogue.hpp"
#include "kernel/lists/list.hpp"

namespace ponte::records {

// The select list over t of what write_record writes. $1 of `sql` is the tenant. Lists leave parts
// out: a page of records would be as heavy as all their parts.
enum class Tags { as_titles, as_objects };
enum class Inside { told, left_out };
std::string shown_list(const Ctx& ctx, const Kind& kind, Tags tags, Inside inside, Sql& sql);

// What is behind `"title":` of the record that the expression `id` names: null where the reader may
// not read it. Also of what lies in the bin, which the same readers may read.
std::string title_sql(const Ctx& ctx, const Kind& kind, const std::string& id, Sql& sql);

// A record for whoever has just written it, wherever it is now: their right was asked before.
db::Statement shown_statement(const Ctx& ctx, const Kind& kind, const Id& id);

// Titles of links in changes of the log: an expression that adds them to the operand
// `changes`, from and to.
std::string linked_changes(const Ctx& ctx, const Kind& kind, const std::string& changes, Sql& sql);

// The titles of what the links of `record` point to; it stands in no row (a past state).
Task<> tell_links(Ctx& ctx, const Kind& kind, Json& record);

}  // namespace ponte::records
