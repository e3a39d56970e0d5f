#include "kernel/imports/records.hpp"

#include "kernel/records/array_text.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte::imports {

using records::ArrayText;
using records::Kind;
using records::Locked;

Task<> write_created(Ctx& ctx, const Plan& plan, Titles& titles, Outcome& outcome) {
    Changes changes(ctx, plan.kind(), Verb::create);
    for (NewRecord& record : outcome.created) {
        Change& one = changes.records.emplace_back();
        one.id = record.id;
        one.values = std::move(record.values);
    }
    co_await records::write(ctx, changes, &titles.labels());
}

namespace {

Values values_of(const Plan& plan, const ChangedRecord& record) {
    Values values;
    Json custom = Json::object();
    for (const auto& [position, value] : record.values) {
        const Plan::Column& column = plan.columns()[position];
        if (column.target.custom) {
            custom.set(column.name, value);
        } else if (!column.target.field->is_immutable) {
            values.set(column.name, value);
        }
    }
    if (!custom.members().empty()) {
        values.set(records::custom_column, std::move(custom));
    }
    return values;
}

}  // namespace

Task<> write_changed(Ctx& ctx, const Plan& plan, Titles& titles, Outcome& outcome) {
    if (outcome.changed.empty()) {
        co_return;
    }
    std::vector<Id> ids;
    for (const ChangedRecord& record : outcome.changed) {
        ids.push_back(record.id);
    }
    std::vector<Locked> locked =
        co_await records::lock_many(ctx, plan.kind(), std::move(ids), "update");
    std::unordered_map<Id, Locked*> by_id;
    for (Locked& one : locked) {
        by_id.emplace(one.id, &one);
    }
    Changes changes(ctx, plan.kind(), Verb::update);
    std::unordered_map<Id, std::int64_t> rows_of;
    for (const ChangedRecord& record : outcome.changed) {
        const auto found = by_id.find(record.id);
        if (found == by_id.end() || found->second->is_deleted) {
            for (const std::size_t row : record.rows) {
                outcome.skip(row, "id", "not_found");
            }
        } else if (!found->second->is_permitted) {
            for (const std::size_t row : record.rows) {
                outcome.fail(row, {{"id", "not_allowed", Json::object(), {}}});
            }
        } else {
            rows_of[record.id] = static_cast<std::int64_t>(record.rows.size());
            changes.records.push_back(records::change_of(plan.kind(), std::move(*found->second),
                                                         values_of(plan, record)));
        }
    }
    co_await records::write(ctx, changes, &titles.labels());
    for (const Change& change : changes.records) {
        outcome.counters.updated += rows_of[change.id];
        rows_of.erase(change.id);
    }
    for (const auto& [id, rows] : rows_of) {
        outcome.counters.skipped += rows;  // it is so already
    }
}

namespace {

// " t.name, t.phone, t.email": what tells the records behind a key apart.
std::string facts_of(const Entity& entity) {
    std::string columns = ", f." + std::string(entity.title);
    for (const auto name : records::split_options(entity.match_fields)) {
        columns += ", f." + std::string(name);
    }
    return columns;
}

Candidate candidate_in(const Kind& kind, const db::Rows& rows, int row) {
    constexpr int first_field = 3;  // after kind, key, id
    Candidate candidate{Id::parse(rows.text(row, 2)).value_or(Id{}), {}, {}};
    candidate.title = rows.text(row, first_field);
    int column = first_field + 1;
    for (const auto name : records::split_options(kind.entity->match_fields)) {
        const Field* field = kind.field(name);
        const auto value = rows.text(row, column++);
        if (field && !value.empty()) {
            candidate.keys.push_back({std::string(name), match_key(field->type, value)});
        }
    }
    return candidate;
}

// The records behind a key of x: by the table of keys, or by a field that no two have alike.
std::string found_by_table(const Entity& entity, const std::string& alive) {
    return "(select t.* from " + std::string(entity.match_table) + " p join " +
           std::string(entity.table) + " t on t.tenant_id = p.tenant_id and t.id = p." +
           std::string(entity.name) + "_id" + alive +
           " where p.tenant_id = current_tenant() and p.kind = x.kind "
           "and p.match_key = x.match_key limit " +
           std::to_string(Matches::crowd) + ")";
}

std::string found_by_fields(const Entity& entity, const std::string& alive) {
    std::string all;
    for (const auto name : records::split_options(entity.match_fields)) {
        const std::string field(name);
        all += (all.empty() ? "(" : " union all ") + std::string("select t.* from ") +
               std::string(entity.table) + " t where t.tenant_id = current_tenant()" + alive +
               " and x.kind = '" + field + "' and lower(t." + field + ") = lower(x.match_key)";
    }
    return all + ")";
}

}  // namespace

Task<Matches> find_matches(Ctx& ctx, const Plan& plan, std::span<const Row> rows) {
    Matches matches;
    ArrayText kinds, keys;
    std::size_t count = 0;
    for (const Row& row : rows) {
        for (const MatchKey& key : row.keys) {
            kinds.add(key.kind);
            keys.add(key.key);
            ++count;
        }
    }
    const Entity& entity = *plan.kind().entity;
    if (count == 0) {
        co_return matches;
    }
    const std::string alive = entity.can_be_deleted ? " and t.deleted_at is null" : "";
    db::Params params;
    params.push_back(std::move(kinds).param());
    params.push_back(std::move(keys).param());
    const std::string behind =
        entity.match_table.empty() ? found_by_fields(entity, alive) : found_by_table(entity, alive);
    const db::Rows found =
        co_await ctx.tx.query("select x.kind, x.match_key, f.id" + facts_of(entity) +
                                  " from unnest($1::text[], $2::text[]) as x(kind, match_key) "
                                  "cross join lateral " +
                                  behind + " f",
                              std::move(params));
    for (int i = 0; i < found.size(); ++i) {
        Candidate candidate = candidate_in(plan.kind(), found, i);
        const MatchKey key{std::string(found.text(i, 0)), std::string(found.text(i, 1))};
        matches.add(key, candidate.id);
        matches.describe(std::move(candidate));
    }
    co_return matches;
}

Task<Policies> find_policies(Ctx& ctx, const Entity& entity) {
    Policies policies;
    if (entity.match_table.empty()) {
        for (const auto name : records::split_options(entity.match_fields)) {
            policies[std::string(name)] = Sharing::block;
        }
        co_return policies;
    }
    db::Params none;
    const db::Rows rows = co_await ctx.tx.query(
        "select kind, policy from " + std::string(entity.match_table) + "_policies()",
        std::move(none));
    for (int i = 0; i < rows.size(); ++i) {
        const auto policy = rows.text(i, 1);
        policies[std::string(rows.text(i, 0))] = policy == "block"   ? Sharing::block
                                                 : policy == "allow" ? Sharing::allow
                                                                     : Sharing::warn;
    }
    co_return policies;
}

}  // namespace ponte::imports
