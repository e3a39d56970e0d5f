// What a chunk comes to, handed to the writer; and what the database knows of its rows.
#pragma once

#include <span>
#include <vector>

#include "kernel/ctx.hpp"
#include "kernel/imports/decide.hpp"
#include "kernel/imports/titles.hpp"
#include "kernel/records/write.hpp"

namespace ponte::imports {

Task<> write_created(Ctx& ctx, const Plan& plan, Titles& titles, Outcome& outcome);

// Locks what is to be changed, drops what may not be or needs no change (as rejected or skipped
// rows of the outcome), and writes the rest.
Task<> write_changed(Ctx& ctx, const Plan& plan, Titles& titles, Outcome& outcome);

// Records that the keys of these rows lead to.
Task<Matches> find_matches(Ctx& ctx, const Plan& plan, std::span<const Row> rows);

// The company's choice for each kind of key, as the function "<match_table>_policies()" tells it,
// which stands beside the table.
Task<Policies> find_policies(Ctx& ctx, const Entity& entity);

}  // namespace ponte::imports
