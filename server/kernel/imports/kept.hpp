// What an undo leaves as it is, since somebody has worked with it: which records and why.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "kernel/ctx.hpp"
#include "kernel/http.hpp"
#include "kernel/imports/import.hpp"
#include "kernel/work/taking_back.hpp"

namespace ponte::imports {

using work::Kept;

// Of these records that the import made: those that others changed or linked something to since.
Task<std::map<Id, Kept>> find_kept(Ctx& ctx, const records::Kind& kind, const Import& import,
                                   std::vector<Id> ids);
void queue_kept(Ctx& ctx, const Import& import, const std::vector<Kept>& kept);

// GET /imports/{id}/kept
Task<http::Response> list_kept(Ctx& ctx, Import import);

}  // namespace ponte::imports
