#include "kernel/imports/decide.hpp"

#include <algorithm>

#include "kernel/imports/row_ids.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte::imports {
namespace {

constexpr std::size_t most_seen = 8'000'000;

std::string joined(const MatchKey& key) { return key.kind + '\x1F' + key.key; }

const Json* value_of(const Plan::Column& column, const Values& values) {
    if (!column.target.custom) {
        return values.find(column.name);
    }
    const Json* custom = values.find("custom");
    return custom ? custom->find(column.name) : nullptr;
}

// What an earlier chunk of a trial remembers of a row: by which keys it would be found again, with
// a prefix, and which keys it has at all.
std::vector<MatchKey> marks_of(const Plan& plan, const Row& row) {
    const Json* title = row.values.find(plan.kind().entity->title);
    const std::string name = title ? folded(title->as_string()) : "";
    std::vector<MatchKey> marks;
    for (const MatchKey& key : row.keys) {
        const Field* field = plan.kind().field(key.kind);
        const bool is_shared = field && field_type(field->type).identity == Identity::often_shared;
        if (name.empty() || !is_shared) {
            marks.push_back({'=' + key.kind, key.key});
        }
        marks.push_back({'=' + key.kind, key.key + ' ' + name.substr(0, name.find(' '))});
    }
    return marks;
}

// One chunk at work: what was decided so far also counts for the rows that follow.
class Decision {
public:
    Decision(const Plan& plan, const Id& import_id, Matches matches, const SeenKeys* seen,
             const Policies& policies)
        : plan_(plan),
          import_id_(import_id),
          matches_(std::move(matches)),
          seen_(seen),
          policies_(policies) {}

    void take(std::size_t index, const Row& row) {
        ++out.counters.processed;
        if (row.is_summary) {
            out.skip(index, "row", "summary_line");
            return;
        }
        if (!row.problems.empty()) {
            out.fail(index, row.problems);
            return;
        }
        const bool is_named = row.id && plan_.mode() != Mode::create;
        const Meaning meaning =
            is_named ? Meaning{{*row.id}, {}, {}, false} : meaning_of(plan_, row, matches_);
        const bool is_seen = meaning.same.empty() && seen_ && seen_->contains(marks_of(plan_, row));
        if (plan_.mode() == Mode::create && (is_seen || !meaning.same.empty())) {
            skip_known(index, row, meaning, is_seen);
        } else if (meaning.same.size() > 1) {
            out.fail(index, {{field_of(row), "ambiguous_match", Json::object(), {}}});
        } else if (!meaning.same.empty()) {
            change(index, row, meaning.same.front());
            out.notice(index, {}, row.dropped);
        } else if (plan_.mode() == Mode::update && !meaning.others.empty()) {
            out.fail(index, {{camel_case(meaning.shared.front()), "of_another", {}, {}}});
        } else if (plan_.mode() == Mode::update) {
            out.skip(index, field_of(row), "not_found");
        } else if (is_seen) {
            ++out.counters.updated;  // an earlier row of this trial would have made it
        } else {
            take_new(index, row, meaning);
        }
    }

    Outcome out;

private:
    std::string field_of(const Row& row) const {
        if (row.id && plan_.mode() != Mode::create) {
            return "id";
        }
        return row.keys.empty() ? "row" : camel_case(row.keys.front().kind);
    }

    Sharing policy(const std::string& kind) const {
        const auto found = policies_.find(kind);
        return found == policies_.end() ? Sharing::warn : found->second;
    }

    void skip_known(std::size_t index, const Row& row, const Meaning& meaning, bool is_seen) {
        const auto is_ours = [&](const Id& id) { return is_of_import(id, import_id_); };
        const bool is_repeated =
            is_seen || std::any_of(meaning.same.begin(), meaning.same.end(), is_ours);
        out.skip(index, field_of(row), is_repeated ? "duplicate_in_file" : "duplicate");
    }

    // Somebody new, who may share a key with others: then the company's policy decides.
    void take_new(std::size_t index, const Row& row, const Meaning& meaning) {
        std::vector<std::string> shared = meaning.shared;
        for (const MatchKey& key : row.keys) {
            if (shared.empty() && seen_ && seen_->contains({key})) {
                shared.push_back(key.kind);
            }
        }
        Problems notices;
        for (const std::string& kind : shared) {
            if (policy(kind) == Sharing::block) {
                out.fail(index, {{camel_case(kind), "taken", Json::object(), {}}});
                return;
            }
            if (policy(kind) == Sharing::warn) {
                notices.push_back({camel_case(kind), "shared", Json::object(), {}});
            }
        }
        const bool is_torn = meaning.others.size() > 1 && shared.size() > 1 && !notices.empty();
        if (is_torn || (plan_.mode() == Mode::upsert && meaning.is_lost_in_crowd)) {
            out.fail(index, {{field_of(row), "ambiguous_match", Json::object(), {}}});
            return;
        }
        if (create(index, row)) {
            out.notice(index, std::move(notices), row.dropped);
        }
    }

