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
    bool allows_something() const;
    bool covers(const Permissions& other) const;  // allows at least what `other` allows
    // What is left of them within scopes: "contacts.read", "contacts.*", "*".
    Permissions within(const std::vector<std::string>& scopes) const;
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

// The API key by which somebody's program acts in their name: never more than they may themselves.
struct ActingKey {
    Id id;
    std::string name;
    bool has_every_scope = false;
    std::int64_t requests_per_minute = 0;
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
    std::optional<ActingKey> key;
    std::optional<Id> key_id() const { return key ? std::optional<Id>(key->id) : std::nullopt; }
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

// API keys as text: "ponte_", the company, 256 random bits, a signature of ours, a checksum. The
// checksum lets anybody tell a typo, and a scanner of leaked secrets a find; by the signature what
// we never made costs no query. The text itself is nowhere kept: only its digest (decision 0141).
constexpr std::string_view api_key_prefix = "ponte_";
std::string make_api_key(const Id& tenant, std::string_view secret);
// The company of a key that we made; none of any other text.
std::optional<Id> company_of_api_key(std::string_view text, std::string_view secret);
// As it is stored and found. Keyed, so that the table alone does not even confirm a guess; fast,
// because there is nothing to guess at in 256 random bits.
std::string api_key_digest(std::string_view text, std::string_view secret);
std::string api_key_hint(std::string_view text);  // what people know it again by: "ponte_…x7Gq2k"

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
