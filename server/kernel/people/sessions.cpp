// From a token or an API key to a principal. Either is looked up once and then remembered a minute;
// whatever changes it says so (forget_…), so that signing out or losing a right counts at once.
#include <algorithm>
#include <mutex>
#include <set>

#include "kernel/auth/guess_limits.hpp"
#include "kernel/auth/recent.hpp"
#include "kernel/ctx.hpp"
#include "kernel/db.hpp"
#include "kernel/events.hpp"
#include "kernel/log.hpp"
#include "kernel/people.hpp"
#include "kernel/rights.hpp"
#include "kernel/services.hpp"

namespace ponte::auth {
namespace {

constexpr std::size_t most_sessions = 20'000;
constexpr std::size_t most_permission_sets = 2'000;
constexpr Milliseconds trusted_for{60'000};
constexpr std::size_t most_verified_tokens = 2'000;  // of each thread
constexpr Milliseconds told_at_most_each{60'000};
constexpr std::size_t most_addresses_known = 100;  // of a key

struct SessionRow {
    std::string name, email, role, language, timezone, permissions;
    std::optional<Id> team_id;
    bool is_operator = false;
};
FIELDS(SessionRow, name, email, role, language, timezone, permissions, team_id, is_operator);

struct KeyRow {
    Id user_id, key_id;
    std::string key_name;
    std::vector<std::string> scopes;
    std::int64_t requests_per_minute = 0;
    std::optional<std::int64_t> expires_at_ms;
    bool is_revoked = false;
};
FIELDS(KeyRow, user_id, key_id, key_name, scopes, requests_per_minute, expires_at_ms, is_revoked);

struct Entry {
    Principal who;
    Time loaded{};
    Time expires_at = Time::max();  // of a key
    // What a session and a key are known by, and an event of them names.
    const Id& id() const { return who.key ? who.key->id : who.session; }
};

// Whence a key was used, beyond the request that did it.
struct Origin {
    Time at{};
    std::string address, agent;
    std::optional<std::int64_t> number;
};

struct Use {
    Time at{};
    std::set<std::string> addresses;
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
    Recent<std::string, Id> keys{most_sessions};  // by digest
    Recent<Id, Use> uses{most_sessions};
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
    std::uint64_t seen_by_now() {
        const std::scoped_lock lock(mutex);
        return forgotten;
    }
    std::optional<Entry> find(const Id& id, Time at) {
        const std::scoped_lock lock(mutex);
        const Entry* entry = entries.find(id);
        return entry && at - entry->loaded < trusted_for ? std::optional(*entry) : std::nullopt;
    }
    std::optional<Entry> find_key(const std::string& digest, Time at) {
        Id id;
        {
            const std::scoped_lock lock(mutex);
            const Id* known = keys.find(digest);
            id = known ? *known : Id{};
        }
        return id.is_nil() ? std::nullopt : find(id, at);
    }
    Principal principal_in(SessionRow row) {
        const std::scoped_lock lock(mutex);
        Permissions* shared = permissions.find(row.permissions);
        if (!shared) {
            shared = &permissions.at(row.permissions);
            *shared = services.rights().of(Json::parse(row.permissions));
        }
        Principal who;
        who.name = std::move(row.name);
        who.email = std::move(row.email);
        who.role = std::move(row.role);
        who.team = row.team_id;
        who.language = std::move(row.language);
        who.timezone = std::move(row.timezone);
        who.permissions = *shared;
        who.is_operator = row.is_operator;
        return who;
    }
    void keep(const Entry& entry, std::uint64_t seen) {
        const std::scoped_lock lock(mutex);
        if (seen == forgotten) {
            entries.at(entry.id()) = entry;
        }
    }
    bool is_new_use(const Ctx& ctx) {
        const std::scoped_lock lock(mutex);
        Use& use = uses.at(ctx.who.key->id);
        if (use.addresses.size() >= most_addresses_known) {
            use.addresses.clear();
        }
        const bool is_new_place = use.addresses.insert(ctx.remote_address).second;
        const bool is_new = is_new_place || ctx.now - use.at >= told_at_most_each;
        use.at = is_new ? ctx.now : use.at;
        return is_new;
    }
    Task<db::Rows> ask(Loop& loop, Id tenant, std::string sql, db::Params params) {
        const db::Scope scope{db::Role::system, tenant};
        db::Rows rows =
            co_await services.database().query(loop, scope, std::move(sql), std::move(params));
        co_return rows;
    }
    Task<Principal> of_token(Loop& loop, std::string_view bearer);
    Task<Principal> of_key(Loop& loop, std::string text);
    static Task<> write_key_use(Services& services, Loop& loop, Principal who, Origin origin);
};

Sessions::Sessions(Services& services) : parts_(new Parts{services}) {}
Sessions::~Sessions() = default;

GuessLimits& Sessions::guesses() { return parts_->guesses; }

bool Sessions::is_signed(Credential credential) const {
    if (credential.is_key) {
        return company_of_api_key(credential.text, parts_->services.keys.seal_key).has_value();
    }
    return parts_->verify(credential.text, now()).refusal == Refusal::none;
}

Task<Principal> Sessions::Parts::of_token(Loop& loop, std::string_view bearer) {
    const Time at = now();
    const Verified verified = verify(bearer, at);
    if (verified.refusal != Refusal::none) {
        throw unauthenticated(verified.refusal == Refusal::expired ? "token_expired"
                                                                   : "unauthenticated");
    }
    const Claims claims = verified.claims;
    const auto known = find(claims.session, at);
    if (known && known->who.tenant == claims.tenant && known->who.user == claims.user) {
        co_return known->who;
    }
    const std::uint64_t seen = seen_by_now();
    db::Params params{claims.tenant, claims.session, claims.user};
    const db::Rows rows =
        co_await ask(loop, claims.tenant, services.people().session, std::move(params));
    if (rows.empty()) {
        throw unauthenticated("session_revoked");
    }
    Entry entry{principal_in(db::read_row<SessionRow>(rows, 0)), at};
    entry.who.tenant = claims.tenant;
    entry.who.user = claims.user;
    entry.who.session = claims.session;
    keep(entry, seen);
    co_return entry.who;
}

// As its maker may at this moment, within its scopes; it looks after no installation.
Task<Principal> Sessions::Parts::of_key(Loop& loop, std::string text) {
    const std::string& secret = services.keys.seal_key;
    const auto tenant = company_of_api_key(text, secret);
    if (!tenant) {
        throw unauthenticated("api_key_invalid");
    }
    const Time at = now();
    const std::string digest = api_key_digest(text, secret);
    auto entry = find_key(digest, at);
    if (!entry) {
        const std::uint64_t seen = seen_by_now();
        db::Params params{*tenant, digest};
        const db::Rows rows = co_await ask(loop, *tenant, services.people().key, std::move(params));
        if (rows.empty()) {
            throw unauthenticated("api_key_invalid");
        }
        const auto row = db::read_row<KeyRow>(rows, 0);
        if (row.is_revoked) {
            throw unauthenticated("api_key_revoked");
        }
        entry = Entry{principal_in(db::read_row<SessionRow>(rows, 0)), at};
        entry->expires_at =
            row.expires_at_ms ? Time{Milliseconds{*row.expires_at_ms}} : Time::max();
        Principal& who = entry->who;
        who.tenant = *tenant;
        who.user = row.user_id;
        who.permissions = who.permissions.within(row.scopes);
        who.is_operator = false;
        const bool is_for_all = std::ranges::find(row.scopes, "*") != row.scopes.end();
        who.key = ActingKey{row.key_id, row.key_name, is_for_all, row.requests_per_minute};
        keep(*entry, seen);
        const std::scoped_lock lock(mutex);
        keys.at(digest) = row.key_id;
    }
    if (entry->expires_at <= at) {
        throw unauthenticated("api_key_expired");
    }
    co_return std::move(entry->who);
}

Task<Principal> Sessions::principal_of(Loop& loop, Credential credential) {
    if (credential.is_key) {
        Principal who = co_await parts_->of_key(loop, std::string(credential.text));
        co_return who;
    }
    Principal who = co_await parts_->of_token(loop, credential.text);
    co_return who;
}

// An own company's answers stay kept, but for those that show keys.
Task<> Sessions::Parts::write_key_use(Services& services, Loop& loop, Principal who,
                                      Origin origin) {
    Ctx ctx(services, loop);
    ctx.who = std::move(who);
    ctx.now = origin.at;
    ctx.remote_address = std::move(origin.address);
    ctx.user_agent = std::move(origin.agent);
    ctx.origin = origin.number;
    ctx.writes_by_hand = false;
    ctx.written.push_back("api_key");
    db::Params params{ctx.who.tenant, ctx.who.key->id, ctx.remote_address, format_time(ctx.now)};
    const db::Rows rows = co_await ctx.tx.query(services.people().key_use, std::move(params));
    if (!rows.empty()) {
        ctx.audit("api_key.new_address", ctx.who.key->id);
    }
    co_await ctx.tx.commit();
}

void Sessions::note_key_use(const Ctx& ctx) {
    if (!parts_->is_new_use(ctx)) {
        return;
    }
    Origin origin{ctx.now, ctx.remote_address, ctx.user_agent, ctx.origin};
    spawn(ctx.loop, Parts::write_key_use(parts_->services, ctx.loop, ctx.who, std::move(origin)),
          [](std::exception_ptr problem) {
              if (problem) {
                  log::warning("the use of an API key could not be written down", {});
              }
          });
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
                                                        : entry.id());
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
