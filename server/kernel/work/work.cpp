#include "kernel/work/work.hpp"

#include "kernel/app.hpp"
#include "kernel/entities/catalogue.hpp"
#include "kernel/past/kept.hpp"
#include "kernel/services.hpp"
#include "kernel/work/run.hpp"

namespace ponte::work {
namespace {

// A job of a kind, as App keeps it: by its name the kind is found again.
struct WorkJob {
    const WorkKind* kind;
    bool is_undo = false, is_given_up = false;

    Task<> operator()(Ctx& ctx, const Json& args) const {
        const Id id = Id::parse(args["id"].as_string()).value_or(Id{});
        auto work = is_undo ? kind->undo(*kind) : kind->run(*kind);
        return is_given_up ? say_given_up(ctx, std::move(work), id)
                           : perform(ctx, std::move(work), is_undo, id);
    }
};

std::string job_name(std::string_view kind, bool is_undo) {
    return std::string(kind) + (is_undo ? ".undo" : ".run");
}

void enqueue(Ctx& ctx, const WorkKind& kind, bool is_undo, const Id& id) {
    const Json args = Json::object({{"id", id}});
    db::Statement job = enqueue_statement(job_name(kind.name, is_undo), args, ctx.who.tenant);
    ctx.tx.queue(std::move(job.sql), std::move(job.params));
    ctx.enqueued = true;
}

std::string code_of(const Table& table, const char* what) {
    return std::string(table.one) + "." + what;
}

}  // namespace

bool Work::is_permitted(const Ctx& ctx) const {
    const std::string right = right_of(ctx, kind, entity->entity->name);
    return ctx.who.is_system || ctx.who.permissions.allows(right);
}

void declare(App& app, const WorkKind& kind) {
    for (const bool is_undo : {false, true}) {
        if (is_undo && !kind.undo) {
            continue;
        }
        const std::string name = job_name(kind.name, is_undo);
        const std::type_index type(typeid(WorkJob));
        app.job(name, type, WorkJob{&kind, is_undo}).commits_itself();
        // Runs in its place when it is given up (jobs/migrations: put_back_job).
        app.job(name + ".given_up", type, WorkJob{&kind, is_undo, true}).commits_itself();
    }
}

const WorkKind* find_kind(const Services& services, std::string_view name) {
    const JobKind* job = services.jobs().find(job_name(name, false));
    const WorkJob* work = job ? job->run.target<WorkJob>() : nullptr;
    return work ? work->kind : nullptr;
}

std::string right_of(const Ctx& ctx, const WorkKind& kind, std::string_view entity) {
    return std::string(ctx.services.entities().resource_of(entity)) + "." +
           std::string(kind.action);
}

void enqueue_run(Ctx& ctx, const WorkKind& kind, Id id) { enqueue(ctx, kind, false, id); }

void start_undo(Ctx& ctx, const WorkKind& kind, const Table& table, const Row& row, Columns own) {
    if (const records::Kind* changed = ctx.services.entities().find(row.entity)) {
        records::require_past(*changed, History::full);
    }
    if (!kind.undo || !may_be_undone(ctx, row)) {
        throw conflict(code_of(table, "not_undoable"));
    }
    own.insert(own.end(), {{"state", "undoing"},
                           {"asker_id", asker_of(ctx)},
                           {"asker_key_id", ctx.who.key_id()},
                           {"attempts", 0},
                           {"error", {}},
                           {"failed_in", {}},
                           {"kept", 0}});
    queue_change(ctx, table, row.id, std::move(own));
    ctx.audit(std::string(table.one) + ".undo_started", row.id, Json::object({{"of", row.entity}}));
    enqueue(ctx, kind, true, row.id);
}

void resume(Ctx& ctx, const WorkKind& kind, const Table& table, const Row& row) {
    if (row.state != "failed" || !row.failed_in) {
        throw conflict(code_of(table, "not_resumable"));
    }
    Columns as_before{{"state", *row.failed_in},
                      {"asker_id", asker_of(ctx)},
                      {"asker_key_id", ctx.who.key_id()},
                      {"attempts", 0},
                      {"error", {}},
                      {"failed_in", {}},
                      {"finished_at", {}}};
    queue_change(ctx, table, row.id, std::move(as_before));
    enqueue(ctx, kind, *row.failed_in == "undoing", row.id);
}

void cancel(Ctx& ctx, const Table& table, const Row& row) {
    if (row.state == "cancelled") {
        return;
    }
    if (row.state != "queued" && row.state != "running") {
        throw conflict(code_of(table, "already_finished"));
    }
    Columns stopped{{"state", "cancelled"}, {"finished_at", format_time(ctx.now)}};
    queue_change(ctx, table, row.id, std::move(stopped));
}

}  // namespace ponte::work
