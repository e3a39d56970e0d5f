#include "kernel/lists/list_plan.hpp"

#include <algorithm>

#include "kernel/db/by_bytes.hpp"
#include "kernel/lists/cursor.hpp"
#include "kernel/records/shown.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte::records {
namespace {

constexpr std::int64_t sample_size = 1'000;
// In a sample: so few say too little to rely on.
constexpr std::int64_t least_matches = 10;
// A fragment that fewer than one record in fifty has is worth the index.
constexpr std::int64_t rare_one_in = 50;
// Of the order's index, until a page is full.
constexpr std::int64_t walk_size = 5'000;
// A company of so many records has its hits counted, common ones to the cap.
constexpr std::int64_t all_counted = 100'000;
// Of a larger one's newest records, to say how many hits there are at least; of a word that every
// second record has, as many as prove the cap.
constexpr std::int64_t counted_size = 4'000, counted_size_of_half = 20'000;

std::string number(std::int64_t value) { return std::to_string(value); }

std::string joined(const std::string& condition, const std::string& more) {
    return more.empty() ? condition : condition + " and " + more;
}

}  // namespace

bool Sample::is_common() const {
    return seen == sample_size && matched >= least_matches && records * matched / seen > count_cap;
}

ListPlanner::ListPlanner(const Ctx& ctx, const Kind& kind, ListQuery& query)
    : ctx_(ctx), kind_(kind), query_(query), table_(std::string(kind.entity->table) + " t") {
    if (!query.search.empty()) {
        terms_ = search_terms(ctx, kind, query.search, query.sql);
    }
    base_ = "t.tenant_id = $1";
    if (kind.entity->can_be_deleted) {
        base_ +=
            query.wants_deleted ? " and t.deleted_at is not null" : " and t.deleted_at is null";
    }
    where_ = query.where;
    sql_ = query.sql;
}

bool ListPlanner::is_tallied() const {
    return !kind_.entity->counted_by.empty() && query_.search.empty() &&
           (query_.is_unfiltered || !query_.only_value_of.empty());
}

// Only of kinds with tallies it is known how many there are; the bin is small.
bool ListPlanner::wants_sample() const {
    return !kind_.entity->counted_by.empty() && !is_tallied() && !query_.counts_exactly &&
           !query_.wants_deleted && !query_.order.link;
}

db::Statement ListPlanner::sample() const {
    Sql sql = sql_;
    const std::string matches = joined(where_, terms_.filter);
    std::string counts = "count(*) filter (where " + matches + ")";
    for (const auto& fragment : terms_.fragments) {
        counts += ", count(*) filter (where t.search like " + sql.add(fragment) + ")";
    }
    const std::string records =
        "(select coalesce(sum(delta), 0) from tallies where tenant_id = $1 and entity = " +
        sql.add(kind_.entity->table) + ")";
    return {"select " + records + ", count(*), " + counts + " from (select t.* from " + table_ +
                " where " + base_ + " order by t.created_at desc, t.id desc limit " +
                number(sample_size) + ") t",
            std::move(sql.params)};
}

Sample ListPlanner::read_sample(const db::Rows& rows) const {
    Sample sample;
    db::read_cell(rows.text(0, 0), sample.records);
    db::read_cell(rows.text(0, 1), sample.seen);
    db::read_cell(rows.text(0, 2), sample.matched);
    sample.with_fragment.resize(terms_.fragments.size());
    for (std::size_t i = 0; i < sample.with_fragment.size(); ++i) {
        db::read_cell(rows.text(0, static_cast<int>(i) + 3), sample.with_fragment[i]);
    }
    return sample;
}

Plan ListPlanner::plan(const std::optional<Sample>& sample) const {
    if (query_.order.link) {
        return by_link();
    }
    if (sample && sample->is_common()) {
        return by_walking(*sample);
    }
    return sample || !query_.search.empty() ? by_hits(sample ? &*sample : nullptr) : plain();
}

