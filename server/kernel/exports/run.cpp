#include "kernel/exports/run.hpp"

#include <chrono>
#include <filesystem>

#include "kernel/db/budgets.hpp"
#include "kernel/exports/access.hpp"
#include "kernel/exports/sheet.hpp"
#include "kernel/files/keeping.hpp"
#include "kernel/files/store.hpp"
#include "kernel/lists/cursor.hpp"
#include "kernel/lists/list_plan.hpp"
#include "kernel/people.hpp"
#include "kernel/services.hpp"

namespace ponte::exports {
namespace {

using records::Kind;

constexpr int rows_per_page = 1'000;

struct Letterhead {
    std::string name, currency;
    std::optional<Id> logo_id;
};
FIELDS(Letterhead, name, currency, logo_id);

struct NamedRow {
    std::vector<std::string> ids;
};
FIELDS(NamedRow, ids);

// The file as far as it is written, gone with whoever writes it. Shared with the writing under way,
// which outlives an export that is cut off.
struct Draft {
    ~Draft() {
        sheet.reset();
        std::error_code it_was_taken;
        std::filesystem::remove(path, it_was_taken);
    }
    std::string path;
    Columns columns;
    Writing how;
    std::unique_ptr<Sheet> sheet;
    std::unique_ptr<files::Local> logo;
};

// Without its bytes, the list is printed without it.
Task<std::unique_ptr<files::Local>> logo_of(Ctx& ctx, Id file) {
    const files::Key key{ctx.who.tenant, file};
    try {
        co_return std::make_unique<files::Local>(co_await ctx.services.files().open(ctx.loop, key));
    } catch (const Error&) {
    }
    co_return nullptr;
}

// Without room nothing is tried again by itself: somebody has to make some.
Task<files::File> kept(Ctx& ctx, files::Fresh fresh) {
    constexpr int no_room = 507;
    try {
        files::File file = co_await files::keep(ctx, std::move(fresh));
        co_return file;
    } catch (const Error& error) {
        if (error.status != no_room) {
            throw;
        }
        throw work::Hopeless{error.code, true};
    }
}

// Beside what is being uploaded: what a kill leaves there is found by age (imports/upload.cpp).
std::string draft_path(const Ctx& ctx, const Export& one) {
    const std::string folder = ctx.services.settings.data_dir + "/incoming";
    std::filesystem::create_directories(folder);
    return folder + "/" + one.id.text() + "." + Id::make().text() + ".export";
}

class ExportRun : public work::WorkOn<Export> {
public:
    using WorkOn<Export>::WorkOn;

    work::Columns columns() const override;
    std::int64_t written() const override { return 0; }
    bool is_permitted(const Ctx& ctx) const override;
    Task<> begin(Ctx& ctx) override;
    Task<> prepare(Ctx& ctx) override;
    Task<std::size_t> next(Ctx& ctx) override;
    Task<> write(Ctx&, work::Part) override { co_return; }  // `next` did, in no transaction
    Task<> refuse(Ctx&, std::size_t, Error error) override;
    void move_on(work::Part part) override;
    Task<> finish(Ctx& ctx) override;

private:
    Task<> begin_draft(Ctx& ctx, Columns chosen);
    Task<Cover> cover_of(Ctx& ctx);
    Task<bool> read_page(Ctx& ctx);

