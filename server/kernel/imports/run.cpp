#include "kernel/imports/run.hpp"

#include <chrono>
#include <filesystem>

#include "kernel/app.hpp"
#include "kernel/events/bulk.hpp"
#include "kernel/imports/chunks.hpp"
#include "kernel/imports/records.hpp"
#include "kernel/imports/rejected.hpp"
#include "kernel/lists/search_entries.hpp"
#include "kernel/lists/statistics.hpp"
#include "kernel/realtime.hpp"
#include "kernel/storage.hpp"

namespace ponte::imports {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds between_messages{250};
// A company may grow from nothing to a million in one import: plans are made anew with each step.
constexpr std::int64_t first_statistics = 1'000, statistics_step = 4;
constexpr double grown_on_the_way = 2, grown_at_the_end = 1.1;

// One import under way.
struct Running {
    Import import;
    std::shared_ptr<const Plan> plan;
    Titles titles;
    SeenKeys seen;
    Policies policies;
    Clock::time_point chunk_began = Clock::now();
    Clock::time_point last_told{};
    std::int64_t untold = 0;  // records written since others were last told
    std::int64_t written = 0, next_statistics = first_statistics;  // records, since we began
    records::MergingMeanwhile merging;
};

std::int64_t count_rows(const std::string& path, char separator, CsvPosition start,
                        std::size_t width) {
    CsvReader reader(path, separator, {.width = width});
    reader.seek(start);
    CsvRecord record;
    std::int64_t count = 0;
    while (count <= most_rows && reader.next(record)) {
        count += !record.is_blank() || !record.problem.empty();
    }
    return count;
}

Import advanced(Import import, const CsvPosition& end, const Counters& counters,
                std::chrono::milliseconds took) {
    import.processed += counters.processed;
    import.created += counters.created;
    import.updated += counters.updated;
    import.skipped += counters.skipped;
    import.failed += counters.failed;
    import.noticed += counters.noticed;
    import.total = std::max(import.total, import.processed);
    import.next_byte = static_cast<std::int64_t>(end.offset);
    import.next_line = static_cast<std::int64_t>(end.line);
    import.active_ms += took.count();
    return import;
}

void queue_progress(Ctx& ctx, const Import& import) {
    ctx.tx.queue(
        "update imports set processed = $2, created = $3, updated = $4, skipped = $5, failed = $6, "
        "total = $7, noticed = $11, "
        "next_byte = $8, next_line = $9, active_ms = $10, attempts = 0 "
        "where tenant_id = current_tenant() and id = $1",
        {import.id, import.processed, import.created, import.updated, import.skipped, import.failed,
         import.total, import.next_byte, import.next_line, import.active_ms, import.noticed});
    records::queue_job_progress(ctx);
}

void tell(Ctx& ctx, Running& running, bool at_once) {
    const auto now = Clock::now();
    if (!at_once && now - running.last_told < between_messages) {
        return;
    }
    running.last_told = now;
    tell_progress(ctx, running.import);
    if (running.untold > 0 && !running.import.dry_run) {
        const std::string& entity = running.import.entity;
        Json hint = Json::object(
            {{"entity", entity}, {"operationId", running.import.id}, {"count", running.untold}});
        ctx.app.realtime().tell_tenant(ctx.who.tenant, ctx.app.entities().resource_of(entity),
                                       entity + ".bulk", std::move(hint));
    }
    running.untold = 0;
}

// Imports of one company into one entity write their chunks in turn: each looks for known records
// when what the other wrote can be seen, so that the same file sent twice makes nobody twice.
void queue_turn(Ctx& ctx, const std::string& entity) {
    ctx.tx.queue(
        "select pg_advisory_xact_lock(hashtextextended(current_tenant()::text || 'import ' || $1, "
        "0))",
        {entity});
}

// What a trial writes reaches the database, which has the last word, and is not kept.
Task<> try_and_take_back(Ctx& ctx, Running& running, const Outcome& outcome) {
    co_await ctx.tx.query("select 1");
    co_await ctx.tx.rollback();
    running.titles.labels().forget_made();
    for (const auto& keys : outcome.fresh) {
        running.seen.add(keys);
    }
}

// One chunk in one transaction with its progress. False: the import is no longer ours to run, since
// somebody cancelled it or another worker went on with it.
Task<bool> write_chunk(Ctx& ctx, Running& running, std::vector<Row>& rows) {
    const bool is_trial = running.import.dry_run;
    if (!is_trial) {
        queue_turn(ctx, running.import.entity);
    }
    const auto current = co_await find_import(ctx, running.import.id, true);
    if (!current || current->state != "running" || current->next_byte != running.import.next_byte) {
        co_await ctx.tx.rollback();
        co_return false;
    }
    co_await act_as_asker(ctx, *current);
    ctx.now = now();
    co_await running.titles.resolve(ctx, *running.plan, rows);
    Matches matches = co_await find_matches(ctx, *running.plan, rows);
    SeenKeys* seen = is_trial ? &running.seen : nullptr;
    Outcome outcome =
        decide(*running.plan, running.import.id, rows, std::move(matches), seen, running.policies);
    co_await write_changed(ctx, *running.plan, running.titles, outcome);
    co_await write_created(ctx, *running.plan, running.titles, outcome);
    if (is_trial) {
        co_await try_and_take_back(ctx, running, outcome);
    }
    queue_rejected(ctx, running.import, *running.plan, rows, outcome);
    const auto took =
        std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - running.chunk_began);
    Import next = advanced(running.import, rows.back().end, outcome.counters, took);
    queue_progress(ctx, next);
    if (!is_trial) {
        events::queue_bulk_events(ctx);
    }
    co_await ctx.tx.commit();
    running.import = std::move(next);
    running.chunk_began += took;
    running.untold += outcome.counters.created + outcome.counters.updated;
    running.written += outcome.counters.created + outcome.counters.updated;
    tell(ctx, running, false);
    co_return true;
}

