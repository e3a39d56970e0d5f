// What jobs of the installation do by the clock, for all companies at once: they make up for
// wake-ups that were lost, and take out what is old.
#pragma once

#include <string>
#include <string_view>

#include "kernel/ctx.hpp"

namespace ponte {

// A job in a company that need not be that of `ctx`, in its transaction.
void enqueue_in(Ctx& ctx, const Id& tenant, std::string_view kind, const Json& args,
                const EnqueueOptions& options = {});

// In the company of each row (tenant_id, and the id of what it is about) a job with that id as its
// argument `about`, once as long as one waits for it. Without `about`: one for the company.
void enqueue_for_each(Ctx& ctx, const db::Rows& rows, std::string_view kind,
                      std::string_view about = {});

// Again and again until it returns no row, each time in a transaction of its own, so that nobody
// waits for it: "delete … where ctid = any (array(select ctid … limit 5000)) returning 1". For jobs
// that commit for themselves.
Task<> repeat_until_none(Ctx& ctx, std::string sql);

}  // namespace ponte
