// Companies, the people who work in them, the roles they have: the kernel asks, the one module that
// keeps them answers. What it asks is SQL, because it becomes part of the kernel's own statements.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/auth.hpp"
#include "kernel/auth/guess_limits.hpp"

namespace ponte {

class Ctx;
class Loop;
class Services;
struct Event;

// What an event means for those who are signed in.
struct Effect {
    enum class On : std::uint8_t { nobody, session, key, user, company };
    On on = On::nobody;
    bool ends = false;  // what they may is not the same any more: sockets are closed
};

struct People {
    // Who has the session $2 of the user $3 in the company $1, if it stands: name, email, role,
    // team_id, language, timezone, permissions (as Rights::of takes them), is_operator.
    std::string session;
    // Who acts by the API key of the company $1 whose digest is $2, whatever became of it: as of a
    // session, and user_id, key_id, key_name, scopes, requests_per_minute, expires_at_ms,
    // is_revoked.
    std::string key;
    // The key $2 of the company $1 was used from the address $3 at $4: remembers it, and answers
    // with one row when it never was from there.
    std::string key_use;
    // What the user $1 of this company may at this moment, if they may sign in at all: name, role,
    // timezone, team_id, permissions; of the key $2, if it is theirs and still stands: key_name and
    // scopes.
    std::string standing;
    std::string company;     // locale and timezone of this company
    std::string companies;   // tenant_id and timezone of all that somebody may sign in to
    std::string letterhead;  // its name, currency, logo_id: what stands above what is printed
    std::string in_teams;    // id and team_id of everybody in a team of this company
    std::string roles;  // name, label, is_built_in of the roles of this company, in their order
    // Those of the ids $1 (uuid[]) who may sign in, all of them where it is null: id, name, email,
    // language, permissions (as Rights::of takes them).
    std::string reachable;
    std::string known;  // those of the ids $1 (uuid[]) that are users of this company, in no bin
    // Within a statement whose $1 is the company: ids of the users of the team `team`…
    std::string (*mates)(const std::string& team) = nullptr;
    // …and the name of the user `id`.
    std::string (*name)(const std::string& id) = nullptr;
    // …or of the API key `id`.
    std::string (*key_name)(const std::string& id) = nullptr;
    // Whether events of the entity have an effect.
    bool (*concerns)(std::string_view entity) = [](std::string_view) { return false; };
    Effect (*effect)(const Event& event) = [](const Event&) { return Effect{}; };
};

namespace auth {

// What a request shows: an access token, or an API key.
struct Credential {
    std::string_view text;
    bool is_key = false;
};

// Sessions and keys seen lately, so that a request needs no query to know its principal. Forgotten
// at once when a session, key, user or company changes (this process: directly; others: by the
// feed).
class Sessions {
public:
    explicit Sessions(Services& services);
    ~Sessions();
    // Who shows it; throws Error 401 (unauthenticated, token_expired, session_revoked;
    // api_key_invalid, api_key_expired, api_key_revoked).
    Task<Principal> principal_of(Loop& loop, Credential credential);
    // Whether we made it and it has not expired; its session may have ended, the key be revoked.
    bool is_signed(Credential credential) const;
    // That a key is used, when and whence: written behind the request, once a minute and address
    // at most.
    void note_key_use(const Ctx& ctx);
    void apply(const Event& event);    // what another node (or this one) has done
    void reload_user(const Id& user);  // a name or language changed: nobody is disconnected
    GuessLimits& guesses();            // wrong passwords seen lately (kernel/auth/guess_limits.hpp)
    // Called (on any loop) when a session stops being valid: realtime disconnects it.
    void on_revoked(std::function<void(const Id& session_or_user_or_tenant)> listener);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace auth
}  // namespace ponte
