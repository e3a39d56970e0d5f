// From a bearer token to a principal. A session is looked up once and then remembered for a minute;
// whatever changes it says so (forget_…), so that signing out or losing a right counts at once.
#include <algorithm>
#include <mutex>

#include "kernel/auth/guess_limits.hpp"
#include "kernel/auth/recent.hpp"
#include "kernel/db.hpp"
#include "kernel/events.hpp"
#include "kernel/people.hpp"
#include "kernel/rights.hpp"
#include "kernel/services.hpp"

namespace ponte::auth {
namespace {

constexpr std::size_t most_sessions = 20'000;
constexpr std::size_t most_permission_sets = 2'000;
constexpr Milliseconds trusted_for{60'000};
constexpr std::size_t most_verified_tokens = 2'000;  // of each thread

struct SessionRow {
    std::string name, email, role, language, timezone, permissions;
    std::optional<Id> team_id;
    bool is_operator = false;
};
FIELDS(SessionRow, name, email, role, language, timezone, permissions, team_id, is_operator);

struct Entry {
    Principal who;
    Time loaded{};
};

// A signature that was right stays right, so each thread remembers the tokens that it has verified,
// whole; only our own get there. When they expire is looked at each time.
Verified verify_once(std::string_view token, const std::string& key, std::int64_t now_s) {
    struct Memory {
        std::string key;
        Recent<std::string, Claims> claims{most_verified_tokens};
    };
    thread_local Memory memory;
    if (memory.key != key) {
        memory = Memory{key};
    }
    std::string whole(token);
    if (const Claims* known = memory.claims.find(whole)) {
        return {known->expires_at_s <= now_s ? Refusal::expired : Refusal::none, *known};
    }
    const Verified verified = verify_token(token, key, now_s);
    if (verified.refusal == Refusal::none) {
        memory.claims.at(whole) = verified.claims;
    }
    return verified;
}

}  // namespace

struct Sessions::Parts {
    Services& services;
    GuessLimits guesses;
    std::mutex mutex;
    Recent<Id, Entry> entries{most_sessions};
    Recent<std::string, Permissions> permissions{most_permission_sets};  // one copy per role
    std::uint64_t forgotten = 0;  // moves with every forget: what was read before it is not kept
    std::vector<std::function<void(const Id&)>> listeners;

    template <class Condition>
    void forget(Condition condition) {
        const std::scoped_lock lock(mutex);
        ++forgotten;
        entries.erase_if(condition);
    }
    void tell(const Id& id) {
        for (const auto& listener : listeners) {
            listener(id);
        }
    }
    Verified verify(std::string_view bearer, Time at) const {
        const auto seconds =
            std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch());
        return verify_once(bearer, services.keys.token_key, seconds.count());
    }
    std::optional<Principal> find(const Claims& claims, Time at) {
        const std::scoped_lock lock(mutex);
        const Entry* entry = entries.find(claims.session);
        if (!entry || at - entry->loaded >= trusted_for || entry->who.tenant != claims.tenant ||
            entry->who.user != claims.user) {
            return {};
        }
        return entry->who;
    }
    Principal keep(const Claims& claims, SessionRow row, std::uint64_t seen, Time at) {
        const std::scoped_lock lock(mutex);
        Permissions* shared = permissions.find(row.permissions);
        if (!shared) {
            shared = &permissions.at(row.permissions);
            *shared = services.rights().of(Json::parse(row.permissions));
        }
        Principal who;
        who.tenant = claims.tenant;
        who.user = claims.user;
        who.session = claims.session;
        who.name = std::move(row.name);
        who.email = std::move(row.email);
        who.role = std::move(row.role);
        who.team = row.team_id;
        who.language = std::move(row.language);
        who.timezone = std::move(row.timezone);
        who.permissions = *shared;
        who.is_operator = row.is_operator;
        if (seen == forgotten) {
            entries.at(claims.session) = Entry{who, at};
        }
        return who;
    }
};

Sessions::Sessions(Services& services) : parts_(new Parts{services}) {}
Sessions::~Sessions() = default;

GuessLimits& Sessions::guesses() { return parts_->guesses; }

bool Sessions::is_signed(std::string_view bearer) const {
    return parts_->verify(bearer, now()).refusal == Refusal::none;
}

Task<Principal> Sessions::principal_of(Loop& loop, std::string_view bearer) {
    const Time at = now();
    const Verified verified = parts_->verify(bearer, at);
    if (verified.refusal != Refusal::none) {
        throw unauthenticated(verified.refusal == Refusal::expired ? "token_expired"
                                                                   : "unauthenticated");
    }
    const Claims claims = verified.claims;
    if (auto known = parts_->find(claims, at)) {
        co_return std::move(*known);
    }
    std::uint64_t seen = 0;
    {
        const std::scoped_lock lock(parts_->mutex);
        seen = parts_->forgotten;
    }
    const db::Scope scope{db::Role::system, claims.tenant};
    db::Params params{claims.tenant, claims.session, claims.user};
    const db::Rows rows = co_await parts_->services.database().query(
        loop, scope, parts_->services.people().session, std::move(params));
    if (rows.empty()) {
        throw unauthenticated("session_revoked");
    }
    Principal who = parts_->keep(claims, db::read_row<SessionRow>(rows, 0), seen, at);
    co_return who;
}

void Sessions::apply(const Event& event) {
    const Effect effect = parts_->services.people().effect(event);
    if (effect.on == Effect::On::nobody) {
        return;
    }
    const bool is_of_company = effect.on == Effect::On::company;
    const Id whom = is_of_company ? event.tenant : event.entity_id.value_or(Id{});
    parts_->forget([&](const Entry& entry) {
        const Principal& who = entry.who;
        return whom == (is_of_company                   ? who.tenant
                        : effect.on == Effect::On::user ? who.user
                                                        : who.session);
    });
    if (effect.ends) {
        parts_->tell(whom);
    }
}

void Sessions::reload_user(const Id& user) {
    parts_->forget([&](const Entry& entry) { return entry.who.user == user; });
}

void Sessions::on_revoked(std::function<void(const Id&)> listener) {
    parts_->listeners.push_back(std::move(listener));
}

}  // namespace ponte::auth
