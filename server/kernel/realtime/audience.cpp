#include "kernel/realtime/audience.hpp"

#include "kernel/app.hpp"

namespace ponte::realtime {

std::shared_ptr<const TeamOf> Teams::known(const Id& tenant) const {
    const std::scoped_lock lock(mutex_);
    const auto found = by_tenant_.find(tenant);
    return found == by_tenant_.end() ? nullptr : found->second;
}

void Teams::forget(const Id& tenant) {
    const std::scoped_lock lock(mutex_);
    by_tenant_.erase(tenant);
}

Task<std::shared_ptr<const TeamOf>> Teams::read(Loop& loop, Id tenant) {
    constexpr const char* sql =
        "select id, team_id from users "
        "where tenant_id = current_tenant() and team_id is not null and deleted_at is null";
    const db::Scope scope{db::Role::app, tenant};
    const db::Rows rows = co_await app_.database().query(loop, scope, sql);
    auto team_of = std::make_shared<TeamOf>();
    for (int row = 0; row < rows.size(); ++row) {
        Id user, team;
        db::read_cell(rows.text(row, 0), user);
        db::read_cell(rows.text(row, 1), team);
        team_of->emplace(user, team);
    }
    const std::scoped_lock lock(mutex_);
    by_tenant_[tenant] = team_of;
    co_return team_of;
}

Task<std::shared_ptr<const TeamOf>> Teams::of(Loop& loop, Id tenant) {
    std::shared_ptr<const TeamOf> found = known(tenant);
    if (!found) {
        found = co_await read(loop, tenant);
    }
    co_return found;
}

Task<> Teams::read_again(Loop& loop, Id tenant) {
    if (known(tenant)) {
        co_await read(loop, tenant);
    }
}

bool may_see(const Principal& who, Reach reach, const Subject& subject, const TeamOf* team_of) {
    if (reach == Reach::all || reach == Reach::none) {
        return reach == Reach::all;
    }
    if (subject.owner == who.user || subject.actor == who.user) {
        return true;
    }
    if (reach != Reach::team || !who.team || !subject.owner || !team_of) {
        return false;
    }
    const auto team = team_of->find(*subject.owner);
    return team != team_of->end() && team->second == *who.team;
}

Reach ReachByRole::of(const Permissions& permissions, std::size_t digest,
                      std::string_view resource) {
    for (const auto& [known_digest, reach] : known_) {
        if (known_digest == digest) {
            return reach;
        }
    }
    const Reach reach = permissions.reach(resource, "read");
    known_.emplace_back(digest, reach);
    return reach;
}

}  // namespace ponte::realtime
