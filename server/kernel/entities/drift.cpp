#include "kernel/entities/drift.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "kernel/db/owner_connection.hpp"
#include "kernel/entities/expected_table.hpp"
#include "kernel/entities/totals.hpp"
#include "kernel/lists/list.hpp"

namespace ponte::records {
namespace {

struct Difference {
    std::string told, sql;
};

struct FoundColumn {
    std::string type, generated;
    bool is_nullable = true;
};

// What the database says of one table.
struct Found {
    bool is_there = false, is_walled = false, is_counted = false;
    std::map<std::string, FoundColumn> columns;
    std::map<std::string, std::string> constraints;  // name → definition
    std::set<std::string> unique_names, linked_columns;
};

Found look_at(db::OwnerConnection& owner, const std::string& table) {
    Found found;
    const auto facts = owner.rows(
        "select relrowsecurity and relforcerowsecurity, exists (select from pg_trigger "
        "where tgrelid = c.oid and tgname = 'tally_insert') from pg_class c "
        "where c.oid = to_regclass('public.' || quote_ident($1))",
        {table});
    if (facts.empty()) {
        return found;
    }
    found.is_there = true;
    found.is_walled = facts[0][0] == "t";
    found.is_counted = facts[0][1] == "t";
    for (const auto& row : owner.rows(
             "select a.attname, format_type(a.atttypid, a.atttypmod), not a.attnotnull, "
             "case when a.attgenerated <> '' then pg_get_expr(d.adbin, d.adrelid) else '' end "
             "from pg_attribute a left join pg_attrdef d on (d.adrelid, d.adnum) = "
             "(a.attrelid, a.attnum) "
             "where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped",
             {table})) {
        const std::string type = row[1] == "timestamp with time zone" ? "timestamptz" : row[1];
        found.columns[row[0]] = {type, row[3], row[2] == "t"};
    }
    for (const auto& row :
         owner.rows("select conname, pg_get_constraintdef(oid) from pg_constraint "
                    "where conrelid = $1::regclass",
                    {table})) {
        found.constraints[row[0]] = row[1];
    }
    for (const auto& row :
         owner.rows("select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid "
                    "where i.indrelid = $1::regclass and i.indisunique",
                    {table})) {
        found.unique_names.insert(row[0]);
    }
    for (const auto& row : owner.rows("select a.attname from pg_constraint c join pg_attribute a "
                                      "on a.attrelid = c.conrelid and a.attnum = any (c.conkey) "
                                      "where c.conrelid = $1::regclass and c.contype = 'f'",
                                      {table})) {
        found.linked_columns.insert(row[0]);
    }
    return found;
}

// The texts in quotes: the options of `check (status = any (array['new'::text, …]))`.
std::set<std::string> texts_in(const std::string& definition) {
    std::set<std::string> texts;
    for (std::size_t at = definition.find('\''); at != std::string::npos;
         at = definition.find('\'', at + 1)) {
        const std::size_t end = definition.find('\'', at + 1);
        texts.insert(definition.substr(at + 1, end - at - 1));
        at = end;
    }
    return texts;
}

bool has_word(const std::string& text, std::string_view word) {
    const auto is_part = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
    };
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !is_part(text[at - 1])) && (end == text.size() || !is_part(text[end]))) {
            return true;
        }
    }
    return false;
}

class Comparison {
public:
    Comparison(const Catalogue& all, const Kind& kind, db::OwnerConnection& owner)
        : all_(all),
          kind_(kind),
          owner_(owner),
          table_(kind.entity->table),
          found_(look_at(owner, table_)) {}

    std::vector<Difference> run() {
        if (!found_.is_there) {
            add("the table " + table_ + " is missing", create_table_sql(all_, kind_));
            return std::move(differences_);
        }
        for (const ExpectedColumn& column : expected_columns(kind_)) {
            compare(column);
        }
        for (const Field& field : kind_.entity->fields) {
            if (found_.columns.contains(std::string(field.name))) {
                compare_rules(field);
            }
        }
        compare_orders();
        if (!found_.is_walled) {
            add(table_ + " is not isolated", "call isolate_tenant('" + table_ + "');\n");
        }
        if (!kind_.entity->counted_by.empty() && !found_.is_counted) {
            const std::string counted(kind_.entity->counted_by);
            add(table_ + " keeps no totals of " + counted,
                "call count_by('" + table_ + "', '" + counted + "');\n");
        }
        return std::move(differences_);
    }

private:
    void add(std::string told, std::string sql) {
        differences_.push_back({std::move(told), std::move(sql)});
    }
    std::string alter(const std::string& what) const {
        return "alter table " + table_ + " " + what + ";\n";
    }

