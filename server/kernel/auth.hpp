// Who is asking and what they may do. The kernel knows principals and permissions; users, roles and
// passwords are rows that the accounts module keeps.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/id.hpp"
#include "kernel/json.hpp"
#include "kernel/task.hpp"

namespace ponte {

class Loop;

enum class Reach : std::uint8_t { none, own, team, all };
std::string_view reach_name(Reach reach);
std::optional<Reach> parse_reach(std::string_view name);

// resource → action → reach: {"contacts": {"read": all, "create": all, "update": own}}.
class Permissions {
public:
    Reach reach(std::string_view resource, std::string_view action) const;
    bool allows(std::string_view permission) const;  // "contacts.read"; true when not none
    bool covers(const Permissions& other) const;     // allows at least what `other` allows
    void grant(std::string_view resource, std::string_view action, Reach reach);
    Json to_json() const;
    static Permissions from_json(const Json& json);  // unknown reaches are none
    std::size_t digest() const { return digest_; }   // part of the response cache's key

private:
    using Grants = std::map<std::string, Reach, std::less<>>;  // "contacts.read"
    // Shared and never changed: every request copies its principal, thousands of sessions share a
    // role.
    std::shared_ptr<const Grants> grants_;
    std::size_t digest_ = 0;
    const Grants& grants() const;
    void set(std::shared_ptr<const Grants> grants);
};

struct Principal {
    Id tenant;
    Id user;
    Id session;
    std::string name, email, role;
    std::optional<Id> team;
    std::string language;  // preference, may be empty
    std::string timezone = "America/Sao_Paulo";
    Permissions permissions;
    bool is_operator = false;  // super_admin
    bool is_system = false;    // jobs and start-up code: everything within the tenant
};

namespace auth {

// Access tokens: JWT HS256 signed with the installation's key. The claims only name tenant, user
// and session; what they may do is looked up, so that a change counts at once.
struct Claims {
    Id tenant, user, session;
    std::int64_t issued_at_s = 0, expires_at_s = 0;
};
std::string sign_token(const Claims& claims, std::string_view key);
enum class Refusal { none, malformed, wrong_signature, wrong_algorithm, expired };
struct Verified {
    Refusal refusal = Refusal::none;
    Claims claims;
};
Verified verify_token(std::string_view token, std::string_view key, std::int64_t now_s);

// Passwords: argon2id (libsodium), off the request threads, at most a few at once.
Task<std::string> hash_password(Loop& loop, std::string password);
// An empty hash stands for an unknown account: it costs the same time and never matches.
Task<bool> password_matches(Loop& loop, std::string hash, std::string password);

std::string random_token(std::size_t bytes = 32);  // url-safe base64
std::string digest(std::string_view secret);       // BLAKE2b-256, hex: what is stored of a token
std::string seal(std::string_view plain, std::string_view key);  // secretbox, base64
std::optional<std::string> unseal(std::string_view sealed, std::string_view key);

// The installation's keys, made on first start in <data>/secrets (0600) or given by
// JWT_SECRET_KEY / ENCRYPT_TOKEN_KEY.
struct Keys {
    std::string token_key, seal_key, database_key;
    static Keys load_or_make(const std::string& data_dir);
};

}  // namespace auth
}  // namespace ponte
