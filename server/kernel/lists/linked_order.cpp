// Lists in an order of what a link points to: notes by their contact's name. Few records are sorted
// with what they point to. Of many, the order's index of the target is walked, and each target's
// records are looked up, until the page is full. Only where that finds too little (their targets
// all stand at its end) are all records sorted.
#include "kernel/lists/cursor.hpp"
#include "kernel/lists/list_plan.hpp"

namespace ponte::records {
namespace {

// So many records are sorted at once.
constexpr std::int64_t few_records = 1'000;
// So many targets are walked for a page.
constexpr std::int64_t most_targets = 5'000;

std::string number(std::int64_t value) { return std::to_string(value); }

}  // namespace

// Records whose link leads to nothing that the reader may read: their value is the lowest.
std::string ListPlanner::without_target(const std::string& matched, const std::string& readable,
                                        bool reads_all) const {
    const Link& link = *query_.order.link;
    const Entity& target = *link.target->entity;
    const std::string rows = "select t.id from " + table_ + " where " + matched + " and ";
    // The law of parts has asked for it already.
    if (kind_.entity->part_of == link.field->name) {
        return {};
    }
    if (!reads_all) {
        return rows + "not exists (select from " + std::string(target.table) + " l where " +
               readable + " and l.id = " + link.sql + ")";
    }
    std::string all = link.field->is_required ? "" : rows + link.sql + " is null";
    if (target.can_be_deleted) {
        all += (all.empty() ? "" : " union all ") + rows + link.sql + " in (select l.id from " +
               std::string(target.table) +
               " l where l.tenant_id = $1 and l.deleted_at is not null)";
    }
    return all;
}

// The first target that may have something behind the cursor.
std::string ListPlanner::targets_from_cursor(Sql& sql) const {
    if (!query_.cursor) {
        return {};
    }
    const Cursor cursor = decode_cursor(*query_.cursor, query_.order);
    return " and " + query_.order.sql + (query_.order.is_descending ? " <= " : " >= ") +
           sql.add(cursor.value) + "::" + query_.order.cast;
}

Plan ListPlanner::by_link() const {
    Sql sql = sql_;
    const Order& order = query_.order;
    const Link& link = *order.link;
    const Entity& target = *link.target->entity;
    const std::string way = order.is_descending ? " desc" : "";
    const std::string reach = reach_sql(ctx_, *link.target, "read", sql, "l");
    const std::string readable = std::string("l.tenant_id = $1") +
                                 (target.can_be_deleted ? " and l.deleted_at is null" : "") +
                                 (reach.empty() ? "" : " and " + reach);
    const std::string matched = this->matched();
    const std::string value = "coalesce(" + order.sql + ", " + order.lowest + ")";
    const std::string needed = number(offset() + query_.limit + 1), page = window(sql);
    const std::string few = "(select count(*) from hits) <= " + number(few_records);
    const std::string full = "(select count(*) from walked) = " + needed;
    const std::string records = "select t.id, " + link.sql + " as link from ";

    const auto sorted = [&](const std::string& rows, const std::string& when) {
        return "(select " + value + " as value, h.id from " + rows + " h left join " +
               std::string(target.table) + " l on " + readable + " and l.id = h.link where " +
               when + after_cursor(value, "h.id", sql) + ordered("1", "h.id") + page + ")";
    };
    const std::string none = without_target(matched, readable, reach.empty());
    const std::string lowest = order.lowest + "::" + order.cast;
    std::string met = "select v.value, t.id from (select " + order.sql + " as value, l.id from " +
                      std::string(target.table) + " l where " + readable + " and not (" + few +
                      ")" + targets_from_cursor(sql) + " order by 1" + way + " limit " +
                      number(most_targets) + ") v cross join lateral (select t.id from " + table_ +
                      " where " + matched + " and " + link.sql + " = v.id" +
                      after_cursor("v.value", "t.id", sql) + " order by t.id" + way + " limit " +
                      needed + ") t" + ordered("v.value", "t.id") + " limit " + needed;
    if (!none.empty()) {
        met = "select m.value, m.id from ((" + met + ") union all (select " + lowest +
              " as value, n.id from (" + none + ") n where not (" + few + ")" +
              after_cursor(lowest, "n.id", sql) + " order by n.id" + way + " limit " + needed +
              ")) m" + ordered("m.value", "m.id") + " limit " + needed;
    }
    const std::string all = "(" + records + table_ + " where " + matched + ")";
    const std::string found = sorted("hits", few) +
                              " union all (select value, id from walked where " + full +
                              ordered("value", "id") + page + ") union all " +
                              sorted(all, "not (" + few + ") and not (" + full + ")");
    Plan plan;
    std::string text = "with hits as materialized (" + records + table_ + " where " + matched +
                       " limit " + number(few_records + 1) + "), walked as materialized (" + met +
                       ") " + looked_up(found, sql);
    plan.unit.push_back({std::move(text), std::move(sql.params)});
    plan.unit.push_back(count());
    plan.total = is_tallied() || query_.counts_exactly ? Total::exact : Total::capped;
    return plan;
}

}  // namespace ponte::records
