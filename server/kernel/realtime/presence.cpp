#include "kernel/realtime/presence.hpp"

#include <algorithm>

namespace ponte::realtime {

bool Presence::enter(const Record& record, const Id& user, std::string_view name) {
    const std::scoped_lock lock(mutex_);
    std::vector<Viewer>& here = viewers_[record];
    const auto known = std::ranges::find(here, user, &Viewer::user);
    if (known != here.end()) {
        ++known->windows;
        return false;
    }
    here.push_back({user, std::string(name), 1});
    return true;
}

bool Presence::leave(const Record& record, const Id& user) {
    const std::scoped_lock lock(mutex_);
    const auto found = viewers_.find(record);
    if (found == viewers_.end()) {
        return false;
    }
    std::vector<Viewer>& here = found->second;
    const auto known = std::ranges::find(here, user, &Viewer::user);
    if (known == here.end() || --known->windows > 0) {
        return false;
    }
    here.erase(known);
    if (here.empty()) {
        viewers_.erase(found);
    }
    return true;
}

Json Presence::users(const Record& record) const {
    const std::scoped_lock lock(mutex_);
    Json list = Json::array();
    const auto found = viewers_.find(record);
    if (found != viewers_.end()) {
        for (const Viewer& viewer : found->second) {
            list.push(Json::object({{"id", viewer.user}, {"name", viewer.name}}));
        }
    }
    return list;
}

}  // namespace ponte::realtime
