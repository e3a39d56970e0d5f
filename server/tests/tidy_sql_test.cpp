// What SQL must say: the wall around every table, names for constraints, a reason for bulk writes.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "tests/sources.hpp"

namespace ponte::tidy {
namespace {

constexpr std::size_t longest_reach_of_a_reason = 12;  // lines

// The wall stands on these two; isolation_test.cpp sees that nobody but the owner reaches them.
constexpr std::string_view foundations[] = {"schema_migrations", "isolated_tables"};

std::string word_at(std::string_view text, std::size_t at) {
    at = std::min(text.find_first_not_of(" \n", at), text.size());
    std::size_t end = at;
    while (end < text.size() && is_word(text[end])) {
        ++end;
    }
    return std::string(text.substr(at, end - at));
}

std::size_t after(std::string_view text, std::string_view word, std::size_t from = 0) {
    const std::size_t at = text.find(word, from);
    return at == text.npos ? at : at + word.size();
}

struct Table {
    std::string name;
    std::size_t begin = 0, end = 0;  // of what stands in its brackets
};

std::vector<Table> tables_of(const Source& source) {
    std::vector<Table> tables;
    constexpr std::string_view start = "create table ";
    for (std::size_t at = after(source.code, start); at != source.code.npos;
         at = after(source.code, start, at)) {
        std::size_t name_at = at;
        if (source.code.compare(at, 13, "if not exists") == 0) {
            name_at += 13;
        }
        const std::size_t open = source.code.find('(', name_at);
        const std::size_t close = closing(source.code, open);
        tables.push_back({word_at(source.code, name_at), open + 1, close});
    }
    return tables;
}

// The clauses of a table, split at commas that stand in no bracket of their own.
std::vector<std::pair<std::size_t, std::string>> clauses_of(const Source& source,
                                                            const Table& table) {
    std::vector<std::pair<std::size_t, std::string>> clauses;
    std::size_t start = table.begin;
    for (std::size_t at = start; at <= table.end && at < source.code.size(); ++at) {
        if (source.code[at] == '(') {
            at = closing(source.code, at);
        } else if (source.code[at] == ',' || at == table.end) {
            clauses.emplace_back(source.code.find_first_not_of(" \n", start),
                                 source.code.substr(start, at - start));
            start = at + 1;
        }
    }
    return clauses;
}

bool has_rule(const std::string& clause) {
    for (const char* word : {"check", "unique", "references", "exclude"}) {
        if (!words_in(clause, word).empty()) {
            return true;
        }
    }
    return false;
}

bool is_named_after(const std::string& clause, const std::string& table) {
    const std::size_t at = after(clause, "constraint ");
    const std::string name = at == clause.npos ? "" : word_at(clause, at);
    const std::string start = table + "__";
    return name.starts_with(start) && name.find("__", start.size()) != name.npos;
}

Findings unnamed_constraints(const Source& source) {
    Findings findings;
    for (const Table& table : tables_of(source)) {
        for (const auto& [at, clause] : clauses_of(source, table)) {
            if (has_rule(clause) && !is_named_after(clause, table.name)) {
                findings.push_back(source.place(at) + " in " + table.name);
            }
        }
    }
    return findings;
}

// Whether a comment close above says why the declaration is gone around.
bool has_reason(const Source& source, std::size_t line) {
    const std::size_t first =
        line > longest_reach_of_a_reason ? line - longest_reach_of_a_reason : 0;
    for (std::size_t i = first; i <= line && i < source.lines.size(); ++i) {
        if (source.lines[i].find("// bulk: ") != std::string::npos ||
            source.lines[i].find("-- bulk: ") != std::string::npos) {
            return true;
        }
    }
    return false;
}

Findings writes_by_hand(const Source& source, const std::set<std::string>& entities,
                        bool takes_reasons) {
    Findings findings;
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
        for (const std::string verb : {"insert into ", "update ", "delete from "}) {
            const std::size_t at = after(source.lines[i], verb);
            const std::string comment = source.ends_with(".sql") ? "--" : "//";
            if (at == std::string::npos || source.lines[i].find(comment) < at) {
                continue;
            }
            const std::string table = word_at(source.lines[i], at);
            if (entities.contains(table) && !(takes_reasons && has_reason(source, i))) {
                findings.push_back(source.path + ":" + std::to_string(i + 1) + " " + verb + table);
            }
        }
    }
    return findings;
}

std::set<std::string> tables_of_entities() {
    std::set<std::string> names;
    for (const Source* source : cpp_sources()) {
        constexpr std::string_view start = ".table = \"";
        for (std::size_t at = after(source->text, start); at != source->text.npos;
             at = after(source->text, start, at)) {
            if (!source->is_test()) {
                names.insert(word_at(source->text, at));
            }
        }
    }
    return names;
}

// The writer: what all changes of records and all events pass through, hooks included.
bool is_the_writer(const Source& source) {
    return source.path == "server/kernel/records/statements.cpp" ||
           source.path == "server/kernel/records/part_statements.cpp" ||
           source.path == "server/kernel/events/write.cpp" ||
           source.path == "server/kernel/events/bulk.cpp";  // what the batch's events add up to
}

// Long work has tables of its own, by whose names it is told.
constexpr std::string_view writes_tables_of_work = "server/kernel/work/row.cpp";

// An event by hand, or a statement whose table is not said but put together.
Findings writes_past_the_writer(const Source& source) {
    Findings findings;
    if (is_the_writer(source) || source.path == writes_tables_of_work) {
        return findings;
    }
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
        const std::string& line = source.lines[i];
        const std::size_t update = line.find("update \"");
        const bool is_lock = update != line.npos && update >= 3 &&
                             (line.compare(update - 3, 3, "or ") == 0 ||  // for update
                              line.compare(update - 3, 3, "do ") == 0);
        if (line.find("insert into event") != line.npos ||
            line.find("insert into \"") != line.npos || line.find("delete from \"") != line.npos ||
            (update != line.npos && !is_lock)) {
            findings.push_back(source.path + ":" + std::to_string(i + 1));
        }
    }
    return findings;
}