    bool create(std::size_t index, const Row& row) {
        if (!row.missing.empty()) {
            out.fail(index, row.missing);
            return false;
        }
        const Id id = id_of_row(import_id_, static_cast<std::uint32_t>(row.number));
        created_[id] = out.created.size();
        out.created.push_back({id, index, row.values});
        ++out.counters.created;
        remember(row, id);
        return true;
    }

    void change(std::size_t index, const Row& row, const Id& id) {
        const auto fresh = created_.find(id);
        if (fresh != created_.end()) {
            change_new(out.created[fresh->second].values, row);
            ++out.counters.updated;
            remember(row, id);
            return;
        }
        const auto [known, is_first] = changed_.emplace(id, out.changed.size());
        if (is_first) {
            out.changed.push_back({id, {}, {}});
        }
        ChangedRecord& record = out.changed[known->second];
        for (const std::size_t column : row.given) {
            if (const Json* value = value_of(plan_.columns()[column], row.values)) {
                record.values[column] = *value;
            }
        }
        record.rows.push_back(index);
        remember(row, id);
    }

    // A later row about a record that this very chunk creates.
    void change_new(Values& values, const Row& row) {
        for (const std::size_t position : row.given) {
            const Plan::Column& column = plan_.columns()[position];
            const Json* value = value_of(column, row.values);
            if (!value) {
                continue;
            }
            if (!column.target.custom) {
                values.set(column.name, *value);
            } else {
                const Json* known = values.find("custom");
                Json custom = known ? *known : Json::object();
                custom.set(column.name, *value);
                values.set("custom", std::move(custom));
            }
        }
    }

    void remember(const Row& row, const Id& id) {
        const Candidate* known = matches_.about(id);
        Candidate about = known ? *known : Candidate{id, {}, {}};
        for (const MatchKey& key : row.keys) {
            matches_.add(key, id);
            std::erase_if(about.keys, [&](const MatchKey& old) { return old.kind == key.kind; });
            about.keys.push_back(key);
        }
        if (const Json* title = row.values.find(plan_.kind().entity->title)) {
            about.title = title->as_string();
        }
        matches_.describe(std::move(about));
        if (seen_) {
            out.fresh.push_back(marks_of(plan_, row));
            out.fresh.push_back(row.keys);
        }
    }

    const Plan& plan_;
    const Id import_id_;
    Matches matches_;
    const SeenKeys* seen_;
    const Policies& policies_;
    std::unordered_map<Id, std::size_t> created_, changed_;
};

}  // namespace

std::uint64_t SeenKeys::hash(const MatchKey& key) {
    const std::uint64_t value = std::hash<std::string>{}(joined(key));
    return value == 0 ? 1 : value;  // 0 marks a free slot
}

std::size_t SeenKeys::slot(std::uint64_t wanted) const {
    std::size_t at = wanted % slots_.size();
    while (slots_[at] != 0 && slots_[at] != wanted) {
        at = at + 1 == slots_.size() ? 0 : at + 1;
    }
    return at;
}

void SeenKeys::grow() {
    std::vector<std::uint64_t> old(slots_.size() * 2);
    old.swap(slots_);
    for (const std::uint64_t value : old) {
        if (value != 0) {
            slots_[slot(value)] = value;
        }
    }
}

bool SeenKeys::contains(const std::vector<MatchKey>& keys) const {
    return std::any_of(keys.begin(), keys.end(),
                       [&](const MatchKey& key) { return slots_[slot(hash(key))] != 0; });
}

void SeenKeys::add(const std::vector<MatchKey>& keys) {
    for (const MatchKey& key : keys) {
        const std::uint64_t value = hash(key);
        std::uint64_t& place = slots_[slot(value)];
        if (place != 0 || used_ >= most_seen) {
            continue;
        }
        place = value;
        if (++used_ * 10 > slots_.size() * 7) {
            grow();
        }
    }
}

// A row that is refused after all has nothing else to tell.
void Outcome::unnotice(std::size_t row) {
    const auto gone = std::erase_if(noticed, [&](const Rejected& one) { return one.row == row; });
    counters.noticed -= static_cast<std::int64_t>(gone);
}

void Outcome::fail(std::size_t row, Problems problems) {
    unnotice(row);
    rejected.push_back({row, std::move(problems)});
    ++counters.failed;
}

void Outcome::notice(std::size_t row, Problems problems, const Problems& dropped) {
    for (const FieldProblem& one : dropped) {
        problems.push_back(one);
    }
    if (!problems.empty()) {
        noticed.push_back({row, std::move(problems)});
        ++counters.noticed;
    }
}

void Outcome::skip(std::size_t row, std::string field, std::string_view code) {
    unnotice(row);
    rejected.push_back({row, {{std::move(field), std::string(code), Json::object(), {}}}});
    ++counters.skipped;
}

Outcome decide(const Plan& plan, const Id& import_id, std::span<const Row> rows, Matches matches,
               const SeenKeys* seen_in_trial, const Policies& policies) {
    Decision decision(plan, import_id, std::move(matches), seen_in_trial, policies);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        decision.take(i, rows[i]);
    }
    return std::move(decision.out);
}

}  // namespace ponte::imports
