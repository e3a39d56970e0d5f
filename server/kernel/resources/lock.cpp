// Which records somebody may touch, and taking them for a change.
#include "kernel/app.hpp"
#include "kernel/resources/record.hpp"
#include "kernel/resources/write.hpp"

namespace ponte::resources {

bool may(const Ctx& ctx, const Kind& kind, const Json& record, std::string_view action,
         const TeamMates& mates) {
    const Reach reach = ctx.reach(kind.resource, action);
    if (reach == Reach::all || reach == Reach::none) {
        return reach == Reach::all;
    }
    const std::string me = ctx.who.user.text();
    if (record["createdBy"].as_string() == me) {
        return true;
    }
    // Of a record without an owner field, its author is the owner.
    const std::string& owner = kind.entity->owner.empty()
                                   ? record["createdBy"].as_string()
                                   : record[camel_case(kind.entity->owner)].as_string();
    return owner == me || (reach == Reach::team && mates.contains(owner));
}

Task<TeamMates> team_mates(Ctx& ctx) {
    TeamMates mates;
    if (ctx.who.team) {
        const auto ids = co_await ctx.tx.all<std::string>(
            "select id from users where tenant_id = current_tenant() and team_id = $1",
            *ctx.who.team);
        mates.insert(ids.begin(), ids.end());
    }
    co_return mates;
}

bool needs_team_mates(const Ctx& ctx, const Kind& kind, std::string_view action) {
    return ctx.reach(kind.resource, action) == Reach::team;
}

namespace {

Locked locked_row(const Kind& kind, const db::Rows& rows, int row) {
    Locked found;
    db::read_cell(rows.text(row, kind.id_column), found.id);
    db::read_cell(rows.text(row, kind.version_column), found.version);
    found.record = record_json(kind, rows, row);
    found.is_deleted = kind.deleted_column >= 0 && !rows.is_null(row, kind.deleted_column);
    return found;
}

}  // namespace

Task<Locked> lock(Ctx& ctx, const Kind& kind, Id id, std::string_view action,
                  std::optional<std::int64_t> expected_version) {
    db::Params params{id};
    const db::Rows rows =
        co_await ctx.tx.query(kind.select_one + " for update of t", std::move(params));
    if (rows.empty()) {
        throw not_found(kind.entity->name);
    }
    Locked found = locked_row(kind, rows, 0);
    const std::string_view right = action == "restore" ? "delete" : action;
    TeamMates mates;
    if (needs_team_mates(ctx, kind, "read") || needs_team_mates(ctx, kind, right)) {
        mates = co_await team_mates(ctx);
    }
    if (!may(ctx, kind, found.record, "read", mates) || (found.is_deleted && action != "restore")) {
        throw not_found(kind.entity->name);
    }
    if (!may(ctx, kind, found.record, right, mates)) {
        throw forbidden();
    }
    if (expected_version && *expected_version != found.version) {
        throw version_mismatch();
    }
    co_return found;
}

Task<std::vector<Locked>> lock_many(Ctx& ctx, const Kind& kind, const std::vector<Id>& ids) {
    db::Params params{ids};
    const db::Rows rows = co_await ctx.tx.query(
        "select " + kind.select_list + " from " + std::string(kind.entity->table) +
            " t where t.tenant_id = current_tenant() and t.id = any ($1::uuid[]) "
            "order by t.id for update of t",
        std::move(params));
    std::vector<Locked> found;
    for (int i = 0; i < rows.size(); ++i) {
        found.push_back(locked_row(kind, rows, i));
    }
    co_return found;
}

}  // namespace ponte::resources
