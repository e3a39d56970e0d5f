// How a list's page and its total are read. A question that meets many records is answered by
// walking the order's index, where hits come soon; one that meets few by its own index, whose hits
// are then sorted. Which it is, a sample of the newest records tells, so that a company with a
// million contacts waits no longer than one with ten thousand.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kernel/lists/list.hpp"
#include "kernel/lists/search_terms.hpp"

namespace ponte::records {

// A total is exact up to here; beyond, it says "at least" (design §5).
constexpr std::int64_t count_cap = 10'000;

struct Sample {
    std::int64_t records = 0;  // of the kind in this company
    std::int64_t seen = 0;     // of those, the newest that were looked at
    std::int64_t matched = 0;
    std::vector<std::int64_t> with_fragment;  // one for each of the terms' fragments

    bool is_common() const;
};

// What a total says: all of them, or that there are at least so many.
enum class Total { exact, capped, at_least };

struct Plan {
    // The page first; its columns are the kind's, the order's value as text, and whether another
    // record follows.
    std::vector<db::Statement> unit;
    Total total = Total::exact;
    // The page has the total as a last column, and one row of nulls when it is empty. The answer of
    // a second statement, if there is one, is the total.
    bool has_total_in_page = false;
};

class ListPlanner {
public:
    ListPlanner(const Ctx& ctx, const Kind& kind, ListQuery& query);

    // Whether the way depends on how common the hits are; then `sample` is asked first.
    bool wants_sample() const;
    db::Statement sample() const;
    Sample read_sample(const db::Rows& rows) const;
    Plan plan(const std::optional<Sample>& sample) const;

private:
    Plan plain() const;
    Plan by_walking(const Sample& sample) const;
    Plan by_hits(const Sample* sample) const;
    Plan by_link() const;  // linked_order.cpp
    std::string without_target(const std::string& matched, const std::string& readable,
                               bool reads_all) const;
    std::string targets_from_cursor(Sql& sql) const;
    std::string matched() const;
    db::Statement count() const;
    db::Statement least_count(const Sample& sample) const;
    std::string window(Sql& sql) const;
    std::string ordered(const std::string& value, const std::string& id) const;
    std::string after_cursor(const std::string& value, const std::string& id, Sql& sql) const;
    std::string shown(const std::string& rows, Sql& sql) const;
    std::string keys(const std::string& from_where) const;
    std::string looked_up(const std::string& found, Sql& sql) const;
    bool is_tallied() const;
    bool skips() const;
    std::int64_t offset() const;

    const Ctx& ctx_;
    const Kind& kind_;
    const ListQuery& query_;
    SearchTerms terms_;
    std::string table_, base_, where_;
    Sql sql_;  // what `where_` needs
};

}  // namespace ponte::records
