#include "kernel/realtime/audience.hpp"

#include "kernel/people.hpp"
#include "kernel/services.hpp"

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
    const db::Scope scope{db::Role::app, tenant};
    const db::Rows rows =
        co_await services_.database().query(loop, scope, services_.people().in_teams);
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

bool may_see(const Principal& who, Reach reach, const Holders& holders, const TeamOf* team_of) {
    if (reach == Reach::all || reach == Reach::none) {
        return reach == Reach::all;
    }
    if (holders.owner == who.user || holders.author == who.user) {
        return true;
    }
    if (reach != Reach::team || !who.team || !holders.owner || !team_of) {
        return false;
    }
    const auto team = team_of->find(*holders.owner);
    return team != team_of->end() && team->second == *who.team;
}

Sight sight_of(const Principal& who, Reaches reaches, const Subject& subject,
               const TeamOf* team_of) {
    // Who made the whole is not told by its part's event: asking for the owner is the safe side.
    // Whoever wrote the part himself stood before the whole a moment ago.
    const bool wrote_it = reaches.whole != Reach::none && subject.actor == who.user;
    const Holders whole{subject.whole_owner, {}};
    if (!wrote_it && !may_see(who, reaches.whole, whole, team_of)) {
        return Sight::nothing;
    }
    if (may_see(who, reaches.own, subject.holders, team_of)) {
        return Sight::event;
    }
    const bool is_loss = subject.former && may_see(who, reaches.own, *subject.former, team_of);
    return is_loss ? Sight::loss : Sight::nothing;
}

Reaches ReachByRole::of(const Permissions& permissions, std::size_t digest,
                        const Subject& subject) {
    for (const auto& [known_digest, reaches] : known_) {
        if (known_digest == digest) {
            return reaches;
        }
    }
    Reaches reaches{permissions.reach(subject.resource, "read"), Reach::all};
    if (!subject.whole.empty()) {
        reaches.whole = permissions.reach(subject.whole, "read");
    }
    known_.emplace_back(digest, reaches);
    return reaches;
}

Reach ReachByRole::of(const Permissions& permissions, std::size_t digest,
                      std::string_view resource) {
    return of(permissions, digest, Subject{resource, {}, {}, {}, {}, {}}).own;
}

}  // namespace ponte::realtime
