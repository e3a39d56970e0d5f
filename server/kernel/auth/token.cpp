#include "kernel/auth/token.hpp"

#include <chrono>

#include "kernel/auth.hpp"
#include "kernel/auth/sodium.hpp"
#include "kernel/error.hpp"
#include "kernel/signature.hpp"
#include "kernel/values.hpp"

namespace ponte::auth {
namespace {

constexpr std::size_t longest_token = 4096;
constexpr std::string_view our_header = R"({"alg":"HS256","typ":"JWT"})";

struct Parts {
    std::string_view signed_part, header, payload, signature;
};

std::optional<Parts> split(std::string_view token) {
    const auto first = token.find('.');
    const auto second = first == token.npos ? token.npos : token.find('.', first + 1);
    if (second == token.npos || token.find('.', second + 1) != token.npos ||
        token.size() > longest_token) {
        return {};
    }
    return Parts{token.substr(0, second), token.substr(0, first),
                 token.substr(first + 1, second - first - 1), token.substr(second + 1)};
}

// What a stranger sent: anything that is no JSON object is simply no token.
std::optional<Json> object_of(std::string_view encoded) {
    const auto text = from_base64url(encoded);
    if (!text) {
        return {};
    }
    try {
        Json json = Json::parse(*text);
        if (json.is_object()) {
            return json;
        }
    } catch (const Error&) {
    }
    return {};
}

std::optional<Claims> claims_of(const Json& json) {
    const auto tenant = Id::parse(json["tid"].as_string());
    const auto user = Id::parse(json["sub"].as_string());
    const auto session = Id::parse(json["sid"].as_string());
    if (!tenant || !user || !session || !json["exp"].is_integer() || !json["iat"].is_integer()) {
        return {};
    }
    return Claims{*tenant, *user, *session, json["iat"].as_integer(), json["exp"].as_integer()};
}

std::string_view reason(Refusal refusal) {
    switch (refusal) {
        case Refusal::none:
            return "accepted";
        case Refusal::malformed:
            return "it is no token of this program: three base64url parts with our claims";
        case Refusal::wrong_signature:
            return "the signature does not match: signed with another key, or changed on its way";
        case Refusal::wrong_algorithm:
            return "its header names another algorithm than HS256";
        case Refusal::expired:
            return "it has expired";
    }
    return "unknown";
}

std::string time_text(std::int64_t seconds) {
    return format_time(Time{std::chrono::seconds{seconds}});
}

}  // namespace

std::string sign_token(const Claims& claims, std::string_view key) {
    need_sodium();
    static const std::string header = base64url(our_header);
    const Json payload = Json::object({{"sub", claims.user},
                                       {"tid", claims.tenant},
                                       {"sid", claims.session},
                                       {"iat", claims.issued_at_s},
                                       {"exp", claims.expires_at_s}});
    std::string token = header + "." + base64url(payload.dump());
    const std::string signature = hmac_sha256(key, token);
    return token + "." + base64url(signature);
}

Verified verify_token(std::string_view token, std::string_view key, std::int64_t now_s) {
    need_sodium();
    const auto parts = split(token);
    const auto header = parts ? object_of(parts->header) : std::nullopt;
    if (!header) {
        return {Refusal::malformed, {}};
    }
    if ((*header)["alg"].as_string() != "HS256") {
        return {Refusal::wrong_algorithm, {}};
    }
    const auto given = from_base64url(parts->signature);
    const std::string expected = hmac_sha256(key, parts->signed_part);
    if (!given || !is_same_secret(*given, expected)) {
        return {Refusal::wrong_signature, {}};
    }
    const auto payload = object_of(parts->payload);
    const auto claims = payload ? claims_of(*payload) : std::nullopt;
    if (!claims) {
        return {Refusal::malformed, {}};
    }
    return {claims->expires_at_s <= now_s ? Refusal::expired : Refusal::none, *claims};
}

std::string inspect_token(std::string_view token, std::string_view key, std::int64_t now_s) {
    const Verified result = verify_token(token, key, now_s);
    std::string text = result.refusal == Refusal::none
                           ? "The token is accepted.\n"
                           : "The token is refused: " + std::string(reason(result.refusal)) + ".\n";
    // Only what our key has signed is shown.
    if (result.refusal == Refusal::none || result.refusal == Refusal::expired) {
        text += "  tenant   " + result.claims.tenant.text() + "\n";
        text += "  user     " + result.claims.user.text() + "\n";
        text += "  session  " + result.claims.session.text() + "\n";
        text += "  issued   " + time_text(result.claims.issued_at_s) + "\n";
        text += "  expires  " + time_text(result.claims.expires_at_s) + "\n";
        text +=
            "A session that was ended, a user that was deactivated or a suspended company still "
            "refuse it; the server knows that.\n";
    }
    return text;
}

}  // namespace ponte::auth
