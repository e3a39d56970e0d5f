#include "kernel/past/undo.hpp"

#include <algorithm>
#include <set>

#include "kernel/past/renamed.hpp"
#include "kernel/records/editable.hpp"
#include "kernel/records/field_rights.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte::records {
namespace {

struct HistoryRow {
    Id entity_id;
    std::string name;
    std::int64_t version = 0, sequence = 0;
    std::optional<Id> operation_id;
    Json changes;
};
FIELDS(HistoryRow, entity_id, name, version, sequence, operation_id, changes);

}  // namespace

Task<std::map<Id, std::vector<PastChange>>> histories(Ctx& ctx, const Kind& kind, Undone undone,
                                                      std::vector<Id> ids) {
    auto rows = co_await ctx.tx.all<HistoryRow>(
        "select entity_id, name, version, sequence, operation_id, changes from events "
        "where tenant_id = current_tenant() and entity = $1 and entity_id = any ($2::uuid[]) "
        "and version > 0 and at >= $3::timestamptz and sequence >= log_since($3::timestamptz) "
        "order by entity_id, sequence",
        kind.entity->name, std::move(ids), undone.since);
    for (const Field& field : kind.entity->fields) {
        if (field_type(field.type).points == Points::to_titles) {
            const Renamed renamed = co_await renamed_since(ctx, field, undone.since);
            for (HistoryRow& row : rows) {
                renamed.bring_up_to_date(row.changes, row.sequence);
            }
        }
    }
    std::map<Id, std::vector<PastChange>> found;
    for (HistoryRow& row : rows) {
        const std::string past = row.name.substr(row.name.rfind('.') + 1);
        found[row.entity_id].push_back(
            {row.version, row.operation_id == undone.operation, std::move(row.changes), past});
    }
    co_return found;
}

namespace {

// What a secret was nobody knows any more: it stays as it is, and that is said.
void leave_secrets(const Kind& kind, const std::vector<PastChange>& history, WriteBack& back) {
    std::set<std::string> touched;
    for (const PastChange& past : history) {
        for (const auto& [name, change] : past.changes.members()) {
            const Field* field = past.is_ours ? kind.field_by_json(name) : nullptr;
            if (field && field_type(field->type).is_sealed) {
                touched.insert(name);
            }
        }
    }
    for (const std::string& name : touched) {
        back.fields.erase(name);
        back.is_complete = false;
        if (std::ranges::find(back.kept, name) == back.kept.end()) {
            back.kept.push_back(name);
        }
    }
}

}  // namespace

PutBack put_back(const Kind& seen, const TenantFacts& facts, const Locked& before,
                 const std::vector<PastChange>& history, const Locale& locale, Reclaim reclaim) {
    const Kind& kind = *seen.declared;
    WriteBack back = write_back(history, before.record, reclaim);
    leave_secrets(kind, history, back);
    const Json wanted = back.fields;
    for (const auto& [name, value] : wanted.members()) {
        if (!may_change(seen, name) || !is_editable(kind, name, before.record)) {
            back.fields.erase(name);
            back.is_complete = false;
            back.kept.push_back(name);
        }
    }
    PutBack result{values_shown(kind, back.fields), back.is_complete, std::move(back.kept)};
    Problems problems;
    canonicalise(kind, facts, result.values, Mode::merge, false, locale, problems);
    // What was there before may break a rule of today, or have lost its custom field.
    if (!problems.empty()) {
        result.values = {};
        result.is_complete = false;
        for (const FieldProblem& problem : problems) {
            result.kept.push_back(problem.field);
        }
    }
    return result;
}

}  // namespace ponte::records
