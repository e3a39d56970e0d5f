#include "kernel/oauth/id_token.hpp"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <memory>

#include "kernel/error.hpp"
#include "kernel/signature.hpp"

namespace ponte::oauth {
namespace {

template <auto free>
struct Freed {
    template <class T>
    void operator()(T* one) const {
        free(one);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Number = std::unique_ptr<BIGNUM, Freed<BN_free>>;

constexpr std::int64_t clocks_differ_s = 120;

Json json_of(std::string_view part) {
    const auto text = from_base64url(part);
    try {
        return text ? Json::parse(*text, 1'000) : Json{};
    } catch (const Error&) {
        return {};
    }
}

Number number_of(const Json& text) {
    const auto bytes = from_base64url(text.as_string());
    const auto* begin = bytes ? reinterpret_cast<const unsigned char*>(bytes->data()) : nullptr;
    return Number(begin ? BN_bin2bn(begin, static_cast<int>(bytes->size()), nullptr) : nullptr);
}

Key key_of(const Json& jwk) {
    const Number modulus = number_of(jwk["n"]), exponent = number_of(jwk["e"]);
    const std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>> build(OSSL_PARAM_BLD_new());
    if (!modulus || !exponent || BN_num_bits(modulus.get()) < 2048) {
        return nullptr;
    }
    OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
    OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
    const std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>> parameters(
        OSSL_PARAM_BLD_to_param(build.get()));
    const std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>> making(
        EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    EVP_PKEY* key = nullptr;
    const bool is_made =
        EVP_PKEY_fromdata_init(making.get()) > 0 &&
        EVP_PKEY_fromdata(making.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) > 0;
    return Key(is_made ? key : nullptr);
}

bool is_signed(std::string_view text, std::string_view signature, const Json& jwk) {
    const Key key = key_of(jwk);
    const std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>> check(EVP_MD_CTX_new());
    const auto bytes = [](std::string_view of) {
        return reinterpret_cast<const unsigned char*>(of.data());
    };
    return key &&
           EVP_DigestVerifyInit(check.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
           EVP_DigestVerify(check.get(), bytes(signature), signature.size(), bytes(text),
                            text.size()) == 1;
}

const Json* signing_key(const Json& keys, const Json& id) {
    for (const Json& key : keys["keys"].items()) {
        if (key["kid"] == id && key["kty"] == Json("RSA")) {
            return &key;
        }
    }
    return nullptr;
}

bool is_for(const Json& audience, const Json& authorized, const std::string& client) {
    if (!audience.is_array()) {
        return audience == Json(client);
    }
    bool is_there = false;
    for (const Json& one : audience.items()) {
        is_there = is_there || one == Json(client);
    }
    return is_there && (audience.items().size() == 1 || authorized == Json(client));
}

// Google leaves the scheme out at times.
bool is_from(const std::string& issuer, const std::string& expected) {
    return issuer == expected || "https://" + issuer == expected;
}

std::string problem_of(const Json& claims, const Expected& expected) {
    if (!is_from(claims["iss"].as_string(), expected.issuer)) {
        return "wrong_issuer";
    }
    if (!is_for(claims["aud"], claims["azp"], expected.client)) {
        return "wrong_audience";
    }
    if (claims["exp"].as_integer() + clocks_differ_s <= expected.now_s) {
        return "expired";
    }
    if (expected.nonce.empty() || claims["nonce"] != Json(expected.nonce)) {
        return "wrong_nonce";
    }
    return claims["sub"].as_string().empty() ? "nobody" : "";
}

}  // namespace

Identified read_id_token(std::string_view token, const Json& keys, const Expected& expected) {
    const std::size_t first = token.find('.'), second = token.find('.', first + 1);
    if (first == token.npos || second == token.npos) {
        return {{}, "malformed"};
    }
    const Json head = json_of(token.substr(0, first));
    const Json claims = json_of(token.substr(first + 1, second - first - 1));
    const auto signature = from_base64url(token.substr(second + 1));
    if (head["alg"] != Json("RS256") || !signature) {
        return {{}, "malformed"};
    }
    const Json* key = signing_key(keys, head["kid"]);
    if (!key) {
        return {{}, "unknown_key"};
    }
    if (!is_signed(token.substr(0, second), *signature, *key)) {
        return {{}, "wrong_signature"};
    }
    std::string problem = problem_of(claims, expected);
    if (!problem.empty()) {
        return {{}, std::move(problem)};
    }
    return {Identity{claims["sub"].as_string(), claims["email"].as_string(),
                     claims["email_verified"].as_bool()},
            {}};
}

}  // namespace ponte::oauth
