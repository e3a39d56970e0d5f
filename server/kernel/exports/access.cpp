#include "kernel/exports/access.hpp"

#include <algorithm>

#include "kernel/records/field_rights.hpp"
#include "kernel/records/input.hpp"
#include "kernel/records/reach.hpp"
#include "kernel/services.hpp"

namespace ponte::exports {
namespace {

using records::Kind;

constexpr const char* team_member = "team";

Reach reach_of(const Ctx& ctx, std::string_view permission) {
    const auto dot = permission.find('.');
    return ctx.reach(permission.substr(0, dot), permission.substr(dot + 1));
}

bool is_custom(std::string_view name) { return name.starts_with("customFields."); }

}  // namespace

const Kind& exported_kind(Ctx& ctx, const std::string& entity) {
    const Kind* kind = ctx.services.entities().find(entity);
    const bool is_there = kind && !kind->entity->lives_inside && kind->entity->can_be_exported;
    if (!is_there) {
        throw invalid("entity", "not_exportable");
    }
    ctx.require(kind->resource + ".read");
    ctx.require(kind->resource + ".export");
    return ctx.services.entities().seen(*kind, ctx.who);
}

Task<Export> own_export(Ctx& ctx, const http::Request& request, bool locked) {
    const Id id = path_id(request, "export");
    auto found = co_await work::find<Export>(ctx, id, locked);
    const bool is_own = found && found->created_by == ctx.who.user &&
                        (!ctx.who.key || found->asker_key_id == ctx.who.key_id());
    if (!is_own) {
        throw not_found("export");
    }
    co_return std::move(*found);
}

Json reaches_of(const Ctx& ctx, const Kind& seen, const Columns& columns) {
    Json reaches = Json::object();
    bool is_of_team = false;
    const auto note = [&](const std::string& resource, const char* action) {
        const std::string permission = resource + "." + action;
        const Reach reach = reach_of(ctx, permission);
        is_of_team = is_of_team || reach == Reach::team;
        reaches.set(permission, reach_name(reach));
    };
    note(seen.resource, "read");
    note(seen.resource, "export");
    if (!seen.entity->part_of.empty()) {
        note(records::whole_of(ctx, seen).resource, "read");
    }
    for (const Column& column : columns) {
        const auto link = std::ranges::find(seen.links, column.cell, &records::Link::column);
        const bool is_link = column.title >= 0 && link != seen.links.end() && link->target;
        const Kind* target = is_link ? link->target : ctx.services.entities().find(column.target);
        if (target) {
            note(target->resource, "read");
        }
    }
    if (is_of_team && ctx.who.team) {
        reaches.set(team_member, *ctx.who.team);
    }
    return reaches;
}

bool are_held(const Ctx& ctx, const Kind& kind, const Export& one) {
    const Json& team = one.reaches[team_member];
    const bool is_of_same_team = team.is_null() || (ctx.who.team && team == Json(*ctx.who.team));
    const auto is_held = [&](const Json::Member& member) {
        const Reach then = parse_reach(member.second.as_string()).value_or(Reach::none);
        const Reach today = reach_of(ctx, member.first);
        const bool is_other_team = then == Reach::team && today == Reach::team && !is_of_same_team;
        return member.first == team_member || (today >= then && !is_other_team);
    };
    const Kind& seen = ctx.services.entities().seen(kind, ctx.who);
    const auto is_seen = [&](const Json& name) {
        return is_custom(name.as_string()) || records::may_see(seen, name.as_string());
    };
    return std::ranges::all_of(one.reaches.members(), is_held) &&
           std::ranges::all_of(one.columns.items(), is_seen);
}

Task<> require_held(Ctx& ctx, const Export& one) {
    const Kind* kind = ctx.services.entities().find(one.entity);
    bool is_all_there = kind && are_held(ctx, *kind, one);
    if (is_all_there) {
        const auto facts = co_await ctx.services.entities().facts(ctx);
        const Kind& seen = ctx.services.entities().seen(*kind, ctx.who);
        const Columns columns = named(columns_of(ctx, seen, *facts), one.columns);
        is_all_there = columns.size() == one.columns.items().size();
    }
    if (!is_all_there) {
        throw Error(403, "export.rights_lost");
    }
}

}  // namespace ponte::exports