enum class Written { yes, refused, not_ours };

Task<Written> try_chunk(Ctx& ctx, Running& running, std::vector<Row>& rows, Problems& problems) {
    bool is_ours = false;
    try {
        is_ours = co_await write_chunk(ctx, running, rows);
    } catch (const Error& error) {
        if (error.status != 409 && error.status != 422 && error.status != 400) {
            throw;
        }
        problems = error.fields;
        if (problems.empty()) {
            problems.push_back({"row", error.code, error.params, {}});
        }
    }
    co_return !problems.empty() ? Written::refused : is_ours ? Written::yes : Written::not_ours;
}

// A row that breaks a rule of the database would take its whole chunk with it: the chunk is halved
// until that row stands alone and is reported.
Task<bool> write_rows(Ctx& ctx, Running& running, std::vector<Row> rows) {
    Problems problems;
    const Written written = co_await try_chunk(ctx, running, rows, problems);
    if (written != Written::refused) {
        co_return written == Written::yes;
    }
    co_await ctx.tx.rollback();
    running.titles.labels().forget_made();
    if (rows.size() == 1) {
        rows.front().problems = std::move(problems);
        const bool is_ours = co_await write_chunk(ctx, running, rows);
        co_return is_ours;
    }
    const auto half = rows.begin() + static_cast<std::ptrdiff_t>(rows.size() / 2);
    std::vector<Row> second(std::make_move_iterator(half), std::make_move_iterator(rows.end()));
    rows.erase(half, rows.end());
    const bool is_ours = co_await write_rows(ctx, running, std::move(rows));
    if (!is_ours) {
        co_return false;
    }
    const bool is_still_ours = co_await write_rows(ctx, running, std::move(second));
    co_return is_still_ours;
}

Locale locale_of(const Import& import) {
    Locale locale;
    locale.timezone = import.timezone;
    return locale;
}

// Takes the import over; a trial begins anew, since it remembers nothing between starts.
Task<bool> take_over(Ctx& ctx, Running& running, Id import_id) {
    auto found = co_await find_import(ctx, import_id, true);
    if (!found || (found->state != "queued" && found->state != "running")) {
        co_await ctx.tx.rollback();
        co_return false;
    }
    if (found->state == "queued" || found->dry_run) {
        const Upload upload = co_await get_upload(ctx, found->upload_id);
        ctx.tx.queue(
            "update imports set state = 'running', processed = 0, created = 0, updated = 0, "
            "skipped = 0, "
            "failed = 0, noticed = 0, next_byte = $2, next_line = $3, active_ms = 0, error = null "
            "where tenant_id = current_tenant() and id = $1",
            {import_id, upload.start_byte, upload.start_line});
        ctx.tx.queue(
            "delete from import_rejected_rows where tenant_id = current_tenant() and import_id = "
            "$1",
            {import_id});
    }
    running.import = co_await get_import(ctx, import_id, false);
    co_await ctx.tx.commit();
    ctx.operation = import_id;
    co_return true;
}

