// A bounded map that forgets what was used longest ago. Not thread-safe: its owner locks.
#pragma once

#include <list>
#include <unordered_map>
#include <utility>

namespace ponte::auth {

template <class Key, class Value>
class Recent {
public:
    explicit Recent(std::size_t capacity) : capacity_(capacity) {}

    Value* find(const Key& key) {
        const auto found = places_.find(key);
        if (found == places_.end()) {
            return nullptr;
        }
        entries_.splice(entries_.begin(), entries_, found->second);
        return &found->second->second;
    }
    // The entry, made when absent. The reference holds until the next call.
    Value& at(const Key& key) {
        if (Value* known = find(key)) {
            return *known;
        }
        entries_.emplace_front(key, Value{});
        places_[key] = entries_.begin();
        if (entries_.size() > capacity_) {
            places_.erase(entries_.back().first);
            entries_.pop_back();
        }
        return entries_.front().second;
    }
    void erase(const Key& key) {
        const auto found = places_.find(key);
        if (found != places_.end()) {
            entries_.erase(found->second);
            places_.erase(found);
        }
    }
    template <class Condition>
    void erase_if(Condition condition) {
        for (auto entry = entries_.begin(); entry != entries_.end();) {
            if (condition(entry->second)) {
                places_.erase(entry->first);
                entry = entries_.erase(entry);
            } else {
                ++entry;
            }
        }
    }
    std::size_t size() const { return entries_.size(); }

private:
    using Entries = std::list<std::pair<Key, Value>>;
    std::size_t capacity_;
    Entries entries_;  // latest first
    std::unordered_map<Key, typename Entries::iterator> places_;
};

}  // namespace ponte::auth
