// What becomes of each row of a chunk: a new record, a change of a known one, or neither and why.
// Pure: what the database knows is given.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "kernel/imports/import.hpp"
#include "kernel/imports/likeness.hpp"
#include "kernel/imports/plan.hpp"

namespace ponte::imports {

// What the company wants when two records share a key: a twin is refused, told, or fine.
enum class Sharing { block, warn, allow };
using Policies = std::map<std::string, Sharing>;  // by kind of key; warn where none is set

// A trial writes nothing, so it remembers by itself which keys stood earlier in the file.
class SeenKeys {
public:
    bool contains(const std::vector<MatchKey>& keys) const;
    void add(const std::vector<MatchKey>& keys);

private:
    static std::uint64_t hash(const MatchKey& key);
    std::size_t slot(std::uint64_t hash) const;
    void grow();
    std::vector<std::uint64_t> slots_ = std::vector<std::uint64_t>(1024);
    std::size_t used_ = 0;
};

struct NewRecord {
    Id id;
    std::size_t row = 0;
    Values values;
};
struct ChangedRecord {
    Id id;
    std::map<std::size_t, Json> values;  // by column of the plan
    std::vector<std::size_t> rows;
};
struct Rejected {
    std::size_t row = 0;
    Problems problems;
};

struct Outcome {
    std::vector<NewRecord> created;
    std::vector<ChangedRecord> changed;
    std::vector<Rejected> rejected;
    std::vector<Rejected> noticed;  // rows that are taken; somebody should know something of them
    // Of a trial: the keys of what it takes, to be remembered once the database has taken it, too.
    std::vector<std::vector<MatchKey>> fresh;
    Counters counters;

    void fail(std::size_t row, Problems problems);
    void notice(std::size_t row, Problems problems, const Problems& dropped);
    void skip(std::size_t row, std::string field, std::string_view code);

private:
    void unnotice(std::size_t row);
};

Outcome decide(const Plan& plan, const Id& import_id, std::span<const Row> rows, Matches matches,
               const SeenKeys* seen_in_trial, const Policies& policies = {});

}  // namespace ponte::imports
