#include "kernel/imports/kept.hpp"

#include "kernel/entities/catalogue.hpp"
#include "kernel/lists/list.hpp"
#include "kernel/lists/paging.hpp"
#include "kernel/past/undo.hpp"
#include "kernel/records/array_text.hpp"
#include "kernel/services.hpp"
#include "kernel/values/field_type.hpp"
#include "kernel/words.hpp"

namespace ponte::imports {
namespace {

using records::ArrayText;
using records::Kind;
using records::Locked;

// Records that anybody else has changed.
Task<std::vector<Id>> touched_by_others(Ctx& ctx, const Kind& kind, const Import& import,
                                        std::vector<Id> ids) {
    auto others = co_await ctx.tx.all<Id>(
        "select distinct entity_id from events where tenant_id = current_tenant() and entity = $1 "
        "and entity_id = any ($2::uuid[]) and operation_id is distinct from $3::uuid "
        "and sequence >= log_since($4::timestamptz)",
        kind.entity->name, std::move(ids), import.id, import.created_at);
    co_return others;
}

// A note about a new customer, a task for it: whatever names one of these records.
Task<> add_linked(Ctx& ctx, const Kind& kind, const std::vector<Id>& ids,
                  std::map<Id, Kept>& kept) {
    for (const auto& other : ctx.services.entities().all()) {
        for (const Field& field : other->entity->fields) {
            const FieldType& type = field_type(field.type);
            const bool is_link = type.points == Points::to_one && type.target.empty();
            if (!is_link || field.target != kind.entity->name) {
                continue;
            }
            const std::string column(field.name);
            const std::string alive =
                other->entity->can_be_deleted ? " and deleted_at is null" : "";
            const auto linked = co_await ctx.tx.all<Id>(
                "select distinct " + column + " from " + std::string(other->entity->table) +
                    " where tenant_id = current_tenant() and " + column + " = any ($1::uuid[])" +
                    alive,
                ids);
            for (const Id& id : linked) {
                const auto [known, is_new] = kept.try_emplace(id, Kept{id, "linked", {}});
                if (known->second.reason == "linked") {
                    known->second.details.emplace_back(other->entity->name);
                }
            }
        }
    }
}

struct KeptRow {
    Id id;
    std::string reason, title;
    std::vector<std::string> details;
    bool is_in_reach = false;  // of whoever reads the list
};
FIELDS(KeptRow, id, reason, title, details, is_in_reach);

std::string label_of(Language language, const Import& import, const KeptRow& row,
                     const std::string& detail) {
    const std::string key =
        row.reason == "linked" ? detail : import.entity + "." + snake_case(detail);
    const auto label = Words::all().find(language, key);
    const auto dot = detail.find('.');
    return label.empty() ? detail.substr(dot == detail.npos ? 0 : dot + 1) : std::string(label);
}

Json kept_json(Language language, const Import& import, const KeptRow& row) {
    if (!row.is_in_reach) {
        return Json::object({{"id", row.id},
                             {"title", ""},
                             {"reason", row.reason},
                             {"message", Words::all().text(language, "import.kept.unseen")}});
    }
    std::string labels;
    for (const std::string& detail : row.details) {
        labels += (labels.empty() ? "" : ", ") + label_of(language, import, row, detail);
    }
    const Json params = Json::object({{"what", labels}});
    return Json::object(
        {{"id", row.id},
         {"title", row.title},
         {"reason", row.reason},
         {"message", Words::all().format(language, "import.kept." + row.reason, params)}});
}

}  // namespace

Task<std::map<Id, Kept>> find_kept(Ctx& ctx, const Kind& kind, const Import& import,
                                   std::vector<Id> ids) {
    std::map<Id, Kept> kept;
    std::vector<Id> touched = co_await touched_by_others(ctx, kind, import, ids);
    if (!touched.empty()) {
        const std::vector<Locked> locked = co_await records::lock_many(ctx, kind, touched);
        records::Undone undone{import.id, import.created_at};
        const auto past =
            co_await records::histories(ctx, kind, std::move(undone), std::move(touched));
        for (const Locked& one : locked) {
            const auto history = past.find(one.id);
            if (history == past.end()) {
                continue;
            }
            auto fields = records::changed_since(history->second, one.record);
            if (!fields.empty()) {
                kept[one.id] = {one.id, "changed", std::move(fields)};
            }
        }
    }
    co_await add_linked(ctx, kind, ids, kept);
    co_return kept;
}

void queue_kept(Ctx& ctx, const Import& import, const std::vector<Kept>& kept) {
    if (kept.empty()) {
        return;
    }
    ArrayText ids, reasons, details;
    for (const Kept& one : kept) {
        ArrayText list;
        for (const std::string& detail : one.details) {
            list.add(detail);
        }
        ids.add(one.id.text());
        reasons.add(one.reason);
        details.add(std::move(list).text());
    }
    db::Params params{import.id};
    for (ArrayText* array : {&ids, &reasons, &details}) {
        params.push_back(std::move(*array).param());
    }
    ctx.tx.queue(
        "insert into import_kept_records (import_id, record_id, reason, details) "
        "select $1::uuid, x.id, x.reason, x.details::text[] from "
        "unnest($2::uuid[], $3::text[], $4::text[]) as x(id, reason, details) "
        "on conflict do nothing",
        std::move(params));
}

Task<http::Response> list_kept(Ctx& ctx, Import import) {
    const records::Page page = records::page_of(ctx);
    const Kind& kind = ctx.services.entities().get(import.entity);
    const auto total = co_await ctx.tx.one<std::int64_t>(
        "select count(*) from import_kept_records where tenant_id = current_tenant() and "
        "import_id = $1",
        import.id);
    records::Sql sql;
    sql.add(ctx.who.tenant);
    const std::string reach = records::reach_sql(ctx, kind, "read", sql);
    std::string asked = "select k.record_id as id, k.reason, coalesce(t." +
                        std::string(kind.entity->title) + ", '') as title, k.details, " +
                        (reach.empty() ? "true" : "coalesce(" + reach + ", false)") +
                        " as is_in_reach from import_kept_records k left join " +
                        std::string(kind.entity->table) +
                        " t on t.tenant_id = k.tenant_id and t.id = k.record_id "
                        "where k.tenant_id = $1::uuid and k.import_id = " +
                        sql.add(import.id) + "::uuid order by k.record_id limit " +
                        sql.add(page.limit) + " offset " + sql.add(page.offset());
    const db::Rows rows = co_await ctx.tx.query(std::move(asked), std::move(sql.params));
    Json data = Json::array();
    for (int i = 0; i < rows.size(); ++i) {
        data.push(kept_json(ctx.language, import, db::read_row<KeptRow>(rows, i)));
    }
    co_return reply(200, records::page_json(std::move(data), page, total));
}

}  // namespace ponte::imports
