#include "kernel/oauth.hpp"

#include <algorithm>

#include "kernel/auth.hpp"
#include "kernel/ctx.hpp"
#include "kernel/http.hpp"
#include "kernel/oauth/address.hpp"
#include "kernel/services.hpp"
#include "kernel/signature.hpp"

namespace ponte::oauth {
namespace {

using outbound::Answer;
using outbound::Outcome;

using Form = std::vector<std::pair<std::string_view, std::string_view>>;

std::string form_text(const Form& form) {
    std::string text;
    for (const auto& [name, value] : form) {
        text += (text.empty() ? "" : "&") + std::string(name) + "=" + http::url_encode(value);
    }
    return text;
}

outbound::Call post(const Ctx& ctx, const OAuthProvider& provider, const Client& client,
                    std::string_view url, const Form& form) {
    outbound::Call call;
    call.vendor = provider.callback;
    call.connection = client.connection;
    call.shows_path = true;
    call.method = "POST";
    call.url = address(ctx.services.settings, provider, url);
    call.headers = {"Content-Type: application/x-www-form-urlencoded", "Accept: application/json"};
    call.body = form_text(form);
    return call;
}

Json json_of(const Answer& answer) {
    try {
        return answer.is_cut ? Json{} : Json::parse(answer.body, 1'000);
    } catch (const Error&) {
        return {};
    }
}

// Codes are words of a protocol; anything else is somebody's page.
bool is_code(std::string_view text) {
    return !text.empty() && text.size() <= 60 &&
           std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

std::string problem_of(const Answer& answer, const Json& said) {
    if (answer.trouble != outbound::Trouble::none) {
        return std::string(outbound::name_of(answer.trouble));
    }
    const std::string& code = said["error"].as_string();
    return is_code(code) ? code : "status_" + std::to_string(answer.status);
}

}  // namespace

Client installed_client(const Settings& settings, const OAuthProvider& provider) {
    const Integrations& known = integrations_of(settings);
    return {known.preset_of(provider.client_id_variable),
            known.preset_of(provider.client_secret_variable)};
}

std::string callback_url(const Settings& settings, const OAuthProvider& provider) {
    const std::string base =
        settings.public_url.empty() ? "http://" + settings.listen : settings.public_url;
    return base + "/auth/" + std::string(provider.callback) + "/callback";
}

Attempt new_attempt(std::string_view purpose) {
    return {std::string(purpose) + "." + auth::random_token(), auth::random_token(),
            auth::random_token()};
}

std::string challenge_of(std::string_view verifier) { return to_base64url(sha256(verifier)); }

std::string way_there(const Settings& settings, const OAuthProvider& provider, const Client& client,
                      const Attempt& attempt, std::string_view scopes) {
    const std::string challenge = challenge_of(attempt.verifier),
                      back = callback_url(settings, provider);
    const Form form{{"response_type", "code"},     {"client_id", client.id},
                    {"redirect_uri", back},        {"scope", scopes},
                    {"state", attempt.state},      {"nonce", attempt.nonce},
                    {"code_challenge", challenge}, {"code_challenge_method", "S256"}};
    const std::string more(provider.more);
    return address(settings, provider, provider.authorize_url) + "?" + form_text(form) +
           (more.empty() ? "" : "&" + more);
}

Grant grant_of(const Answer& answer) {
    const Json said = json_of(answer);
    Grant grant;
    const std::string& access = said["access_token"].as_string();
    if (answer.status == 200 && !access.empty()) {
        grant.tokens = {access, said["refresh_token"].as_string(), said["id_token"].as_string(),
                        said["scope"].as_string(), said["expires_in"].as_integer(3600)};
        return grant;
    }
    grant.problem = answer.status == 200 ? "broken" : problem_of(answer, said);
    const Outcome outcome = outbound::outcome_of(answer);
    // Whatever they refuse (400 invalid_grant, 401 invalid_client) needs somebody.
    grant.outcome = outcome == Outcome::later ? Outcome::later : Outcome::needs_attention;
    return grant;
}

Task<Grant> exchange(Ctx& ctx, const OAuthProvider& provider, const Client& client,
                     std::string_view code, std::string_view verifier) {
    const std::string back = callback_url(ctx.services.settings, provider);
    const Form form{{"grant_type", "authorization_code"},
                    {"code", code},
                    {"redirect_uri", back},
                    {"client_id", client.id},
                    {"client_secret", client.secret},
                    {"code_verifier", verifier}};
    outbound::Call call = post(ctx, provider, client, provider.token_url, form);
    call.circuit = outbound::Call::Circuit::tells;  // the code is good now or never
    const Answer answer = co_await outbound::call(ctx, std::move(call));
    co_return grant_of(answer);
}

Task<Grant> refresh(Ctx& ctx, const OAuthProvider& provider, const Client& client,
                    std::string_view refresh_token) {
    const Form form{{"grant_type", "refresh_token"},
                    {"refresh_token", refresh_token},
                    {"client_id", client.id},
                    {"client_secret", client.secret}};
    const Answer answer =
        co_await outbound::call(ctx, post(ctx, provider, client, provider.token_url, form));
    co_return grant_of(answer);
}

Task<Answer> revoke(Ctx& ctx, const OAuthProvider& provider, const Client& client,
                    std::string_view token) {
    const Form form{{"token", token}, {"client_id", client.id}, {"client_secret", client.secret}};
    Answer answer =
        co_await outbound::call(ctx, post(ctx, provider, client, provider.revoke_url, form));
    co_return answer;
}

// The look at how somebody is doing is what ends their rest.
Task<Profile> profile_of(Ctx& ctx, const OAuthProvider& provider, std::string_view access_token,
                         std::optional<Id> connection) {
    outbound::Call call;
    call.vendor = provider.callback;
    call.connection = connection;
    call.circuit = outbound::Call::Circuit::tells;
    call.shows_path = true;
    call.url = address(ctx.services.settings, provider, provider.profile_url);
    call.headers = {"Accept: application/json",
                    "Authorization: Bearer " + std::string(access_token)};
    const Answer answer = co_await outbound::call(ctx, std::move(call));
    const Json said = json_of(answer);
    Profile profile;
    profile.outcome = outbound::outcome_of(answer);
    if (profile.outcome == Outcome::ok) {
        profile.email = said["email"].as_string();
    } else {
        profile.problem = problem_of(answer, said);
    }
    co_return profile;
}

bool has_scopes(std::string_view granted, std::string_view required) {
    const std::string all = " " + std::string(granted) + " ";
    std::size_t begin = 0;
    while (begin < required.size()) {
        const std::size_t end = std::min(required.find(' ', begin), required.size());
        const std::string one(required.substr(begin, end - begin));
        if (!one.empty() && all.find(" " + one + " ") == all.npos) {
            return false;
        }
        begin = end + 1;
    }
    return true;
}

}  // namespace ponte::oauth
