// Who has which record open, in this process. A person with two windows counts once.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

#include "kernel/json.hpp"

namespace ponte::realtime {

struct Record {
    Id tenant;
    std::string entity;
    Id id;
    friend auto operator<=>(const Record&, const Record&) = default;
};

class Presence {
public:
    // True when the list of people changed.
    bool enter(const Record& record, const Id& user, std::string_view name);
    bool leave(const Record& record, const Id& user);
    Json users(const Record& record) const;  // [{id, name}], in order of arrival

private:
    struct Viewer {
        Id user;
        std::string name;
        int windows = 0;
    };
    mutable std::mutex mutex_;
    std::map<Record, std::vector<Viewer>> viewers_;
};

}  // namespace ponte::realtime
