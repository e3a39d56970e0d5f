#include "integrations/google/google.hpp"

namespace ponte::google {
namespace {

// A company may come with an app of its own at Google; else it uses the installation's.
constexpr Field fields[] = {
    text("client_id").up_to(200),
    secret("client_secret").up_to(200),
};

}  // namespace

// developers.google.com/identity/protocols/oauth2/web-server, …/openid-connect
constexpr OAuthProvider provider{
    .callback = "google",
    .issuer = "https://accounts.google.com",
    .authorize_url = "https://accounts.google.com/o/oauth2/v2/auth",
    .token_url = "https://oauth2.googleapis.com/token",
    .revoke_url = "https://oauth2.googleapis.com/revoke",
    .profile_url = "https://openidconnect.googleapis.com/v1/userinfo",
    .keys_url = "https://www.googleapis.com/oauth2/v3/certs",
    .scopes = "openid profile email https://www.googleapis.com/auth/analytics.readonly",
    .required_scopes = "https://www.googleapis.com/auth/analytics.readonly",
    .sign_in_scopes = "openid email profile",
    // A refresh token comes only so, after the first time too.
    .more = "access_type=offline&prompt=consent&include_granted_scopes=true",
    .client_id_variable = "GOOGLE_CLIENT_ID",
    .client_secret_variable = "GOOGLE_CLIENT_SECRET",
    .base_variable = "GOOGLE_ISSUER",
};

constexpr Integration integration{
    .name = "google",
    .type = Integration::Type::analytics,
    .set_up = Integration::SetUp::oauth,
    .stage = Integration::Stage::beta,
    .fields = fields,
    .oauth = &provider,
    .has_several = true,
};

}  // namespace ponte::google
