// A pipeline is made with its stages in one go (seed 003); afterwards each is a record of its own.
#include "kernel/app.hpp"
#include "kernel/records.hpp"
#include "modules/sales/pipeline.hpp"

namespace ponte::sales {
namespace {

constexpr std::size_t most_stages = 40;

constexpr Field new_pipeline_fields[] = {
    text("name").required().length(1, 120),
    long_text("description").up_to(1'000),
    json("stages"),
};

Task<std::string> record_text(Ctx& ctx, const records::Kind& kind, Id id) {
    db::Statement shown = records::shown_statement(ctx, kind, id);
    const db::Rows rows = co_await ctx.tx.query(std::move(shown.sql), std::move(shown.params));
    std::string text;
    records::write_record(text, kind, rows, 0);
    co_return text;
}

// As the stage itself would be taken; problems are named by the stage that has them.
Task<Values> accepted(Ctx& ctx, Json stage, std::size_t place, Problems& problems) {
    const auto& kind = ctx.services.entities().get("stage");
    if (stage["position"].is_null()) {
        stage.set("position", static_cast<std::int64_t>(place));
    }
    const auto facts = co_await ctx.services.entities().facts(ctx);
    const auto create = records::Mode::create;
    Problems own;
    Values values = records::values_from_body(kind, *facts, stage, create, own);
    records::canonicalise(kind, *facts, values, create, true, records::locale_of(ctx), own);
    for (FieldProblem& problem : own) {
        problem.field.insert(0, "stages." + std::to_string(place) + ".");
        problems.push_back(std::move(problem));
    }
    co_return values;
}

Task<std::vector<Values>> accept_stages(Ctx& ctx, Json::Array given, Id pipeline) {
    Problems problems;
    std::vector<Values> stages;
    for (std::size_t place = 0; place < given.size(); ++place) {
        Json stage = std::move(given[place]);
        stage.set("pipelineId", pipeline);
        Values values = co_await accepted(ctx, std::move(stage), place, problems);
        stages.push_back(std::move(values));
    }
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
    co_return stages;
}

Json::Array stages_in(const Json* given) {
    if (!given || given->is_null()) {
        return {};
    }
    if (!given->is_array() || given->items().size() > most_stages) {
        throw invalid("stages", given->is_array() ? "too_many" : "type");
    }
    for (const Json& stage : given->items()) {
        if (!stage.is_object()) {
            throw invalid("stages", "type");
        }
    }
    return given->items();
}

Task<http::Response> create_pipeline(Ctx& ctx, const http::Request&) {
    const auto& entities = ctx.services.entities();
    Json::Array given = stages_in(ctx.input.find("stages"));
    ctx.input.erase("stages");
    Values values = ctx.input;
    const Id id = co_await records::insert(ctx, entities.get("pipeline"), std::move(values));
    std::vector<Values> stages = co_await accept_stages(ctx, std::move(given), id);
    std::string told;
    for (Values& one : stages) {
        const auto& kind = entities.get("stage");
        const Id stage = co_await records::insert(ctx, kind, std::move(one));
        const std::string text = co_await record_text(ctx, kind, stage);
        told += (told.empty() ? "" : ",") + text;
    }
    std::string body = co_await record_text(ctx, entities.get("pipeline"), id);
    body.insert(body.size() - 1, ",\"stages\":[" + told + "]");
    http::Response response;
    response.status = 201;
    response.body = std::move(body);
    response.with("Location", "/api/v1/pipelines/" + id.text());
    co_return response;
}

}  // namespace

void declare_pipeline_routes(App& app) {
    app.route("POST", "/pipelines", create_pipeline)
        .needs("pipelines.create")
        .in("pipelines")
        .called("createPipeline")
        .takes(new_pipeline_fields)
        .gives(201, "NewPipeline");
}

}  // namespace ponte::sales