    std::optional<std::vector<Id>> ids_;
    const Kind* seen_ = nullptr;
    records::ListQuery query_;
    std::shared_ptr<Draft> draft_;
    db::Rows page_;
    int page_size_ = 0;
    bool has_more_ = true;
};

work::Columns ExportRun::columns() const {
    return {{"file_id", row_.file_id}, {"size", row_.size}, {"expires_at", row_.expires_at}};
}

bool ExportRun::is_permitted(const Ctx& ctx) const {
    return Work::is_permitted(ctx) && are_held(ctx, *entity, row_);
}

Task<> ExportRun::begin(Ctx& ctx) {
    row_.processed = row_.total = 0;
    const auto named = co_await ctx.tx.maybe<NamedRow>(
        "select ids from exports where tenant_id = current_tenant() and id = $1 "
        "and ids is not null",
        row_.id);
    if (named) {
        ids_.emplace();
        for (const std::string& id : named->ids) {
            ids_->push_back(Id::parse(id).value_or(Id{}));
        }
    }
}

Task<> ExportRun::prepare(Ctx& ctx) {
    ctx.language = parse_language(row_.language);
    seen_ = &ctx.services.entities().seen(*entity, ctx.who);
    const auto facts = co_await ctx.services.entities().facts(ctx);
    Columns chosen = named(columns_of(ctx, *seen_, *facts), row_.columns);
    if (chosen.size() != row_.columns.items().size()) {
        throw work::Hopeless{"export.rights_lost"};
    }
    try {
        query_ = co_await chosen_records(ctx, *seen_, row_.args, ids_);
    } catch (const Error& error) {
        constexpr int wrong_filter = 400;  // a field that it speaks of is gone
        if (error.status != wrong_filter) {
            throw;
        }
        throw work::Hopeless{error.code};
    }
    // What was made after this was asked for is not meant.
    query_.where += " and t.created_at <= " + query_.sql.add(row_.created_at) + "::timestamptz";
    query_.limit = rows_per_page;
    const std::optional<std::int64_t> whole;
    row_.total = co_await count_chosen(ctx, *seen_, query_, whole);
    if (row_.format == "pdf" && row_.total > most_printed) {
        throw work::Hopeless{"too_many_to_print"};
    }
    co_await begin_draft(ctx, std::move(chosen));
}

Task<> ExportRun::begin_draft(Ctx& ctx, Columns chosen) {
    draft_ = std::make_shared<Draft>();
    draft_->path = draft_path(ctx, row_);
    draft_->how = {ctx.language, values::Zone::find(row_.timezone)};
    draft_->columns = std::move(chosen);
    Cover cover = co_await cover_of(ctx);
    auto work = [draft = draft_, cover = std::move(cover), format = row_.format] {
        draft->sheet = sheet_of(format, draft->path, cover);
    };
    co_await offload(ctx.loop, std::move(work));
}

Task<Cover> ExportRun::cover_of(Ctx& ctx) {
    const auto letterhead = co_await ctx.tx.maybe<Letterhead>(ctx.services.people().letterhead);
    co_await ctx.tx.commit();
    Cover cover;
    cover.language = ctx.language;
    cover.title = ctx.word(row_.entity + ".plural");
    cover.company = letterhead ? letterhead->name : "";
    cover.currency = letterhead ? letterhead->currency : "BRL";
    cover.caption = row_.args["caption"].as_string();
    const auto minute = std::chrono::floor<std::chrono::minutes>(now());
    const Cell at = cell_of(Type::datetime, Json(format_time(minute)), draft_->how);
    const Json counted = Json::object({{"count", row_.total}, {"at", at.text}});
    cover.facts = Words::all().format(ctx.language, "export.facts", counted);
    for (const Column& column : draft_->columns) {
        cover.columns.push_back({column.label, column.type->readable});
    }
    if (letterhead && letterhead->logo_id && row_.format == "pdf") {
        draft_->logo = co_await logo_of(ctx, *letterhead->logo_id);
        cover.logo = draft_->logo ? draft_->logo->path() : "";
    }
    co_return cover;
}

// Past row security and in the order of the list, from where the page before it ended.
Task<bool> ExportRun::read_page(Ctx& ctx) {
    const records::ListPlanner planner(ctx, *seen_, query_);
    records::Plan plan = planner.plan({});
    plan.unit.resize(1);
    const db::Scope scope{db::Role::reader, ctx.who.tenant};
    db::Options options;
    options.slow = true;
    options.timeout = db::background;
    auto answers =
        co_await ctx.services.database().run(ctx.loop, scope, std::move(plan.unit), options);
    page_ = std::move(answers.front());
    page_size_ = std::min(page_.size(), query_.limit);
    if (page_size_ == 0) {
        co_return false;
    }
    const int last = page_size_ - 1, order_column = seen_->shown_columns();
    has_more_ = page_.text(last, order_column + 1) == "t";
    query_.cursor = records::encode_cursor(query_.order, page_.text(last, order_column),
                                           page_.text(last, seen_->id_column));
    co_return true;
}

Task<std::size_t> ExportRun::next(Ctx& ctx) {
    const bool is_there = has_more_ && co_await read_page(ctx);
    if (!is_there) {
        co_return 0;
    }
    Called called = co_await called_in(ctx, draft_->columns, page_);
    auto work = [draft = draft_, page = page_, size = page_size_, called = std::move(called)] {
        for (int row = 0; row < size; ++row) {
            draft->sheet->add(cells_of(draft->columns, page, row, called, draft->how));
        }
    };
    co_await offload(ctx.loop, std::move(work));
    co_return static_cast<std::size_t>(page_size_);
}

// Nothing of a batch is written to the database that could refuse a record.
Task<> ExportRun::refuse(Ctx&, std::size_t, Error error) {
    throw work::Hopeless{error.code};
    co_return;
}

void ExportRun::move_on(work::Part part) {
    row_.processed += static_cast<std::int64_t>(part.count);
    row_.total = std::max(row_.total, row_.processed);
}

Task<> ExportRun::finish(Ctx& ctx) {
    auto work = [draft = draft_] { draft->sheet->close(); };
    co_await offload(ctx.loop, std::move(work));
    files::Fresh fresh{draft_->path, row_.file_name, std::string(type_of(row_.format))};
    fresh.entity = Export::table.one;
    fresh.field = "file_id";
    fresh.record = row_.id;
    const files::File file = co_await kept(ctx, std::move(fresh));
    row_.file_id = file.id;
    row_.size = file.size;
    row_.total = row_.processed;
    row_.expires_at = format_time(now() + std::chrono::days{kept_days});
}

}  // namespace

std::unique_ptr<work::Work> run_of(const work::WorkKind& kind) {
    return work::make<ExportRun>(kind);
}

Task<records::ListQuery> chosen_records(Ctx& ctx, const Kind& seen, const Json& args,
                                        const std::optional<std::vector<Id>>& ids) {
    records::ListQuery query = co_await records::read_selection(ctx, seen, args);
    const std::string reach = records::reach_sql(ctx, seen, "export", query.sql);
    query.where += reach.empty() ? "" : " and " + reach;
    if (ids) {
        query.where += " and t.id = any (" + query.sql.add(*ids) + "::uuid[])";
    }
    query.search.clear();  // it is part of the condition already
    query.is_unfiltered = false;
    co_return query;
}

Task<std::int64_t> count_chosen(Ctx& ctx, const Kind& seen, records::ListQuery query,
                                std::optional<std::int64_t> most) {
    const std::string found = "from " + std::string(seen.entity->table) + " t where " + query.where;
    const std::string limit = most ? " limit " + std::to_string(*most) : "";
    std::vector<db::Statement> unit;
    unit.push_back(
        {"select count(*) from (select 1 " + found + limit + ") x", std::move(query.sql.params)});
    const db::Scope scope{db::Role::reader, ctx.who.tenant};
    db::Options options;
    options.slow = true;
    options.timeout = db::background;
    const auto answers =
        co_await ctx.services.database().run(ctx.loop, scope, std::move(unit), options);
    std::int64_t count = 0;
    db::read_cell(answers.front().text(0, 0), count);
    co_return count;
}

}  // namespace ponte::exports
