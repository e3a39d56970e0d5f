#include "kernel/records/title_ids.hpp"

#include <algorithm>
#include <map>

#include "kernel/entities/catalogue.hpp"
#include "kernel/records/write.hpp"
#include "kernel/services.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte::records {
namespace {

// A title that its record could not hold is a problem of the field in which it was typed.
void check_length(const Field& field, const Kind& target, const std::string& title) {
    const std::int64_t most = target.field(target.entity->title)->max;
    if (static_cast<std::int64_t>(utf8_length(title)) > most) {
        throw invalid(camel_case(field.name), "too_long", Json::object({{"limit", most}}));
    }
}

void sort_and_thin(std::vector<std::string>& texts) {
    std::ranges::sort(texts);
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
}

}  // namespace

bool may_make_titles(const Ctx& ctx, const Kind& target) {
    return ctx.reach(target.resource, "create") != Reach::none;
}

Task<> TitleIds::find(Ctx& ctx, const Kind& target, std::vector<std::string> titles) {
    Titles& known = known_[std::string(target.entity->name)];
    std::erase_if(titles, [&](const std::string& title) { return known.contains(title); });
    if (titles.empty()) {
        co_return;
    }
    sort_and_thin(titles);
    const std::string title(target.entity->title);
    const std::string alive = target.entity->can_be_deleted ? " and g.deleted_at is null" : "";
    db::Params params{titles};
    const db::Rows rows = co_await ctx.tx.query(
        "select x.title, sort_key(x.title), g.id from unnest($1::text[]) x(title) "
        "left join lateral (select g.id from " +
            std::string(target.entity->table) +
            " g where g.tenant_id = current_tenant() and sort_key(g." + title +
            ") = sort_key(x.title)" + alive + " order by g.id limit 1) g on true",
        std::move(params));
    for (int i = 0; i < rows.size(); ++i) {
        Known& one = known[std::string(rows.text(i, 0))];
        one.key = rows.text(i, 1);
        one.id = Id::parse(rows.text(i, 2)).value_or(Id{});
    }
}

Task<> TitleIds::make(Ctx& ctx, const Kind& target, std::vector<std::string> titles) {
    Titles& known = known_[std::string(target.entity->name)];
    std::map<std::string, Values> new_ones;  // alike titles are one record
    for (const std::string& title : titles) {
        const Values values{{std::string(target.entity->title), title}};
        new_ones.emplace(known.at(title).key, values);
    }
    Changes made(ctx, target, Verb::create);
    made.skips_taken = true;
    made.is_quiet = false;  // few, and told one by one: screens learn of a new label by it
    for (auto& [key, values] : new_ones) {
        Change one;
        one.values = co_await accept_ours(ctx, target, std::move(values), Mode::create);
        made.records.push_back(std::move(one));
    }
    co_await write(ctx, made);
    for (const std::string& title : titles) {
        known.erase(title);
    }
    co_await find(ctx, target, titles);
    for (const std::string& title : titles) {
        known.at(title).is_made = true;
    }
}

Task<> TitleIds::settle_field(Ctx& ctx, const Changes& changes, const Field& field) {
    const Kind& target = ctx.services.entities().get(field.target);
    const std::string name = camel_case(field.name);
    std::vector<std::string> all, added;
    for (const Change& change : changes.records) {
        const Json* given = change.values.find(field.name);
        const auto& had = change.before[name].items();
        for (const Json& title : given ? given->items() : Json::Array{}) {
            all.push_back(title.as_string());
            if (std::ranges::find(had, title) == had.end()) {
                check_length(field, target, title.as_string());
                added.push_back(title.as_string());
            }
        }
    }
    co_await find(ctx, target, std::move(all));
    const Titles& known = known_[std::string(field.target)];
    std::erase_if(added, [&](const std::string& title) { return !known.at(title).id.is_nil(); });
    if (added.empty()) {
        co_return;
    }
    if (!may_make_titles(ctx, target)) {
        throw invalid(name, "new_label", Json::object({{"value", added.front()}}));
    }
    sort_and_thin(added);
    co_await make(ctx, target, std::move(added));
}

Task<> TitleIds::settle(Ctx& ctx, const Changes& changes) {
    for (const Field& field : changes.kind->entity->fields) {
        if (field_type(field.type).points == Points::to_titles) {
            co_await settle_field(ctx, changes, field);
        }
    }
}

bool TitleIds::is_known(std::string_view entity, const std::string& title) const {
    const auto titles = known_.find(std::string(entity));
    if (titles == known_.end()) {
        return false;
    }
    const auto found = titles->second.find(title);
    return found != titles->second.end() && !found->second.id.is_nil();
}

std::string TitleIds::literal(const Field& field, const Json& titles) const {
    std::vector<Id> ids;
    const auto known = known_.find(std::string(field.target));
    for (const Json& title : known == known_.end() ? Json::Array{} : titles.items()) {
        const auto found = known->second.find(title.as_string());
        if (found != known->second.end() && !found->second.id.is_nil() &&
            std::ranges::find(ids, found->second.id) == ids.end()) {
            ids.push_back(found->second.id);
        }
    }
    return *db::Param(ids).text;
}

void TitleIds::forget_made() {
    for (auto& [entity, titles] : known_) {
        std::erase_if(titles, [](const auto& one) { return one.second.is_made; });
    }
}

Task<std::optional<std::string>> unknown_title(Ctx& ctx, const Kind& target,
                                               std::vector<std::string> titles) {
    TitleIds known;
    co_await known.find(ctx, target, titles);
    const auto unknown = std::ranges::find_if(titles, [&](const std::string& title) {
        return !known.is_known(target.entity->name, title);
    });
    co_return unknown == titles.end() ? std::nullopt : std::optional<std::string>(*unknown);
}

}  // namespace ponte::records
