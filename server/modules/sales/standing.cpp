#include "modules/sales/standing.hpp"

#include <algorithm>
#include <chrono>

#include "modules/sales/owners.hpp"

namespace ponte::sales {
namespace {

struct Stage {
    Id id, pipeline_id;
    std::string outcome;
    std::optional<std::int64_t> probability, max_days;
    Json required_fields;
};
FIELDS(Stage, id, pipeline_id, outcome, probability, max_days, required_fields);

// A few dozen of a company, the pipeline that is meant when none is named first.
Task<std::vector<Stage>> stages_there_are(Ctx& ctx) {
    auto stages = co_await ctx.tx.all<Stage>(
        "select s.id, s.pipeline_id, s.outcome, (s.probability * 10000)::bigint as probability, "
        "s.max_days, "
        "to_jsonb(s.required_fields) as required_fields from stages s "
        "join pipelines p on p.tenant_id = s.tenant_id and p.id = s.pipeline_id "
        "where s.tenant_id = current_tenant() and s.deleted_at is null and p.deleted_at is null "
        "order by p.created_at, p.id, s.position, s.id");
    co_return stages;
}

const Stage& named(const std::vector<Stage>& stages, Id id) {
    const auto found = std::ranges::find(stages, id, &Stage::id);
    if (found == stages.end()) {
        throw invalid("stageId", "not_found");
    }
    return *found;
}

// Of no pipeline: the first one there is.
const Stage& first_of(const std::vector<Stage>& stages, const std::optional<Id>& pipeline) {
    const auto found = std::ranges::find_if(
        stages, [&](const Stage& one) { return !pipeline || one.pipeline_id == *pipeline; });
    if (found == stages.end()) {
        throw invalid("stageId", "required");
    }
    return *found;
}

std::optional<Id> id_before(const Change& change, std::string_view name) {
    return Id::parse(change.before[name].as_string());
}

// Whether it goes somewhere else; what was said empty stays as it was.
bool moves(Change& change) {
    for (const char* name : {"stage_id", "pipeline_id"}) {
        const Json* given = change.values.find(name);
        if (given && given->is_null()) {
            change.values.erase(name);
        }
    }
    const auto stage = change.values.id("stage_id"), pipeline = change.values.id("pipeline_id");
    return change.before.is_null() || (stage && stage != id_before(change, "stageId")) ||
           (pipeline && pipeline != id_before(change, "pipelineId"));
}

const Stage& where_to(const std::vector<Stage>& stages, const Change& change) {
    const auto given = change.values.id("stage_id"), pipeline = change.values.id("pipeline_id");
    const bool is_new_stage = given && given != id_before(change, "stageId");
    if (!is_new_stage && (!given || pipeline != id_before(change, "pipelineId"))) {
        return first_of(stages, pipeline);
    }
    const Stage& stage = named(stages, *given);
    const bool is_told_apart = pipeline && pipeline != id_before(change, "pipelineId");
    if (is_told_apart && *pipeline != stage.pipeline_id) {
        throw invalid("stageId", "not_in_pipeline");
    }
    return stage;
}

bool is_there(const Change& change, const std::string& field) {
    const Json* given = change.values.find(field);
    const Json& value = given ? *given : change.before[camel_case(field)];
    return !value.is_null() && !(value == Json(0)) && !(value.is_array() && value.items().empty());
}

void require_fields(const Stage& stage, const Change& change) {
    Problems problems;
    for (const Json& field : stage.required_fields.items()) {
        if (!is_there(change, field.as_string())) {
            problems.push_back({camel_case(field.as_string()), "required", Json::object(), {}});
        }
    }
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
}

// Whoever says how likely it is knows better than the stage.
bool says_probability(const Change& change) {
    const Json* given = change.values.find("probability");
    return given && !given->is_null() &&
           !(records::shown(Type::percentage, *given) == change.before["probability"]);
}

void close(Change& change, Time at) {
    const auto made = parse_time(change.before["createdAt"].as_string());
    const auto open_for = std::chrono::duration_cast<std::chrono::seconds>(at - made.value_or(at));
    change.values.set("closed_at", format_time(at));
    change.values.set("time_to_close", std::max<std::int64_t>(open_for.count(), 0));
}

// The last of the days that the stage allows, where the company is.
Json due_day(const Stage& stage, Time at, const std::string& timezone) {
    if (!stage.max_days) {
        return {};
    }
    const int days = static_cast<int>(*stage.max_days);
    const auto noon = start_of_day(at, timezone, days) + std::chrono::hours(12);
    return format_time(noon).substr(0, 10);
}

void enter(const Stage& stage, Change& change, Time at, const std::string& timezone) {
    const std::string& was = change.before["status"].as_string();
    change.values.set("stage_id", stage.id);
    change.values.set("pipeline_id", stage.pipeline_id);
    change.values.set("status", stage.outcome);
    change.values.set("stage_entered_at", format_time(at));
    change.values.set("stage_due_on", due_day(stage, at, timezone));
    if (!says_probability(change)) {
        change.values.set("probability", stage.probability.value_or(0));
    }
    if (stage.outcome != "lost") {
        change.values.set("lost_reason_id", nullptr);
        change.values.set("lost_note", nullptr);
    }
    if (stage.outcome == "open") {
        change.values.set("closed_at", nullptr);
        change.values.set("time_to_close", nullptr);
    } else if (stage.outcome != was) {
        close(change, at);
    }
}

void tell(Ctx& ctx, const Change& change) {
    const Json& status = change.difference["status"];
    const std::string& to = status["to"].as_string();
    if (to == "won" || to == "lost") {
        ctx.emit("opportunity." + to, change.id);
    } else if (to == "open" && !status["from"].is_null()) {
        ctx.emit("opportunity.reopened", change.id);
    }
}

}  // namespace

Task<> stand_somewhere(Ctx& ctx, Changes& changes) {
    name_owners(changes);
    std::vector<Change*> moved;
    for (Change& change : changes.records) {
        if ((changes.verb == Verb::create || changes.verb == Verb::update) && moves(change)) {
            moved.push_back(&change);
        }
    }
    if (moved.empty()) {
        co_return;
    }
    const std::vector<Stage> stages = co_await stages_there_are(ctx);
    for (Change* change : moved) {
        const Stage& stage = where_to(stages, *change);
        require_fields(stage, *change);
        enter(stage, *change, changes.at, ctx.who.timezone);
    }
}

Task<> note_moves(Ctx& ctx, const Changes& changes) {
    std::vector<Id> opportunities, stages;
    for (const Change& change : changes.records) {
        const auto to = Id::parse(change.difference["stageId"]["to"].as_string());
        if (to && (changes.verb == Verb::create || changes.verb == Verb::update)) {
            opportunities.push_back(change.id);
            stages.push_back(*to);
            if (!changes.is_quiet) {
                tell(ctx, change);
            }
        }
    }
    if (opportunities.empty()) {
        co_return;
    }
    ctx.tx.queue(
        "insert into stage_moves (opportunity_id, stage_id, moved_by, moved_at) "
        "select x.opportunity, x.stage, $3::uuid, $4::timestamptz "
        "from unnest($1::uuid[], $2::uuid[]) as x(opportunity, stage)",
        {std::move(opportunities), std::move(stages), changes.actor, format_time(changes.at)});
    co_return;
}

Task<Id> first_stage_with(Ctx& ctx, const records::Locked& opportunity, std::string_view outcome) {
    const std::string pipeline = opportunity.record["pipelineId"].as_string();
    const auto found = co_await ctx.tx.maybe<Id>(
        "select s.id from stages s left join lateral (select max(m.moved_at) as last "
        "from stage_moves m where m.tenant_id = s.tenant_id and m.opportunity_id = $2::uuid "
        "and m.stage_id = s.id) m on s.outcome = 'open' "
        "where s.tenant_id = current_tenant() and s.pipeline_id = $1::uuid and s.outcome = $3 "
        "and s.deleted_at is null order by m.last desc nulls last, s.position, s.id limit 1",
        pipeline, opportunity.id, outcome);
    if (!found) {
        throw conflict("opportunity.no_such_stage");
    }
    co_return *found;
}

Task<> require_reason(Ctx& ctx, Id reason) {
    const bool is_known = co_await ctx.tx.one<bool>(
        "select exists (select from lost_reasons where tenant_id = current_tenant() "
        "and id = $1::uuid and deleted_at is null)",
        reason);
    if (!is_known) {
        throw invalid("lostReasonId", "not_found");
    }
}

}  // namespace ponte::sales
