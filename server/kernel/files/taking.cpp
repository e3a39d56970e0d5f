#include "kernel/files/taking.hpp"

#include <algorithm>
#include <set>

#include "kernel/files/sniff.hpp"

namespace ponte::files {
namespace {

struct TakenRow {
    Id id;
    std::string type;
    std::int64_t size = 0;
};
FIELDS(TakenRow, id, type, size);

// A file that somebody else takes meanwhile is waited for, and is theirs then.
Task<std::vector<TakenRow>> taken_of(Ctx& ctx, std::string_view entity,
                                     const std::vector<Taking>& wanted) {
    std::vector<Id> files, records;
    std::vector<std::string> fields;
    for (const Taking& one : wanted) {
        files.push_back(one.file);
        records.push_back(one.record);
        fields.push_back(one.field);
    }
    db::Param uploader;  // what the program does by itself takes anybody's
    if (!ctx.who.user.is_nil()) {
        uploader = ctx.who.user;
    }
    // bulk: whose a file is, the record's own event tells.
    auto rows = co_await ctx.tx.all<TakenRow>(
        "update files f set entity = $1, record_id = x.record, field = x.field, "
        "loose_since = null from unnest($2::uuid[], $3::uuid[], $4::text[]) "
        "x(file, record, field) where f.tenant_id = current_tenant() and f.id = x.file "
        "and ((f.entity is null and ($5::uuid is null or f.created_by = $5::uuid)) "
        "or (f.entity = $1 and f.record_id = x.record and f.field = x.field)) "
        "returning f.id, f.type, f.size",
        entity, std::move(files), std::move(records), std::move(fields), std::move(uploader));
    co_return rows;
}

void check(const Taking& one, const TakenRow* row, Problems& problems) {
    if (!row) {
        problems.push_back({one.shown, "not_found", Json::object(), {}});
    } else if (one.rule && !is_accepted(one.rule->accepted, row->type)) {
        problems.push_back({one.shown, "file_kind", Json::object(), {}});
    } else if (one.rule && row->size > one.rule->max) {
        const Json limit = one.rule->max >> 20;
        problems.push_back({one.shown, "file_too_large", Json::object({{"limit", limit}}), {}});
    }
}

}  // namespace

Task<> take(Ctx& ctx, std::string_view entity, const std::vector<Taking>& wanted) {
    if (wanted.empty()) {
        co_return;
    }
    const std::vector<TakenRow> rows = co_await taken_of(ctx, entity, wanted);
    Problems problems;
    std::set<Id> given;  // to one place each
    for (const Taking& one : wanted) {
        const auto row = std::ranges::find(rows, one.file, &TakenRow::id);
        const bool is_taken = row != rows.end() && given.insert(one.file).second;
        check(one, is_taken ? &*row : nullptr, problems);
    }
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
}

void let_go(Ctx& ctx, std::string_view entity, std::vector<Id> files) {
    if (!files.empty()) {
        ctx.tx.queue(
            "update files set entity = null, record_id = null, field = null, loose_since = now() "
            "where tenant_id = current_tenant() and entity = $1 and id = any ($2::uuid[])",
            {entity, std::move(files)});
    }
}

}  // namespace ponte::files
