// The prepared statements of one connection, keyed by role and text: a plan made under one role's
// row security is thrown away when another role runs it. A name counts only once the server has
// confirmed it, since a Parse behind a failure in its pipeline is never executed.
#pragma once

#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kernel/db.hpp"

namespace ponte::db {

class Statements {
public:
    static constexpr std::size_t most = 500;

    struct Entry {
        std::string name;
        bool is_confirmed = false;
        bool is_stale = false;
        std::uint64_t section = 0;  // the pipeline section that carries its Parse
        int in_flight = 0;
        std::list<const std::string*>::iterator place;
    };
    struct Use {
        const char* name = "";
        bool must_parse = true;
        Entry* entry = nullptr;  // none: the unnamed statement
    };

    // How to run this text now, in this section of the pipeline (what lies between two Syncs).
    Use use(Role role, const std::string& sql, std::uint64_t section);
    void confirm(Entry& entry) { entry.is_confirmed = true; }
    void ended(Entry* entry);  // each use is ended once
    void forget(Entry& entry) { entry.is_stale = true; }
    // Names to deallocate on the server, now that there are too many or they are stale.
    std::vector<std::string> take_closing();
    std::size_t size() const { return entries_.size(); }

private:
    void erase(Entry& entry);
    void evict();

    std::unordered_map<std::string, Entry> entries_;
    std::list<const std::string*> by_use_;  // keys, most recent first
    std::vector<std::string> closing_;
    std::uint64_t named_ = 0;
};

}  // namespace ponte::db