// The records of a page, as far as they are not too large to be sent at once.
std::string ListPlanner::shown(const std::string& rows, Sql& sql) const {
    std::string bytes = "0";
    for (const Field& field : kind_.entity->fields) {
        if (field_type(field.type).is_large) {
            bytes += " + " + db::bytes_sql("t." + std::string(field.name));
        }
    }
    if (kind_.entity->has_custom_fields) {
        bytes += " + " + db::bytes_sql("t.custom");
    }
    const std::string way = query_.order.is_descending ? " desc" : "";
    const std::string order = "t.order_value" + way + ", t.id" + way;
    const Tags tags = query_.expand.empty() ? Tags::as_titles : Tags::as_objects;
    return "select " + shown_list(ctx_, kind_, tags, Inside::left_out, sql) +
           ", t.order_value::text, t.has_next" + db::from_until_full(rows, bytes, order);
}

std::string ListPlanner::ordered(const std::string& value, const std::string& id) const {
    const std::string way = query_.order.is_descending ? " desc" : "";
    return " order by " + value + way + ", " + id + way;
}

std::string ListPlanner::after_cursor(const std::string& value, const std::string& id,
                                      Sql& sql) const {
    if (!query_.cursor) {
        return {};
    }
    const Cursor cursor = decode_cursor(*query_.cursor, query_.order);
    return " and (" + value + ", " + id + ") " + (query_.order.is_descending ? "<" : ">") + " (" +
           sql.add(cursor.value) + "::" + query_.order.cast + ", " + sql.add(cursor.id) + "::uuid)";
}

std::int64_t ListPlanner::offset() const {
    return query_.cursor ? 0 : static_cast<std::int64_t>(query_.page - 1) * query_.limit;
}

std::string ListPlanner::matched() const { return joined(where_, terms_.condition); }

// One more than the page tells whether a next one exists.
std::string ListPlanner::window(Sql& sql) const {
    return " limit " + number(query_.limit + 1) + " offset " + sql.add(offset()) + "::bigint";
}

db::Statement ListPlanner::count() const {
    if (is_tallied()) {
        std::string sql =
            "select coalesce(sum(delta), 0) from tallies "
            "where tenant_id = $1 and entity = $2";
        db::Params params{sql_.params.front(), kind_.entity->table};
        if (!query_.only_value_of.empty()) {
            sql += " and value = any (string_to_array($3, ','))";
            params.push_back(query_.only_value_of);
        }
        return {std::move(sql), std::move(params)};
    }
    const std::string cap = query_.counts_exactly ? "" : " limit " + number(count_cap + 1);
    return {"select count(*) from (select 1 from " + table_ + " where " + matched() + cap + ") x",
            sql_.params};
}

// What a bounded look at the newest proves.
db::Statement ListPlanner::least_count(const Sample& sample) const {
    const std::int64_t counted =
        sample.matched * 2 >= sample.seen ? counted_size_of_half : counted_size;
    return {"select count(*) from (select 1 from (select t.* from " + table_ + " where " + base_ +
                " order by t.created_at desc, t.id desc limit " + number(counted) + ") t where " +
                joined(where_, terms_.filter) + " limit " + number(count_cap + 1) + ") x",
            sql_.params};
}

// The records of a page, whole, by the ids that a query of value and id finds: what is skipped on
// the way to page 1,000 is read from the order's index alone, never as a row.
std::string ListPlanner::looked_up(const std::string& found, Sql& sql) const {
    return shown("select t.*, h.value as order_value from (" + found + ") h join " + table_ +
                     " on t.tenant_id = $1 and t.id = h.id",
                 sql);
}

std::string ListPlanner::keys(const std::string& from_where) const {
    return "select " + query_.order.sql + " as value, t.id from " + from_where;
}

bool ListPlanner::skips() const { return !query_.cursor && query_.page > 1; }

