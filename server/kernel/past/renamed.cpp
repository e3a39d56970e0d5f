#include "kernel/past/renamed.hpp"

#include <algorithm>
#include <map>

#include "kernel/entities/catalogue.hpp"
#include "kernel/services.hpp"

namespace ponte::records {
namespace {

struct LabelRow {
    Id id;
    std::string title;
    bool is_deleted = false;
    std::int64_t sequence = 0;
    std::optional<std::string> former;
};
FIELDS(LabelRow, id, title, is_deleted, sequence, former);

const std::string& title_at(const Renamed::Label& label, std::int64_t sequence) {
    const auto next = std::ranges::find_if(
        label.former, [&](const Renamed::Label::Was& was) { return was.until > sequence; });
    return next == label.former.end() ? label.title : next->title;
}

}  // namespace

Json Renamed::titles_now(const Json& titles, std::int64_t sequence) const {
    Json now = Json::array();
    for (const Json& title : titles.items()) {
        const auto label = std::ranges::find_if(labels_, [&](const Label& one) {
            return folded(title_at(one, sequence)) == folded(title.as_string());
        });
        if (label == labels_.end()) {
            now.push(title);
        } else if (!label->is_deleted) {
            now.push(label->title);
        }
    }
    return now;
}

void Renamed::bring_up_to_date(Json& changes, std::int64_t sequence) const {
    const Json* change = labels_.empty() ? nullptr : changes.find(member_);
    if (!change) {
        return;
    }
    Json now = Json::object({{"from", titles_now((*change)["from"], sequence)},
                             {"to", titles_now((*change)["to"], sequence)}});
    changes.set(member_, std::move(now));
}

Task<Renamed> renamed_since(Ctx& ctx, const Field& field, std::string since) {
    const Entity& target = *ctx.services.entities().get(field.target).entity;
    const std::string title(target.title);
    const auto rows = co_await ctx.tx.all<LabelRow>(
        "select g.id, g." + title +
            " as title, g.deleted_at is not null as is_deleted, e.sequence, e.changes -> $3 ->> "
            "'from' as former from events e join " +
            std::string(target.table) +
            " g on g.tenant_id = e.tenant_id and g.id = e.entity_id "
            "where e.tenant_id = current_tenant() and e.entity = $1 and e.version > 1 "
            "and e.at >= $2::timestamptz and e.sequence >= log_since($2::timestamptz) "
            "order by e.sequence",
        target.name, std::move(since), camel_case(target.title));
    std::map<Id, Renamed::Label> labels;
    for (const LabelRow& row : rows) {
        Renamed::Label& label = labels[row.id];
        label.title = row.title;
        label.is_deleted = row.is_deleted;
        if (row.former) {
            label.former.push_back({row.sequence, *row.former});
        }
    }
    std::vector<Renamed::Label> list;
    for (auto& [id, label] : labels) {
        list.push_back(std::move(label));
    }
    Renamed renamed(camel_case(field.name), std::move(list));
    co_return renamed;
}

}  // namespace ponte::records