    void compare(const ExpectedColumn& wanted) {
        const auto known = found_.columns.find(wanted.name);
        const std::string full = table_ + "." + wanted.name;
        if (known == found_.columns.end()) {
            add_column(wanted);
            return;
        }
        const FoundColumn& column = known->second;
        const bool is_same = column.type == wanted.type ||
                             (wanted.type == "numeric" && column.type == "double precision");
        if (!is_same) {
            add(full + " is " + column.type + " and not " + wanted.type,
                alter("alter column " + wanted.name + " type " + wanted.type));
        }
        if (wanted.name == "search") {
            compare_search(wanted, column);
        } else if (!wanted.is_nullable && column.is_nullable) {
            // Lists sort by it as if it were never null.
            add(full + " may be null, the declaration says otherwise",
                alter("alter column " + wanted.name + " set not null"));
        }
    }
    void add_column(const ExpectedColumn& wanted) {
        std::string sql;
        if (!wanted.is_nullable && wanted.rest == "not null") {
            sql +=
                "-- Rows that are there already need a value: fill it in before `set not null`.\n" +
                alter("add column " + wanted.name + " " + wanted.type) +
                alter("alter column " + wanted.name + " set not null");
        } else {
            sql += alter("add column " + wanted.name + " " + wanted.type +
                         (wanted.rest.empty() ? "" : " " + wanted.rest));
        }
        if (wanted.field) {
            for (const ExpectedPart& part : expected_constraints(all_, kind_, *wanted.field)) {
                sql += alter("add constraint " + part.name + "\n    " + part.sql);
            }
            if (wanted.field->is_unique) {
                sql += "create " + expected_unique(kind_, *wanted.field).sql + ";\n";
            }
        }
        for (const Order& order : orders_of(kind_)) {
            if (snake_case(order.json_name) == wanted.name) {
                sql += "create " + expected_index(kind_, wanted.name, order.sql).sql + ";\n";
            }
        }
        add(table_ + "." + wanted.name + " is missing", std::move(sql));
    }
    void compare_search(const ExpectedColumn& wanted, const FoundColumn& column) {
        for (const Field& field : kind_.entity->fields) {
            if (is_in_search_text(field) && !has_word(column.generated, field.name)) {
                add(table_ + ".search lacks " + std::string(field.name),
                    "-- Writes the table anew, and its index with it: 1 M rows take a minute.\n" +
                        alter("drop column search") +
                        alter("add column search text " + wanted.rest) + "create index " + table_ +
                        "_by_fragment on " + table_ +
                        " using gin (tenant_id, search gin_trgm_ops);\n");
                return;
            }
        }
    }
    void compare_rules(const Field& field) {
        const std::string full = table_ + "." + std::string(field.name);
        if (field.is_unique) {
            const ExpectedPart unique = expected_unique(kind_, field);
            if (!found_.unique_names.contains(unique.name)) {
                add(full + " is not unique (" + unique.name + ")", "create " + unique.sql + ";\n");
            }
        }
        for (const ExpectedPart& part : expected_constraints(all_, kind_, field)) {
            compare_constraint(field, part);
        }
    }
    // Lengths and options may also be left to the declaration; a constraint that says something
    // else refuses what the declaration allows.
    void compare_constraint(const Field& field, const ExpectedPart& wanted) {
        const std::string full = table_ + "." + std::string(field.name);
        const auto known = found_.constraints.find(wanted.name);
        const std::string anew = alter("add constraint " + wanted.name + "\n    " + wanted.sql);
        if (known == found_.constraints.end()) {
            const bool is_link = wanted.name.ends_with("__not_found");
            if (is_link && !found_.linked_columns.contains(std::string(field.name))) {
                add(full + " has no foreign key", anew);
            }
            return;
        }
        bool differs = false;
        if (wanted.name.ends_with("__not_an_option")) {
            differs = texts_in(known->second) != texts_in(wanted.sql);
        } else if (wanted.name.ends_with("__too_long")) {
            differs = !has_word(known->second, std::to_string(field.max));
        }
        if (differs) {
            add(full + " is bound by another rule: " + known->second,
                alter("drop constraint " + wanted.name) + anew);
        }
    }
    void compare_orders() {
        for (const Order& order : orders_of(kind_)) {
            const std::string column = snake_case(order.json_name);
            if (found_.columns.contains(column) && !is_served(order)) {
                add(table_ + " has no index for its order by " + column,
                    "create " + expected_index(kind_, column, order.sql).sql + ";\n");
            }
        }
    }
    // Asks the planner, whose judgement is the one that counts: with sorting forbidden, it sorts
    // only when no index brings the order.
    bool is_served(const Order& order) {
        const std::string sql = "explain select t.id from " + table_ +
                                " t where t.tenant_id = '00000000-0000-0000-0000-000000000001'" +
                                (kind_.entity->can_be_deleted ? " and t.deleted_at is null" : "") +
                                " order by " + order.sql + ", t.id limit 20";
        owner_.run(
            "set enable_sort = off; set enable_seqscan = off; set enable_bitmapscan = off; "
            "set enable_incremental_sort = off");
        for (const auto& row : owner_.rows(sql)) {
            if (row[0].find("Sort") != std::string::npos) {
                return false;
            }
        }
        return true;
    }

