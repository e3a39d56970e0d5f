// How good a lead looks, from 0 to 100, and why: the points of the company's rules that it meets.
#pragma once

#include <string_view>

#include "kernel/events.hpp"
#include "kernel/records.hpp"

namespace ponte::sales {

// Sets score and reasons of leads that are about to be written.
Task<> score(Ctx& ctx, Changes& changes);

// {matches, points, found}: a rule and a lead as the API shows them.
Json tried(const Json& rule, const Json& lead, Time now);

// 422 when a lead has no such field.
void require_field(Ctx& ctx, const std::string& name);

// Hears score_rule.*: all leads are scored anew, some hundreds a job.
Task<> score_again(Ctx& ctx, const Event& event);
struct ScoreLeads {
    Id after;
};
FIELDS(ScoreLeads, after);
Task<> score_leads(Ctx& ctx, const ScoreLeads& args);
// By night, where a rule asks for days: what was new yesterday is not any more.
struct ScoreDaily {};
template <class Visit>
void visit_fields(const ScoreDaily&, Visit&&) {}
Task<> score_daily(Ctx& ctx, const ScoreDaily&);

}  // namespace ponte::sales