Task<std::shared_ptr<ChunkSource>> open_source(Ctx& ctx, Running& running) {
    const records::Kind* kind = ctx.app.entities().find(running.import.entity);
    const std::string path = upload_path(ctx, running.import.upload_id);
    if (!kind || !std::filesystem::exists(path)) {
        throw records::Hopeless{kind ? "file_missing" : "entity_missing"};
    }
    const Upload upload = co_await get_upload(ctx, running.import.upload_id);
    auto facts = co_await ctx.app.entities().facts(ctx);
    running.policies = co_await find_policies(ctx, *kind->entity);
    co_await ctx.tx.commit();
    const Mode mode = parse_mode(running.import.mode).value_or(Mode::create);
    running.plan = std::make_shared<const Plan>(
        *kind, std::move(facts), mapping_from(running.import.mapping), mode, upload.headers.size(),
        locale_of(running.import), wishes_from(running.import.wishes));
    const char separator = upload.separator.empty() ? ',' : upload.separator.front();
    if (running.import.total == 0) {
        const CsvPosition start{static_cast<std::uint64_t>(upload.start_byte),
                                static_cast<std::uint64_t>(upload.start_line)};
        auto count = [path, separator, start, width = upload.headers.size()] {
            return count_rows(path, separator, start, width);
        };
        running.import.total = co_await offload(ctx.loop, std::move(count));
    }
    if (running.import.total > most_rows) {
        throw records::Hopeless{"too_many_rows"};
    }
    const CsvPosition next{static_cast<std::uint64_t>(running.import.next_byte),
                           static_cast<std::uint64_t>(running.import.next_line)};
    co_return std::make_shared<ChunkSource>(running.plan, path, separator, next,
                                            static_cast<std::uint64_t>(running.import.processed));
}

Task<> finish(Ctx& ctx, Running& running) {
    ctx.tx.queue(
        "update imports set state = 'done', finished_at = now(), error = null, total = processed "
        "where tenant_id = current_tenant() and id = $1 and state = 'running'",
        {running.import.id});
    running.import = co_await get_import(ctx, running.import.id, false);
    co_await ctx.tx.commit();
    tell(ctx, running, true);
}

// What is read meanwhile: by plans that know how much there is, and searches without a long list of
// entries to be merged.
Task<> keep_reading_quick(Ctx& ctx, Running& running) {
    running.merging.begin(ctx.app, ctx.loop);
    if (running.written >= running.next_statistics) {
        running.next_statistics = running.written * statistics_step;
        co_await records::refresh_statistics(ctx, grown_on_the_way);
    }
}

Task<> run(Ctx& ctx, Id import_id) {
    ctx.tx.use_slow_pool();
    Running running;
    const bool is_ours = co_await take_over(ctx, running, import_id);
    if (!is_ours) {
        co_return;
    }
    std::shared_ptr<ChunkSource> source = co_await open_source(ctx, running);
    ChunksAhead ahead(ctx.loop, std::move(source));
    tell(ctx, running, true);
    ahead.begin();
    while (true) {
        Chunk chunk = co_await ahead.take();
        if (chunk.rows.empty()) {
            break;
        }
        ahead.begin();
        storage_of(ctx.app.settings.data_dir).require_room();
        const bool goes_on = co_await write_rows(ctx, running, std::move(chunk.rows));
        if (!goes_on) {
            co_return;
        }
        if (!running.import.dry_run) {
            co_await keep_reading_quick(ctx, running);
        }
    }
    if (!running.import.dry_run) {
        co_await records::refresh_statistics(ctx, grown_at_the_end);
        co_await records::merge_search_entries(ctx.app, ctx.loop);
    }
    co_await finish(ctx, running);
}

}  // namespace

Task<> run_import(Ctx& ctx, const RunImport& args) { co_await attempt(ctx, args.import_id, run); }

Task<> give_up_import(Ctx& ctx, const ImportGivenUp& args) {
    co_await give_up(ctx, args.import_id);
}

}  // namespace ponte::imports
