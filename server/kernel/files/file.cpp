#include "kernel/files/file.hpp"

#include <algorithm>

#include "kernel/entities/catalogue.hpp"
#include "kernel/records/reach.hpp"
#include "kernel/services.hpp"

namespace ponte::files {
namespace {

using records::Kind;

constexpr std::string_view custom_prefix = "customFields.";

bool is_of_custom(std::string_view field) { return field.starts_with(custom_prefix); }

// As the reader sees the declaration today.
Task<bool> has_field(Ctx& ctx, const Kind& seen, std::string field) {
    if (!is_of_custom(field)) {
        co_return seen.field(field) != nullptr;
    }
    const auto facts = co_await ctx.services.entities().facts(ctx);
    const std::string key = field.substr(custom_prefix.size());
    const auto& custom = facts->of(seen.entity->name);
    co_return std::ranges::find(custom, key, &records::CustomField::key) != custom.end();
}

// Also of what lies in the bin: the same readers look into it.
Task<bool> is_in_reach(Ctx& ctx, const Kind& kind, Id record) {
    records::Sql sql;
    sql.add(ctx.who.tenant);
    std::string asked = "select from " + std::string(kind.entity->table) +
                        " t where t.tenant_id = $1::uuid and t.id = " + sql.add(record) + "::uuid";
    const std::string reach =
        records::reach_sql(ctx, kind, "read", sql, "t", records::Bin::included);
    asked += reach.empty() ? "" : " and " + reach;
    const db::Rows rows = co_await ctx.tx.query(std::move(asked), std::move(sql.params));
    co_return !rows.empty();
}

Task<bool> may_read(Ctx& ctx, const File& file) {
    if (!file.entity) {
        co_return file.created_by == ctx.who.user;
    }
    if (*file.record_id == ctx.who.tenant) {
        co_return true;
    }
    const Kind* kind = ctx.services.entities().find(*file.entity);
    if (!kind) {
        co_return false;
    }
    const Kind& seen = ctx.services.entities().seen(*kind, ctx.who);
    const bool is_seen = co_await has_field(ctx, seen, *file.field);
    if (!is_seen) {
        co_return false;
    }
    const bool is_near = co_await is_in_reach(ctx, seen, *file.record_id);
    co_return is_near;
}

}  // namespace

Json shown(const File& file) {
    return Json::object(
        {{"id", file.id}, {"name", file.name}, {"size", file.size}, {"type", file.type}});
}

Task<File> readable(Ctx& ctx, Id id) {
    const auto file = co_await ctx.tx.maybe<File>(file_sql, ctx.who.tenant, id);
    const bool is_theirs = file && co_await may_read(ctx, *file);
    if (!is_theirs) {
        throw not_found("file");
    }
    co_return *file;
}

}  // namespace ponte::files
