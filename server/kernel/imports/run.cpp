#include "kernel/imports/run.hpp"

#include <chrono>

#include "kernel/entities/catalogue.hpp"
#include "kernel/imports/chunks.hpp"
#include "kernel/imports/records.hpp"
#include "kernel/imports/rejected.hpp"
#include "kernel/imports/shared_upload.hpp"
#include "kernel/lists/search_entries.hpp"
#include "kernel/lists/statistics.hpp"
#include "kernel/services.hpp"

namespace ponte::imports {
namespace {

using Clock = std::chrono::steady_clock;
// A company may grow from nothing to a million in one import: plans are made anew with each step.
constexpr std::int64_t first_statistics = 1'000, statistics_step = 4;
constexpr double grown_on_the_way = 2, grown_at_the_end = 1.1;

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

Locale locale_of(const Import& import) {
    Locale locale;
    locale.timezone = import.timezone;
    return locale;
}

class ImportRun : public ImportWork {
public:
    using ImportWork::ImportWork;

    work::Columns columns() const override;
    std::int64_t written() const override { return row_.dry_run ? 0 : row_.created + row_.updated; }
    void go_back() override;
    Task<> begin(Ctx& ctx) override;
    Task<> prepare(Ctx& ctx) override;
    Task<std::size_t> next(Ctx& ctx) override;
    void take_turn(Ctx& ctx) override;
    Task<> write(Ctx& ctx, work::Part part) override;
    Task<> refuse(Ctx& ctx, std::size_t item, Error error) override;
    void move_on(work::Part part) override;
    Task<> finish(Ctx& ctx) override;

private:
    Task<> keep_reading_quick(Ctx& ctx);
    Task<> try_and_take_back(Ctx& ctx, const Outcome& outcome);
    void count(const Counters& counters);

