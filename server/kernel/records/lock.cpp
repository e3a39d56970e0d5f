// Taking records for a change. What the reader may do with each is asked in the same statement, by
// the one law that lists and reads follow (reach_sql).
#include <unordered_map>

#include "kernel/lists/list.hpp"
#include "kernel/records/record.hpp"
#include "kernel/records/write.hpp"

namespace ponte::records {
namespace {

// After the columns of the record.
enum Verdict { is_readable_, is_permitted_, is_whole_deleted_, whole_owner_, verdicts_ };

struct Judged {
    Locked record;
    bool is_readable = false, is_whole_deleted = false;
};

std::string or_true(std::string condition) { return condition.empty() ? "true" : condition; }

// A part whose whole lies in the bin is readable here, so that people are told why it is not there.
std::string verdicts_sql(const Ctx& ctx, const Kind& kind, std::string_view action, Sql& sql) {
    const bool is_part = !kind.entity->part_of.empty();
    const std::string reading =
        action.empty() ? "true" : or_true(own_reach_sql(ctx, kind, "read", sql, "t"));
    const std::string doing =
        action.empty() ? "true" : or_true(own_reach_sql(ctx, kind, action, sql, "t"));
    if (!is_part) {
        return ", " + reading + ", " + doing + ", false, null";
    }
    const Kind& whole = whole_of(ctx, kind);
    const std::string owner =
        whole.entity->owner.empty() ? "created_by" : whole.entity->owner.data();
    const std::string of_whole = " from " + std::string(whole.entity->table) +
                                 " w where w.tenant_id = t.tenant_id and w.id = t." +
                                 std::string(kind.entity->part_of) + ")";
    const std::string whose = ", (select w." + owner + of_whole;
    if (action.empty()) {
        return ", true, true, false" + whose;
    }
    return ", " + reading + " and " + whole_sql(ctx, kind, Bin::included, sql) + ", " + doing +
           ", (select w.deleted_at is not null" + of_whole + whose;
}

Judged judged_row(const Kind& kind, const db::Rows& rows, int row) {
    const int first = static_cast<int>(kind.columns.size());
    const auto says = [&](Verdict verdict) { return rows.text(row, first + verdict) == "t"; };
    Judged found;
    Locked& locked = found.record;
    db::read_cell(rows.text(row, kind.id_column), locked.id);
    db::read_cell(rows.text(row, kind.version_column), locked.version);
    locked.record = record_json(kind, rows, row, Linked::left_out);
    locked.is_deleted = kind.deleted_column >= 0 && !rows.is_null(row, kind.deleted_column);
    locked.is_permitted = says(is_readable_) && says(is_permitted_) && !says(is_whole_deleted_);
    locked.whole_owner = Id::parse(rows.text(row, first + whole_owner_));
    found.is_readable = says(is_readable_);
    found.is_whole_deleted = says(is_whole_deleted_);
    return found;
}

// Whole, whatever of them the reader sees: rules are asked of all of a record.
Task<std::vector<Judged>> judge(Ctx& ctx, const Kind& seen, std::vector<Id> ids,
                                std::string_view action) {
    const Kind& kind = *seen.declared;
    Sql sql;
    sql.add(ctx.who.tenant);
    // One by equality: for a list the planner may walk through a table that was small once.
    const std::string wanted =
        ids.size() == 1 ? " = " + sql.add(ids.front()) + "::uuid"
                        : " = any (" + sql.add(std::move(ids)) + "::uuid[]) order by t.id";
    const std::string_view right = action == "restore" ? "delete" : action;
    const std::string verdicts = verdicts_sql(ctx, kind, right, sql);
    const db::Rows rows = co_await ctx.tx.query(
        "select " + kind.select_list + verdicts + " from " + std::string(kind.entity->table) +
            " t where t.tenant_id = $1::uuid and t.id" + wanted + " for update of t",
        std::move(sql.params));
    std::vector<Judged> found;
    for (int i = 0; i < rows.size(); ++i) {
        found.push_back(judged_row(kind, rows, i));
    }
    co_return found;
}

}  // namespace

Task<Locked> lock(Ctx& ctx, const Kind& kind, Id id, std::string_view action,
                  std::optional<std::int64_t> expected_version) {
    std::vector<Id> ids{id};
    std::vector<Judged> found = co_await judge(ctx, kind, std::move(ids), action);
    if (found.empty() || !found.front().is_readable ||
        (found.front().record.is_deleted && action != "restore")) {
        throw not_found(kind.entity->name);
    }
    if (found.front().is_whole_deleted) {
        throw conflict(std::string(kind.entity->name) + "." +
                       std::string(whole_of(ctx, kind).entity->name) + "_deleted");
    }
    Locked& locked = found.front().record;
    if (!locked.is_permitted) {
        throw forbidden();
    }
    if (expected_version && *expected_version != locked.version) {
        throw version_mismatch();
    }
    co_return std::move(locked);
}

Task<std::vector<Locked>> lock_many(Ctx& ctx, const Kind& kind, std::vector<Id> ids,
                                    std::string_view action) {
    std::vector<Judged> judged = co_await judge(ctx, kind, std::move(ids), action);
    std::vector<Locked> found;
    for (Judged& one : judged) {
        found.push_back(std::move(one.record));
    }
    co_return found;
}

Task<> find_owners_of_wholes(Ctx& ctx, Changes& changes) {
    const Kind& kind = *changes.kind;
    const std::string link(kind.entity->part_of);
    const auto whole_in = [&](const Change& change) {
        const Json* given = change.values.find(link);
        return Id::parse(given ? given->as_string() : "").value_or(Id{});
    };
    std::vector<Id> wholes;
    for (const Change& change : changes.records) {
        wholes.push_back(whole_in(change));
    }
    const Kind& whole = whole_of(ctx, kind);
    Sql sql;
    sql.add(ctx.who.tenant);
    const std::string wanted = wholes.size() == 1
                                   ? " = " + sql.add(wholes.front()) + "::uuid"
                                   : " = any (" + sql.add(std::move(wholes)) + "::uuid[])";
    const std::string reach = reach_sql(ctx, whole, "read", sql);
    const std::string owner(whole.entity->owner.empty() ? "created_by" : whole.entity->owner);
    std::string asked = "select t.id, t." + owner + " from " + std::string(whole.entity->table) +
                        " t where t.tenant_id = $1::uuid and t.id" + wanted +
                        " and t.deleted_at is null" + (reach.empty() ? "" : " and " + reach);
    const db::Rows rows = co_await ctx.tx.query(std::move(asked), std::move(sql.params));
    std::unordered_map<Id, std::optional<Id>> owners;
    for (int i = 0; i < rows.size(); ++i) {
        owners.emplace(Id::parse(rows.text(i, 0)).value_or(Id{}), Id::parse(rows.text(i, 1)));
    }
    for (Change& change : changes.records) {
        const auto found = owners.find(whole_in(change));
        if (found == owners.end()) {
            throw invalid(camel_case(link), "not_found");
        }
        change.owner = found->second;
    }
}

}  // namespace ponte::records
