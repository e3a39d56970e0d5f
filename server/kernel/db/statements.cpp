#include "kernel/db/statements.hpp"

#include <utility>

namespace ponte::db {

Statements::Use Statements::use(Role role, const std::string& sql, std::uint64_t section) {
    std::string key(1, static_cast<char>('0' + static_cast<int>(role)));
    key += sql;
    const auto found = entries_.find(key);
    if (found != entries_.end()) {
        Entry& entry = found->second;
        // A Parse on its way in another section may fail there without failing us, so it is not
        // relied upon; within our own section its failure is ours, too.
        if (entry.is_stale || (!entry.is_confirmed && entry.section != section)) {
            return {};
        }
        ++entry.in_flight;
        by_use_.splice(by_use_.begin(), by_use_, entry.place);
        return {entry.name.c_str(), false, &entry};
    }

    const auto added = entries_.emplace(std::move(key), Entry{}).first;
    Entry& entry = added->second;
    entry.name = "s" + std::to_string(++named_);
    entry.section = section;
    entry.in_flight = 2;  // its Parse and its first execution
    by_use_.push_front(&added->first);
    entry.place = by_use_.begin();
    evict();
    return {entry.name.c_str(), true, &entry};
}

void Statements::ended(Entry* entry) {
    if (entry && --entry->in_flight == 0 && entry->is_stale) {
        erase(*entry);
    }
}

void Statements::erase(Entry& entry) {
    if (entry.is_confirmed) {
        closing_.push_back(entry.name);
    }
    const std::string key = **entry.place;
    by_use_.erase(entry.place);
    entries_.erase(key);
}

void Statements::evict() {
    auto at = by_use_.end();
    while (entries_.size() > most && at != by_use_.begin()) {
        --at;
        Entry& entry = entries_.at(**at);
        if (entry.in_flight == 0) {
            ++at;  // stays valid when the entry goes
            erase(entry);
        }
    }
}

std::vector<std::string> Statements::take_closing() { return std::exchange(closing_, {}); }

}  // namespace ponte::db