    std::shared_ptr<const Plan> plan_;
    std::unique_ptr<ChunksAhead> ahead_;
    std::vector<Row> rows_;  // of the chunk
    Titles titles_;
    SeenKeys seen_;
    Policies policies_;
    Clock::time_point began_;
    std::int64_t active_before_ms_ = 0, written_before_ = 0, next_statistics_ = first_statistics;
    records::MergingMeanwhile merging_;
};

work::Columns ImportRun::columns() const {
    return {{"created", row_.created},     {"updated", row_.updated},
            {"skipped", row_.skipped},     {"noticed", row_.noticed},
            {"next_byte", row_.next_byte}, {"next_line", row_.next_line},
            {"active_ms", row_.active_ms}};
}

void ImportRun::go_back() {
    ImportWork::go_back();
    titles_.labels().forget_made();
}

// A trial begins anew, since it remembers nothing between starts.
Task<> ImportRun::begin(Ctx& ctx) {
    if (row_.state == "queued" || row_.dry_run) {
        const Upload upload = co_await get_upload(ctx, row_.upload_id);
        row_.next_byte = upload.start_byte;
        row_.next_line = upload.start_line;
        row_.processed = row_.created = row_.updated = row_.skipped = row_.failed = 0;
        row_.noticed = row_.active_ms = 0;
        ctx.tx.queue(
            "delete from import_rejected_rows where tenant_id = current_tenant() "
            "and import_id = $1",
            {row_.id});
    }
    active_before_ms_ = row_.active_ms;
    written_before_ = written();
    began_ = Clock::now();
}

Task<> ImportRun::prepare(Ctx& ctx) {
    const Upload upload = co_await get_upload(ctx, row_.upload_id);
    const std::string path = co_await bring_here(ctx, upload);
    if (path.empty()) {
        throw work::Hopeless{"file_missing"};
    }
    auto facts = co_await ctx.services.entities().facts(ctx);
    policies_ = co_await find_policies(ctx, *entity->entity);
    co_await ctx.tx.commit();
    const Mode mode = parse_mode(row_.mode).value_or(Mode::create);
    plan_ = std::make_shared<const Plan>(*entity, std::move(facts), mapping_from(row_.mapping),
                                         mode, upload.headers.size(), locale_of(row_),
                                         wishes_from(row_.wishes));
    const char separator = upload.separator.empty() ? ',' : upload.separator.front();
    if (row_.total == 0) {
        const CsvPosition start{static_cast<std::uint64_t>(upload.start_byte),
                                static_cast<std::uint64_t>(upload.start_line)};
        auto count = [path, separator, start, width = upload.headers.size()] {
            return count_rows(path, separator, start, width);
        };
        row_.total = co_await offload(ctx.loop, std::move(count));
    }
    if (row_.total > most_rows) {
        throw work::Hopeless{"too_many_rows"};
    }
    const CsvPosition next{static_cast<std::uint64_t>(row_.next_byte),
                           static_cast<std::uint64_t>(row_.next_line)};
    auto source = std::make_shared<ChunkSource>(plan_, path, separator, next,
                                                static_cast<std::uint64_t>(row_.processed));
    ahead_ = std::make_unique<ChunksAhead>(ctx.loop, std::move(source));
    ahead_->begin();
}

Task<std::size_t> ImportRun::next(Ctx& ctx) {
    if (!row_.dry_run) {
        co_await keep_reading_quick(ctx);
    }
    Chunk chunk = co_await ahead_->take();
    rows_ = std::move(chunk.rows);
    if (!rows_.empty()) {
        ahead_->begin();
    }
    co_return rows_.size();
}

// Imports of one company into one entity write their chunks in turn: each looks for known records
// when what the other wrote can be seen, so that the same file sent twice makes nobody twice.
void ImportRun::take_turn(Ctx& ctx) {
    if (!row_.dry_run) {
        ctx.tx.queue(
            "select pg_advisory_xact_lock(hashtextextended(current_tenant()::text || 'import ' || "
            "$1, 0))",
            {row_.entity});
    }
}

Task<> ImportRun::write(Ctx& ctx, work::Part part) {
    const std::span<Row> rows = std::span(rows_).subspan(part.first, part.count);
    co_await titles_.resolve(ctx, *plan_, rows);
    Matches matches = co_await find_matches(ctx, *plan_, rows);
    SeenKeys* seen = row_.dry_run ? &seen_ : nullptr;
    Outcome outcome = decide(*plan_, row_.id, rows, std::move(matches), seen, policies_);
    co_await write_changed(ctx, *plan_, titles_, outcome);
    co_await write_created(ctx, *plan_, titles_, outcome);
    if (row_.dry_run) {
        co_await try_and_take_back(ctx, outcome);
    }
    queue_rejected(ctx, row_, *plan_, rows, outcome);
    count(outcome.counters);
}

// What a trial writes reaches the database, which has the last word, and is not kept.
Task<> ImportRun::try_and_take_back(Ctx& ctx, const Outcome& outcome) {
    co_await ctx.tx.query("select 1");
    co_await ctx.tx.rollback();
    titles_.labels().forget_made();
    for (const auto& keys : outcome.fresh) {
        seen_.add(keys);
    }
}

// The row is reported with its problems.
Task<> ImportRun::refuse(Ctx& ctx, std::size_t item, Error error) {
    Problems& problems = rows_[item].problems;
    problems = error.fields;
    if (problems.empty()) {
        problems.push_back({"row", error.code, error.params, {}});
    }
    const work::Part alone{item, 1};
    co_await write(ctx, alone);
}

void ImportRun::count(const Counters& counters) {
    row_.processed += counters.processed;
    row_.created += counters.created;
    row_.updated += counters.updated;
    row_.skipped += counters.skipped;
    row_.failed += counters.failed;
    row_.noticed += counters.noticed;
    row_.total = std::max(row_.total, row_.processed);
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began_);
    row_.active_ms = active_before_ms_ + took.count();
}

void ImportRun::move_on(work::Part part) {
    const CsvPosition& end = rows_[part.last()].end;
    row_.next_byte = static_cast<std::int64_t>(end.offset);
    row_.next_line = static_cast<std::int64_t>(end.line);
}

// What is read meanwhile: by plans that know how much there is, and searches without a long list of
// entries to be merged.
Task<> ImportRun::keep_reading_quick(Ctx& ctx) {
    merging_.begin(ctx.services, ctx.loop);
    const std::int64_t by_now = written() - written_before_;
    if (by_now >= next_statistics_) {
        next_statistics_ = by_now * statistics_step;
        co_await records::refresh_statistics(ctx, grown_on_the_way);
    }
}

Task<> ImportRun::finish(Ctx& ctx) {
    if (!row_.dry_run) {
        co_await records::refresh_statistics(ctx, grown_at_the_end);
        co_await records::merge_search_entries(ctx.services, ctx.loop);
    }
    row_.total = row_.processed;
}

}  // namespace

// Going on asks for what starting did; taking back somebody else's asks for deletion, too.
bool ImportWork::is_permitted(const Ctx& ctx) const {
    const std::string resource(ctx.services.entities().resource_of(row_.entity));
    const auto may = [&](const char* action) { return ctx.reach(resource, action) != Reach::none; };
    const bool is_undo = row_.state == "undoing";
    const bool may_write = is_undo ? row_.asker_id == row_.created_by || may("delete")
                                   : row_.mode == "update" || may("create");
    if (!is_undo && !fills_what_may_change(ctx, row_)) {
        return false;
    }
    return may("import") && may_write && (row_.mode == "create" || may("update"));
}

std::unique_ptr<work::Work> run_of(const work::WorkKind& kind) {
    return work::make<ImportRun>(kind);
}

}  // namespace ponte::imports