// Accounts keep what no declaration knows beside their fields: who signs in, and when they last
// did.
bool may_give_a_reason(const Source& source) {
    return source.ends_with(".sql") || source.is_below("server/modules/accounts/");
}

bool is_of_a_module(const Source& source) {
    return source.is_below("server/modules/") || source.is_below("server/integrations/");
}

TEST(TidySqlTest, every_table_stands_behind_the_wall) {
    std::string all;
    for (const Source* source : migrations()) {
        all += source->text;
    }
    const Findings findings = find_in(migrations(), [&](const Source& source, Findings& out) {
        for (const Table& table : tables_of(source)) {
            const std::string name = "('" + table.name + "'";
            const bool is_foundation =
                std::ranges::find(foundations, table.name) != std::end(foundations);
            if (!is_foundation && all.find("call isolate_tenant" + name) == all.npos &&
                all.find("call isolate_system" + name) == all.npos) {
                out.push_back(source.place(table.begin) + " " + table.name);
            }
        }
    });

    EXPECT_FALSE(migrations().empty());
    expect_none(findings,
                "end the migration with call isolate_tenant('…'), or isolate_system('…') when the "
                "table is the kernel's own and no company's.");
}

TEST(TidySqlTest, constraints_are_named_as_the_problems_they_tell) {
    const Findings findings = find_in(migrations(), [](const Source& source, Findings& out) {
        const Findings more = unnamed_constraints(source);
        out.insert(out.end(), more.begin(), more.end());
    });

    expect_none(findings,
                "write constraint <table>__<field>__<code> …: a violation becomes that field's "
                "problem with that code.");
}

TEST(TidySqlTest, unique_indexes_are_named_as_the_problems_they_tell) {
    const Findings findings = find_in(migrations(), [](const Source& source, Findings& out) {
        constexpr std::string_view start = "create unique index ";
        for (std::size_t at = after(source.code, start); at != source.code.npos;
             at = after(source.code, start, at)) {
            const std::string name = word_at(source.code, at);
            const std::size_t first = name.find("__");
            if (first == name.npos || name.find("__", first + 2) == name.npos) {
                out.push_back(source.place(at) + " " + name);
            }
        }
    });

    expect_none(findings, "name it <table>__<field>__taken.");
}

TEST(TidySqlTest, migrations_have_a_time_a_verb_an_object_and_a_reason) {
    std::set<std::string> times;
    const Findings findings = find_in(migrations(), [&](const Source& source, Findings& out) {
        const std::string name = source.path.substr(source.path.rfind('/') + 1);
        const bool has_time = name.size() > 17 && name[12] == '_' &&
                              std::all_of(name.begin(), name.begin() + 12,
                                          [](char c) { return c >= '0' && c <= '9'; });
        const bool has_object =
            std::ranges::count(name, '_') >= 2 &&
            std::ranges::none_of(name, [](char c) { return c >= 'A' && c <= 'Z'; });
        if (!has_time || !has_object) {
            out.push_back(source.path + ": YYYYMMDDHHMM_verb_object.sql");
        } else if (!times.insert(name.substr(0, 12)).second) {
            out.push_back(source.path + ": another migration has this time; take the next minute");
        }
        if (source.lines.empty() || !source.lines[0].starts_with("-- ") ||
            source.lines[0].size() < 20) {
            out.push_back(source.path + ": the first line says why, as a comment");
        }
    });

    expect_none(findings, "see above.");
}

