// What this process remembers of the database (sessions, fields and settings of companies) and how
// it follows what is written: at once what is written here, by the feed what comes from elsewhere.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/events.hpp"

namespace ponte {

class Followers {
public:
    using Concerns = std::function<bool(std::string_view entity)>;
    using Apply = std::function<void(const Event&)>;
    // Before the program serves. `apply` may be told the same twice, on any loop.
    void add(Concerns concerns, Apply apply) { all_.emplace_back(concerns, std::move(apply)); }
    // Of a company, of records of which entities ("": of something else; none: of whatever).
    using Committed = std::function<void(const Id&, std::span<const std::string_view> entities)>;
    void add_for_commits(Committed run) { for_commits_.push_back(std::move(run)); }

    // Whether anything follows from an event of such an entity.
    bool concern(std::string_view entity) const;
    void apply(const Event& event) const;
    void committed(const Id& tenant, std::span<const std::string_view> entities) const;

private:
    std::vector<std::pair<Concerns, Apply>> all_;
    std::vector<Committed> for_commits_;
};

}  // namespace ponte