Plan ListPlanner::plain() const {
    Sql sql = sql_;
    const std::string after = after_cursor(query_.order.sql, "t.id", sql);
    const std::string from_where = table_ + " where " + where_ + after;
    const std::string order = ordered(query_.order.sql, "t.id") + window(sql);
    const std::string whole = "select t.*, " + query_.order.sql + " as order_value from ";
    std::string page =
        skips() ? looked_up(keys(from_where) + order, sql) : shown(whole + from_where + order, sql);
    Plan plan;
    plan.unit.push_back({std::move(page), std::move(sql.params)});
    plan.unit.push_back(count());
    plan.total = is_tallied() || query_.counts_exactly ? Total::exact : Total::capped;
    return plan;
}

// Many hits: some stretch of the order's index holds a page of them. Where it does not (those named
// Maria, in the order of names), they are all sorted. One of the two branches is switched off by
// its one-time condition.
Plan ListPlanner::by_walking(const Sample& sample) const {
    Sql sql = sql_;
    const std::string after = after_cursor(query_.order.sql, "t.id", sql);
    const std::string order = ordered(query_.order.sql, "t.id");
    const std::string page = window(sql);
    const std::string stretch = "(select t.* from " + table_ + " where " + base_ + after + order +
                                " limit " + number(walk_size) + ") t";
    const std::string full = "(select count(*) from walked) > " + number(query_.limit);
    // "offset 0" keeps the way to the hits apart from their order.
    const std::string all_hits =
        "select h.value, h.id from (" + keys(table_ + " where " + matched()) + after +
        " offset 0) h where not (" + full + ")" + ordered("h.value", "h.id") + page;
    std::string text =
        "with walked as materialized (" +
        keys(stretch + " where " + joined(where_, terms_.filter)) + page + ") " +
        looked_up("select value, id from walked where " + full + " union all (" + all_hits + ")",
                  sql);
    Plan plan;
    plan.unit.push_back({std::move(text), std::move(sql.params)});
    const bool is_counted = sample.records <= all_counted;
    plan.unit.push_back(is_counted ? count() : least_count(sample));
    plan.total = is_counted ? Total::capped : Total::at_least;
    return plan;
}

// Few hits: all of them, found by the rarest of what is asked, are counted and sorted. Should they
// be more than the cap after all, the page comes in its exact order by whatever way is best.
Plan ListPlanner::by_hits(const Sample* sample) const {
    Sql sql = sql_;
    std::string found = where_;
    bool has_rare = false;
    for (std::size_t i = 0; sample && i < terms_.fragments.size(); ++i) {
        if (sample->with_fragment[i] * rare_one_in <= sample->seen) {
            found += " and t.search like " + sql.add(terms_.fragments[i]);
            has_rare = true;
        }
    }
    found = joined(found, has_rare ? terms_.filter : terms_.condition);
    const std::string few = "(select count(*) from hits) <= " + number(count_cap);
    const std::string after_hit = after_cursor("h.value", "h.id", sql);
    const std::string after = after_cursor(query_.order.sql, "t.id", sql);
    const std::string page = window(sql);
    const std::string hits = keys(table_ + " where " + found + " limit ") + number(count_cap + 1);
    const std::string of_few = "(select h.value, h.id from hits h where " + few + after_hit +
                               ordered("h.value", "h.id") + page + ")";
    const std::string of_many =
        "(" + keys(table_ + " where " + found + after + " and not (" + few + ")") +
        ordered(query_.order.sql, "t.id") + page + ")";
    std::string text = "with hits as materialized (" + hits + "), shown as (" +
                       looked_up(of_few + " union all " + of_many, sql) +
                       ") select shown.*, total.hits from (select count(*) as hits from hits) total"
                       " left join shown on true";
    Plan plan;
    plan.unit.push_back({std::move(text), std::move(sql.params)});
    plan.has_total_in_page = true;
    plan.total = query_.counts_exactly ? Total::exact : Total::capped;
    if (query_.counts_exactly) {
        plan.unit.push_back(count());
    }
    return plan;
}

}  // namespace ponte::records
