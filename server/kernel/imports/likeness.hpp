// Whether a row of a file and a record that shares a key with it mean the same one. Families and
// firms share a number or a mailbox: then nobody is merged into anybody else. Pure.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kernel/id.hpp"
#include "kernel/imports/plan.hpp"

namespace ponte::imports {

// "João S." and "João Silva"; not "João Silva" and "João Souza".
bool names_alike(std::string_view one, std::string_view other);

// Who stands behind a key: as much as is known.
struct Candidate {
    Id id;
    std::string title;           // empty: unknown
    std::vector<MatchKey> keys;  // its own, where known
};

// Candidates by match key.
class Matches {
public:
    // No more records of one key are looked up: a number that so many share says nothing.
    static constexpr std::size_t crowd = 5;

    void add(const MatchKey& key, const Id& id);
    void describe(Candidate candidate);
    const Candidate* about(const Id& id) const;
    // The records behind one key, at most a crowd.
    const std::vector<Id>& behind(const MatchKey& key) const;

private:
    std::unordered_map<std::string, std::vector<Id>> by_key_;
    std::unordered_map<Id, Candidate> about_;
};

// What the keys of a row lead to.
struct Meaning {
    std::vector<Id> same;             // those that the row means; more than one is ambiguous
    std::vector<Id> others;           // those that merely share a key with it
    std::vector<std::string> shared;  // the kinds of keys that others have, too
    bool is_lost_in_crowd = false;    // every key is shared by so many that not all were seen
};
Meaning meaning_of(const Plan& plan, const Row& row, const Matches& matches);

}  // namespace ponte::imports
