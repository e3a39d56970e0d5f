#include "kernel/realtime/linked_titles.hpp"

#include <map>

#include "kernel/db/budgets.hpp"
#include "kernel/entities/catalogue.hpp"
#include "kernel/log.hpp"
#include "kernel/services.hpp"

namespace ponte::realtime {

using records::Link;

std::vector<const Link*> links_in(const records::Kind& kind, const Json& changes) {
    std::vector<const Link*> links;
    for (const Link& link : kind.links) {
        const bool is_told = link.target || link.is_file;
        if (link.field && is_told && changes.find(link.id_name)) {
            links.push_back(&link);
        }
    }
    return links;
}

void add_linked(Json& values, const std::vector<const Link*>& links, const LinkedTitles& titles) {
    for (const Link* link : links) {
        const auto id = Id::parse(values[link->id_name].as_string());
        if (!id) {
            values.set(link->json_name, nullptr);
            continue;
        }
        const auto title = titles.find(*id);
        std::string text;
        const std::string_view told = title == titles.end() ? "" : std::string_view(title->second);
        records::append_linked(text, link->called(), id->text(), told);
        values.set(link->json_name, Json::parse(text));
    }
}

std::vector<std::string_view> resources_of(Services& services,
                                           const std::vector<const Link*>& links) {
    std::vector<std::string_view> resources;
    for (const Link* link : links) {
        if (link->is_file) {
            continue;  // of the record itself
        }
        const Entity& target = *link->target->entity;
        resources.push_back(link->target->resource);
        if (!target.part_of.empty()) {
            resources.push_back(
                services.entities().resource_of(link->target->field(target.part_of)->target));
        }
    }
    return resources;
}

Task<LinkedTitles> read_titles(Services& services, Loop& loop, Id tenant,
                               std::vector<std::pair<const records::Kind*, Id>> wanted) {
    std::map<const records::Kind*, std::vector<Id>> by_kind;
    for (const auto& [kind, id] : wanted) {
        by_kind[kind].push_back(id);
    }
    std::vector<db::Statement> unit;
    for (auto& [kind, ids] : by_kind) {
        const std::string told = kind ? records::linked_sql(*kind, "current_tenant()", "x.id", "")
                                      : records::filed_sql("current_tenant()", "x.id");
        unit.push_back(
            {"select x.id, " + told + " from unnest($1::uuid[]) x(id)", {std::move(ids)}});
    }
    LinkedTitles titles;
    try {
        const db::Scope scope{db::Role::app, tenant};
        const auto answers =
            co_await services.database().run(loop, scope, std::move(unit), db::for_reading);
        for (const db::Rows& rows : answers) {
            for (int row = 0; row < rows.size(); ++row) {
                if (const auto id = Id::parse(rows.text(row, 0)); id && !rows.is_null(row, 1)) {
                    titles.insert_or_assign(*id, std::string(rows.text(row, 1)));
                }
            }
        }
    } catch (const std::exception& problem) {
        log::warning("links of events are not named", {{"problem", problem.what()}});
    }
    co_return titles;
}

}  // namespace ponte::realtime
