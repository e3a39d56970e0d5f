#include "kernel/imports/decide.hpp"

#include <algorithm>

#include "kernel/imports/row_ids.hpp"

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

// One chunk at work: what was decided so far also counts for the rows that follow.
class Decision {
public:
    Decision(const Plan& plan, const Id& import_id, Matches matches, SeenKeys* seen)
        : plan_(plan), import_id_(import_id), matches_(std::move(matches)), seen_(seen) {}

    void take(std::size_t index, const Row& row) {
        ++out.counters.processed;
        if (!row.problems.empty()) {
            out.fail(index, row.problems);
            return;
        }
        const bool is_named = row.id && plan_.mode() != Mode::create;
        const Matches::Answer found =
            is_named ? Matches::Answer{{*row.id}, false} : matches_.find(row.keys);
        if (plan_.mode() == Mode::create) {
            take_new(index, row, found);
        } else if (found.is_ambiguous) {
            out.fail(index, {{field_of(row), "ambiguous_match", Json::object(), {}}});
        } else if (!found.ids.empty()) {
            change(index, row, found.ids.front());
        } else if (plan_.mode() == Mode::update) {
            out.skip(index, field_of(row), "not_found");
        } else if (seen_ && seen_->contains(row.keys)) {
            ++out.counters.updated;  // an earlier row of this trial would have made it
        } else {
            create(index, row);
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

    void take_new(std::size_t index, const Row& row, const Matches::Answer& found) {
        const bool is_seen = seen_ && seen_->contains(row.keys);
        const auto is_ours = [&](const Id& id) { return is_of_import(id, import_id_); };
        if (is_seen) {
            out.skip(index, field_of(row), "duplicate_in_file");
        } else if (!found.ids.empty()) {
            const bool is_repeated = std::any_of(found.ids.begin(), found.ids.end(), is_ours);
            out.skip(index, field_of(row), is_repeated ? "duplicate_in_file" : "duplicate");
        } else {
            create(index, row);
        }
    }

    void create(std::size_t index, const Row& row) {
        if (!row.missing.empty()) {
            out.fail(index, row.missing);
            return;
        }
        const Id id = id_of_row(import_id_, static_cast<std::uint32_t>(row.number));
        created_[id] = out.created.size();
        out.created.push_back({id, index, row.values});
        ++out.counters.created;
        remember(row, id);
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
        for (const MatchKey& key : row.keys) {
            matches_.add(key, id);
        }
        if (seen_) {
            seen_->add(row.keys);
        }
    }

    const Plan& plan_;
    const Id import_id_;
    Matches matches_;
    SeenKeys* seen_;
    std::unordered_map<Id, std::size_t> created_, changed_;
};

}  // namespace

void Matches::add(const MatchKey& key, const Id& id) {
    auto& ids = by_key_[joined(key)];
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) {
        ids.push_back(id);
    }
}

Matches::Answer Matches::find(const std::vector<MatchKey>& keys) const {
    const Answer decisive = agreed(keys, false);
    return decisive.ids.empty() ? agreed(keys, true) : decisive;
}

Matches::Answer Matches::agreed(const std::vector<MatchKey>& keys, bool with_crowds) const {
    Answer answer;
    bool is_first = true;
    for (const MatchKey& key : keys) {
        const auto found = by_key_.find(joined(key));
        if (found == by_key_.end() || (found->second.size() >= crowd && !with_crowds)) {
            continue;
        }
        if (is_first) {
            answer.ids = found->second;
            is_first = false;
            continue;
        }
        std::vector<Id> common;
        for (const Id& id : found->second) {
            if (std::find(answer.ids.begin(), answer.ids.end(), id) != answer.ids.end()) {
                common.push_back(id);
            }
        }
        if (common.empty()) {
            answer.is_ambiguous = true;  // two keys, two different records
            return answer;
        }
        answer.ids = std::move(common);
    }
    answer.is_ambiguous = answer.ids.size() > 1;
    return answer;
}

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

void Outcome::fail(std::size_t row, std::vector<FieldProblem> problems) {
    rejected.push_back({row, std::move(problems)});
    ++counters.failed;
}

void Outcome::skip(std::size_t row, std::string field, std::string_view code) {
    rejected.push_back({row, {{std::move(field), std::string(code), Json::object(), {}}}});
    ++counters.skipped;
}

Outcome decide(const Plan& plan, const Id& import_id, const std::vector<Row>& rows, Matches matches,
               SeenKeys* seen_in_trial) {
    Decision decision(plan, import_id, std::move(matches), seen_in_trial);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        decision.take(i, rows[i]);
    }
    return std::move(decision.out);
}

}  // namespace ponte::imports
