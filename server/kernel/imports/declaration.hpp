// What somebody says an import is to do: the mode, the columns, the cells that were mended, the
// lines of totals that are records after all. Kept with the import; a trial may be told anew and is
// then asked again, until it is run as it stands.
#pragma once

#include <span>

#include "kernel/http.hpp"
#include "kernel/imports/plan.hpp"

namespace ponte::imports {

// Reads a file that is sent or named, and queues its import or its trial.
Task<http::Response> start_import(Ctx& ctx, const http::Request& request);

// That a file is to be imported, for the audit.
void tell_of_start(Ctx& ctx, const Id& id, std::string_view entity, const std::string& file_name);

Task<http::Response> show_plan(Ctx& ctx, const http::Request& request);

extern const std::span<const Field> plan_fields;
// Throws 409 import.not_a_trial, also while the trial is at work.
Task<http::Response> change_plan(Ctx& ctx, const http::Request& request);

}  // namespace ponte::imports
