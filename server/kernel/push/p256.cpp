#include "kernel/push/p256.hpp"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>

#include <memory>

namespace ponte::push {
namespace {

constexpr std::size_t point_bytes = 65, scalar_bytes = 32, tag_bytes = 16;

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* one) const {
        Free(one);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Freed<BN_clear_free>>;
using Group = std::unique_ptr<EC_GROUP, Freed<EC_GROUP_free>>;
using Point = std::unique_ptr<EC_POINT, Freed<EC_POINT_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

Number number_of(std::string_view bytes) {
    return Number(BN_bin2bn(bytes_of(bytes), static_cast<int>(bytes.size()), nullptr));
}

// A key of these parts; no private one makes a public key.
Key key_of(std::string_view private_key, std::string_view public_key) {
    const Builder builder(OSSL_PARAM_BLD_new());
    const Number secret = number_of(private_key);
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, public_key.data(),
                                     public_key.size());
    if (!private_key.empty()) {
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, secret.get());
    }
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* key = nullptr;
    if (EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key,
                          private_key.empty() ? EVP_PKEY_PUBLIC_KEY : EVP_PKEY_KEYPAIR,
                          parameters.get()) != 1) {
        return nullptr;
    }
    return Key(key);
}

Key own_key(std::string_view private_key) {
    const auto public_key = public_of(private_key);
    return public_key ? key_of(private_key, *public_key) : nullptr;
}

}  // namespace

std::optional<std::string> public_of(std::string_view private_key) {
    const Group group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
    const Number secret = number_of(private_key);
    if (private_key.size() != scalar_bytes || BN_is_zero(secret.get()) ||
        BN_cmp(secret.get(), EC_GROUP_get0_order(group.get())) >= 0) {
        return {};
    }
    const Point point(EC_POINT_new(group.get()));
    std::string out(point_bytes, '\0');
    if (EC_POINT_mul(group.get(), point.get(), secret.get(), nullptr, nullptr, nullptr) != 1 ||
        EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, bytes_of(out),
                           out.size(), nullptr) != out.size()) {
        return {};
    }
    return out;
}

std::optional<std::string> agreed(std::string_view private_key, std::string_view other) {
    const Key own = own_key(private_key), theirs = key_of({}, other);
    if (!own || !theirs) {
        return {};
    }
    const KeyContext context(EVP_PKEY_CTX_new(own.get(), nullptr));
    std::string out(scalar_bytes, '\0');
    std::size_t size = out.size();
    if (EVP_PKEY_derive_init(context.get()) != 1 ||
        EVP_PKEY_derive_set_peer(context.get(), theirs.get()) != 1 ||
        EVP_PKEY_derive(context.get(), bytes_of(out), &size) != 1 || size != scalar_bytes) {
        return {};
    }
    return out;
}

std::optional<std::string> signed_es256(std::string_view private_key, std::string_view text) {
    const Key key = own_key(private_key);
    const std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
    std::size_t size = 0;
    if (!key || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1 ||
        EVP_DigestSign(context.get(), nullptr, &size, bytes_of(text), text.size()) != 1) {
        return {};
    }
    std::string der(size, '\0');
    if (EVP_DigestSign(context.get(), bytes_of(der), &size, bytes_of(text), text.size()) != 1) {
        return {};
    }
    const unsigned char* begin = bytes_of(std::string_view(der));
    const std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>> signature(
        d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(size)));
    std::string out(2 * scalar_bytes, '\0');
    if (!signature ||
        BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), bytes_of(out), scalar_bytes) < 0 ||
        BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), bytes_of(out) + scalar_bytes,
                     scalar_bytes) < 0) {
        return {};
    }
    return out;
}

std::string encrypted(std::string_view key, std::string_view nonce, std::string_view text) {
    const std::unique_ptr<EVP_CIPHER_CTX, Freed<EVP_CIPHER_CTX_free>> context(EVP_CIPHER_CTX_new());
    std::string out(text.size() + tag_bytes, '\0');
    int size = 0, rest = 0;
    EVP_EncryptInit_ex(context.get(), EVP_aes_128_gcm(), nullptr, bytes_of(key), bytes_of(nonce));
    EVP_EncryptUpdate(context.get(), bytes_of(out), &size, bytes_of(text),
                      static_cast<int>(text.size()));
    EVP_EncryptFinal_ex(context.get(), bytes_of(out) + size, &rest);
    EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tag_bytes,
                        bytes_of(out) + text.size());
    return out;
}

}  // namespace ponte::push