    const Catalogue& all_;
    const Kind& kind_;
    db::OwnerConnection& owner_;
    const std::string table_;
    const Found found_;
    std::vector<Difference> differences_;
};

// Told by what their triggers say of themselves; one that is switched off keeps nothing.
bool are_kept(db::OwnerConnection& owner, const KeptTotals& totals) {
    std::int64_t triggers = 0;
    for (const std::string& table : totals.tables) {
        const auto found = owner.rows(
            "select count(*) from pg_trigger t where t.tgrelid = "
            "to_regclass('public.' || quote_ident($1)) and t.tgfoid = 'move_totals'::regproc "
            "and t.tgenabled <> 'D' "
            "and position('(' || quote_literal($2) || ',' in pg_get_triggerdef(t.oid)) > 0",
            {table, totals.kept});
        triggers += std::stoll(found[0][0]);
    }
    return triggers == totals.triggers;
}

void compare_totals(const Catalogue& catalogue, const Kind& kind, db::OwnerConnection& owner,
                    std::vector<Difference>& all) {
    for (const KeptTotals& totals : totals_of(catalogue, kind)) {
        if (!totals.wrong.empty()) {
            all.push_back({totals.wrong, {}});
        } else if (!are_kept(owner, totals)) {
            all.push_back({totals.told, totals.sql});
        }
    }
}

std::vector<Difference> differences(const Catalogue& catalogue, const std::string& owner_conninfo) {
    db::OwnerConnection owner(owner_conninfo);
    std::vector<Difference> all;
    // Pieces after their wholes, to which their keys point.
    for (const auto* kinds : {&catalogue.all(), &catalogue.pieces()}) {
        for (const auto& kind : *kinds) {
            auto some = Comparison(catalogue, *kind, owner).run();
            std::ranges::move(some, std::back_inserter(all));
        }
    }
    // Last, when the tables that they watch are there.
    for (const auto& kind : catalogue.all()) {
        compare_totals(catalogue, *kind, owner, all);
    }
    return all;
}

}  // namespace

std::vector<std::string> drift(const Catalogue& catalogue, const std::string& owner_conninfo) {
    std::vector<std::string> told;
    for (Difference& one : differences(catalogue, owner_conninfo)) {
        told.push_back(std::move(one.told));
    }
    return told;
}

std::string draft_migration(const Catalogue& catalogue, const std::string& owner_conninfo) {
    const std::vector<Difference> all = differences(catalogue, owner_conninfo);
    std::string sql = all.empty() ? "" : "-- Say here why this is needed.\n";
    for (const Difference& one : all) {
        sql += "\n-- " + one.told + "\n" + one.sql;
    }
    return sql;
}

}  // namespace ponte::records
