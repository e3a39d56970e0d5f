#include "kernel/records/subjects.hpp"

#include <algorithm>

#include "kernel/entities/catalogue.hpp"
#include "kernel/services.hpp"

namespace ponte::records {
namespace {

bool is_about(const Link& link) { return link.field && link.field->is_about; }

// What passes is in no timeline.
std::ptrdiff_t links_about(const Kind& kind, const Kind& subject) {
    if (kind.entity->history == History::none) {
        return 0;
    }
    return std::ranges::count_if(kind.links, [&](const Link& link) {
        return is_about(link) && link.target == subject.declared;
    });
}

}  // namespace

bool has_subjects(const Kind& kind) { return std::ranges::any_of(kind.links, is_about); }

std::vector<Id> subjects_of(const Changes& changes, const Change& change) {
    std::vector<Id> subjects;
    const auto add = [&](const Json& value) {
        const auto id = Id::parse(value.as_string());
        if (id && *id != change.id && std::ranges::find(subjects, *id) == subjects.end()) {
            subjects.push_back(*id);
        }
    };
    for (const Link& link : changes.kind->links) {
        if (!is_about(link)) {
            continue;
        }
        add(change.before[link.id_name]);
        if (const Json* value = change.values.find(link.field->name)) {
            add(*value);
        }
    }
    return subjects;
}

std::string subjects_sql(const Kind& kind) {
    std::string links;
    for (const Link& link : kind.links) {
        if (is_about(link)) {
            links += (links.empty() ? "" : ", ") + link.sql;
        }
    }
    return "(select array_agg(distinct s.id) from unnest(array[" + links +
           "]) s(id) where s.id <> t.id)";
}

bool shows_subjects(const Kind& seen) {
    return std::ranges::count_if(seen.links, is_about) ==
           std::ranges::count_if(seen.declared->links, is_about);
}

bool tells_of(const Kind& kind, const Kind& subject) { return links_about(kind, subject) > 0; }

std::vector<const Kind*> tellers_of(const Ctx& ctx, const Kind& subject) {
    const Catalogue& entities = ctx.services.entities();
    std::vector<const Kind*> tellers;
    for (const auto& kind : entities.all()) {
        const std::ptrdiff_t links = links_about(*kind, subject);
        if (links == 0 || ctx.reach(kind->resource, "read") == Reach::none) {
            continue;
        }
        const Kind& seen = entities.seen(*kind, ctx.who);
        if (links_about(seen, subject) == links) {
            tellers.push_back(&seen);
        }
    }
    return tellers;
}

}  // namespace ponte::records
