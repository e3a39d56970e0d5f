#include "kernel/records/new_titles.hpp"

#include <algorithm>

#include "kernel/app.hpp"

namespace ponte::records {
namespace {

// A title that its record could not hold is a problem of the field in which it was typed.
void check_titles(const Field& field, const Kind& target, const Json& titles) {
    const Field* title = target.field(target.entity->title);
    for (const Json& one : titles.items()) {
        if (static_cast<std::int64_t>(utf8_length(one.as_string())) > title->max) {
            throw invalid(camel_case(field.name), "too_long",
                          Json::object({{"limit", title->max}}));
        }
    }
}

// Each with its event.
void queue_new_titles(Ctx& ctx, const Kind& target, const std::vector<std::string>& names) {
    const std::string table(target.entity->table), title(target.entity->title),
        entity(target.entity->name), shown_title = camel_case(title);
    const std::optional<Id> author = ctx.who.user.is_nil() ? std::optional<Id>{} : ctx.who.user;
    // bulk: one statement for a handful of names inside another record's write.
    ctx.tx.queue(
        "with added as (insert into " + table + " (" + title +
            ", created_by, created_at, updated_at) select distinct on (sort_key(n)) n, "
            "$2::uuid, $3::timestamptz, $3::timestamptz from unnest($1::text[]) n "
            "on conflict do nothing returning id, " +
            title +
            " as title) insert into events (tenant_id, name, entity, entity_id, version, "
            "at, actor_id, author_id, operation_id, changes) select current_tenant(), '" +
            entity + ".created', '" + entity +
            "', id, 1, $3::timestamptz, $2::uuid, $2::uuid, $4::uuid, jsonb_build_object('" +
            shown_title + "', jsonb_build_object('from', null, 'to', title)) from added",
        {names, author, format_time(ctx.now), ctx.operation});
    ctx.wrote_events = true;
}

}  // namespace

bool may_make_titles(const Ctx& ctx, const Kind& target) {
    return ctx.reach(target.resource, "create") != Reach::none;
}

Task<std::optional<std::string>> unknown_title(Ctx& ctx, const Kind& target,
                                               std::vector<std::string> titles) {
    const std::string title(target.entity->title);
    const std::string alive = target.entity->can_be_deleted ? " and g.deleted_at is null" : "";
    db::Params params{titles};
    const db::Rows rows = co_await ctx.tx.query(
        "select n from unnest($1::text[]) with ordinality x(n, place) where not exists (select "
        "from " +
            std::string(target.entity->table) +
            " g where g.tenant_id = current_tenant() and sort_key(g." + title + ") = sort_key(n)" +
            alive + ") order by place limit 1",
        std::move(params));
    if (rows.empty()) {
        co_return std::nullopt;
    }
    co_return std::string(rows.text(0, 0));
}

Task<> settle_titles(Ctx& ctx, const Field& field, const Kind& target, const Json& titles,
                     const Json& known) {
    check_titles(field, target, titles);
    std::vector<std::string> names;
    for (const Json& one : titles.items()) {
        const auto is_same = [&](const Json& other) { return other == one; };
        if (std::none_of(known.items().begin(), known.items().end(), is_same)) {
            names.push_back(one.as_string());
        }
    }
    if (names.empty()) {
        co_return;
    }
    if (may_make_titles(ctx, target)) {
        queue_new_titles(ctx, target, names);
        co_return;
    }
    const auto unknown = co_await unknown_title(ctx, target, std::move(names));
    if (unknown) {
        throw invalid(camel_case(field.name), "new_label", Json::object({{"value", *unknown}}));
    }
}

}  // namespace ponte::records
