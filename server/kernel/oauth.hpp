// The client's side of OAuth 2.0 and OpenID Connect: the authorization code flow with PKCE, as each
// provider's declaration says where and what (kernel/integration.hpp). Every call goes out through
// outbound, so never while a transaction is open.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/integration.hpp"
#include "kernel/outbound.hpp"

namespace ponte::oauth {

// As whom we are known to the provider.
struct Client {
    std::string id, secret;
    std::optional<Id> connection = {};  // whose account it is about
};
// What the installation is known as there; no id when nobody has said it.
Client installed_client(const Settings& settings, const OAuthProvider& provider);
// "https://crm.exemplo.com.br/auth/google/callback"
std::string callback_url(const Settings& settings, const OAuthProvider& provider);

// One way to the provider and back. Only the state and the challenge leave this server.
struct Attempt {
    std::string state, verifier, nonce;
};
// The first letters of its state say what it is for: whoever comes back is sent on by them.
Attempt new_attempt(std::string_view purpose);
std::string challenge_of(std::string_view verifier);  // RFC 7636, S256

// Where the browser goes.
std::string way_there(const Settings& settings, const OAuthProvider& provider, const Client& client,
                      const Attempt& attempt, std::string_view scopes);

struct Tokens {
    std::string access, refresh, id_token, scopes;
    std::int64_t lasts_s = 0;
};
// What became of asking for them; `problem` is a code of theirs ("invalid_grant") or of ours
// ("timeout"), empty when all is well.
struct Grant {
    outbound::Outcome outcome = outbound::Outcome::ok;
    std::string problem;
    Tokens tokens;
};
Grant grant_of(const outbound::Answer& answer);
Task<Grant> exchange(Ctx& ctx, const OAuthProvider& provider, const Client& client,
                     std::string_view code, std::string_view verifier);
Task<Grant> refresh(Ctx& ctx, const OAuthProvider& provider, const Client& client,
                    std::string_view refresh_token);
Task<outbound::Answer> revoke(Ctx& ctx, const OAuthProvider& provider, const Client& client,
                              std::string_view token);

// Whose account it is, as its owner's access token is told.
struct Profile {
    outbound::Outcome outcome = outbound::Outcome::ok;
    std::string problem, email;
};
Task<Profile> profile_of(Ctx& ctx, const OAuthProvider& provider, std::string_view access_token,
                         std::optional<Id> connection = {});

// Who somebody is, as the provider signs it.
struct Identity {
    std::string subject;  // for ever; an e-mail may become somebody else's
    std::string email;
    bool is_email_verified = false;
};
struct Identified {
    std::optional<Identity> identity;
    std::string problem;
};
// Checks the token of a grant against the keys that the provider publishes, which are remembered
// for as long as it says.
Task<Identified> identify(Ctx& ctx, const OAuthProvider& provider, const Client& client,
                          std::string_view id_token, std::string_view nonce);

// Whether these were granted; `required` may be empty.
bool has_scopes(std::string_view granted, std::string_view required);

}  // namespace ponte::oauth
