// Runs one job in a context of its own. Never throws: what went wrong is the outcome.
#pragma once

#include "kernel/jobs/taken.hpp"

namespace ponte::jobs {

Task<Outcome> run_job(Services& services, Loop& loop, const JobKind* kind, const Taken& job);

}  // namespace ponte::jobs