TEST(TidySqlTest, sql_is_lower_case) {
    constexpr std::string_view shouted[] = {"SELECT", "INSERT", "UPDATE", "DELETE", "CREATE",
                                            "ALTER",  "FROM",   "WHERE",  "VALUES", "NOT"};
    const Findings findings = find_in(migrations(), [&](const Source& source, Findings& out) {
        for (const std::string_view word : shouted) {
            for (const std::size_t at : words_in(source.code, word)) {
                out.push_back(source.place(at) + " " + std::string(word));
            }
        }
    });

    expect_none(findings, "lower case, one clause a line.");
}

TEST(TidySqlTest, writes_go_through_the_declaration) {
    const std::set<std::string> entities = tables_of_entities();
    Findings findings;
    for (const Source& source : sources()) {
        if (source.is_below("server/") && !source.is_test()) {
            const Findings more = writes_by_hand(source, entities, may_give_a_reason(source));
            findings.insert(findings.end(), more.begin(), more.end());
        }
    }

    EXPECT_FALSE(entities.empty());
    expect_none(findings,
                "ctx.create, ctx.update, ctx.remove and their _many bring validation, hooks, "
                "history and the event along. A trigger, and accounts, say why above themselves: "
                "-- bulk: …");
}

TEST(TidySqlTest, records_and_events_are_written_in_one_place) {
    const Findings findings = find_in(cpp_sources(), [](const Source& source, Findings& out) {
        if (source.is_below("server/") && !source.is_test() && !source.is_below("server/bench/")) {
            const Findings more = writes_past_the_writer(source);
            out.insert(out.end(), more.begin(), more.end());
        }
    });

    expect_none(findings,
                "hand the writer a set of changes (records/write.hpp), or tell an event by "
                "ctx.emit: what goes past them goes past every hook.");
}

TEST(TidySqlTest, nobody_grants_or_switches_off_the_wall) {
    constexpr std::string_view dangers[] = {"disable row level security",
                                            "no force row level security", "bypassrls",
                                            "security definer", "grant "};
    const Findings findings = find_in(migrations(), [&](const Source& source, Findings& out) {
        for (const std::string_view danger : dangers) {
            const std::size_t at = source.code.find(danger);
            if (at != source.code.npos && is_of_a_module(source)) {
                out.push_back(source.place(at) + " " + std::string(danger));
            }
        }
    });

    expect_none(findings, "who may see what is decided in the kernel's migrations only.");
}

TEST(TidyRulesTest, see_constraints_without_a_name) {
    const Source bad(
        "a/migrations/1.sql",
        "create table a (\n x int check (x > 0),\n y int unique,\n z uuid references b,\n"
        " constraint b__x__range check (x < 9),\n primary key (x)\n);\n");
    const Source fine("a/migrations/2.sql",
                      "create table a (\n x int default f(1, 2), -- check\n"
                      " constraint a__x__range check (x in (1, 2)),\n primary key (x)\n);\n");

    EXPECT_EQ(unnamed_constraints(bad).size(), 4u);
    EXPECT_EQ(unnamed_constraints(fine).size(), 0u);
}

TEST(TidyRulesTest, see_writes_by_hand) {
    const std::set<std::string> entities{"leads"};
    const Source bad("server/modules/a/a.cpp", "query(\"update leads set x = 1\");\n");
    const Source fine(
        "server/modules/a/a.cpp",
        "// bulk: a reason\nquery(\"update leads set x = 1\");\nquery(\"update other\");\n"
        "// update leads is said here\nquery(\"select x from leads for update\");\n");

    EXPECT_EQ(writes_by_hand(bad, entities, true).size(), 1u);
    EXPECT_EQ(writes_by_hand(fine, entities, true).size(), 0u);
    EXPECT_EQ(writes_by_hand(fine, entities, false).size(), 1u);
}

TEST(TidyRulesTest, see_writes_past_the_writer) {
    const Source bad("server/kernel/a.cpp",
                     "q(\"insert into events (name) values (1)\");\n"
                     "q(\"insert into event_subjects (sequence) values (1)\");\n"
                     "q(\"insert into \" + table);\nq(\"update \" + table);\n"
                     "q(\"delete from \" + table);\n");
    const Source fine("server/kernel/a.cpp",
                      "q(\"select 1 from a for update \" + more);\nq(\"insert into jobs\");\n"
                      "q(\"on conflict do update \"\n\"set x = 1\");\n");

    EXPECT_EQ(writes_past_the_writer(bad).size(), 5u);
    EXPECT_EQ(writes_past_the_writer(fine).size(), 0u);
}

}  // namespace
}  // namespace ponte::tidy
