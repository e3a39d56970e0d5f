#include "kernel/imports/likeness.hpp"
#include "kernel/values/field_type.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace ponte::imports {
namespace {

std::string joined(const MatchKey& key) { return key.kind + '\x1F' + key.key; }

std::vector<std::string> words_of(std::string_view name) {
    std::vector<std::string> words(1);
    for (const char c : folded(name)) {
        const bool is_letter = static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') ||
                               (c >= 'a' && c <= 'z');
        if (is_letter) {
            words.back().push_back(c);
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    if (words.back().empty()) {
        words.pop_back();
    }
    return words;
}

// The same word, or its initial.
bool stands_for(const std::string& one, const std::string& other) {
    return one == other || (one.size() == 1 && other.starts_with(one)) ||
           (other.size() == 1 && one.starts_with(other));
}

// How a row and one candidate compare, key by key.
struct Comparison {
    int agreeing = 0, differing = 0;
    bool by_identity = false, against_identity = false, by_email = false;
    bool is_crowded = true;  // all agreeing keys are shared by a crowd
    bool is_shared = false;  // an agreeing key leads to several
};

Identity identity_of(const Field* field) {
    return !field             ? Identity::unsaid
           : field->is_unique ? Identity::certain
                              : field_type(field->type).identity;
}

Comparison compare(const Plan& plan, const Row& row, const Matches& matches, const Id& id) {
    Comparison out;
    const Candidate* about = matches.about(id);
    for (const MatchKey& key : row.keys) {
        const auto& behind = matches.behind(key);
        const Identity identity = identity_of(plan.kind().field(key.kind));
        if (std::find(behind.begin(), behind.end(), id) != behind.end()) {
            ++out.agreeing;
            out.by_identity = out.by_identity || identity == Identity::certain;
            out.by_email = out.by_email || identity == Identity::likely;
            out.is_crowded = out.is_crowded && behind.size() >= Matches::crowd;
            out.is_shared = out.is_shared || behind.size() > 1;
        } else if (about) {
            const bool has_another =
                std::any_of(about->keys.begin(), about->keys.end(),
                            [&](const MatchKey& one) { return one.kind == key.kind; });
            out.differing += has_another;
            out.against_identity =
                out.against_identity || (has_another && identity == Identity::certain);
        }
    }
    return out;
}

// A document decides, and whatever no two may have. Two agreeing keys or an e-mail do, when nothing
// speaks against it; a number alone only together with the name, unless a mode asks for changes of
// what is there.
bool is_same(const Plan& plan, const Row& row, const Candidate* about, const Comparison& by) {
    if (by.against_identity) {
        return false;
    }
    const Json* title = row.values.find(plan.kind().entity->title);
    const bool is_named = title && title->is_string() && about && !about->title.empty();
    if (by.by_identity || !is_named || names_alike(title->as_string(), about->title)) {
        return true;
    }
    const bool is_enough = by.agreeing > 1 || by.by_email || plan.mode() == Mode::update;
    return is_enough && by.differing == 0;
}

}  // namespace

bool names_alike(std::string_view one, std::string_view other) {
    std::vector<std::string> shorter = words_of(one), longer = words_of(other);
    if (shorter.size() > longer.size()) {
        std::swap(shorter, longer);
    }
    if (shorter.empty()) {
        return longer.empty();
    }
    auto at = longer.begin();
    for (const std::string& word : shorter) {
        const bool is_first = &word == &shorter.front();
        at = std::find_if(at, longer.end(),
                          [&](const std::string& known) { return stands_for(word, known); });
        if (at == longer.end() || (is_first && at != longer.begin())) {
            return false;
        }
        ++at;
    }
    return true;
}

void Matches::add(const MatchKey& key, const Id& id) {
    auto& ids = by_key_[joined(key)];
    if (ids.size() < crowd && std::find(ids.begin(), ids.end(), id) == ids.end()) {
        ids.push_back(id);
    }
}

void Matches::describe(Candidate candidate) {
    const Id id = candidate.id;
    about_.insert_or_assign(id, std::move(candidate));
}

const Candidate* Matches::about(const Id& id) const {
    const auto found = about_.find(id);
    return found == about_.end() ? nullptr : &found->second;
}

const std::vector<Id>& Matches::behind(const MatchKey& key) const {
    static const std::vector<Id> nobody;
    const auto found = by_key_.find(joined(key));
    return found == by_key_.end() ? nobody : found->second;
}

namespace {

// How much speaks for one of several. Keys that disagree are never outweighed by a name; among
// those who share a key it may decide.
int score_of(const Plan& plan, const Row& row, const Candidate* about, const Comparison& by) {
    const Json* title = row.values.find(plan.kind().entity->title);
    const bool has_name =
        by.is_shared && title && about && folded(title->as_string()) == folded(about->title);
    return (by.is_crowded ? 0 : 4 * by.agreeing) + (has_name ? 1 : 0);
}

}  // namespace

Meaning meaning_of(const Plan& plan, const Row& row, const Matches& matches) {
    Meaning out;
    std::map<Id, int> scores;  // of those that the row may mean
    std::set<Id> others;
    int best = 0;
    out.is_lost_in_crowd = !row.keys.empty();
    for (const MatchKey& key : row.keys) {
        const auto& behind = matches.behind(key);
        out.is_lost_in_crowd = out.is_lost_in_crowd && behind.size() >= Matches::crowd;
        bool has_others = false;
        for (const Id& id : behind) {
            const Candidate* about = matches.about(id);
            const Comparison by = compare(plan, row, matches, id);
            if (!is_same(plan, row, about, by)) {
                others.insert(id);
                has_others = true;
                continue;
            }
            const int score = score_of(plan, row, about, by);
            scores[id] = score;
            best = std::max(best, score);
        }
        if (has_others) {
            out.shared.push_back(key.kind);
        }
    }
    out.others.assign(others.begin(), others.end());
    for (const auto& [id, score] : scores) {
        if (score == best) {
            out.same.push_back(id);
        }
    }
    return out;
}

}  // namespace ponte::imports
