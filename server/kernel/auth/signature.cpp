#include "kernel/signature.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/x509.h>

#include <memory>

#include "kernel/auth/sodium.hpp"

namespace ponte {

using auth::bytes_of;

std::string hmac_sha256(std::string_view key, std::string_view text) {
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
    crypto_auth_hmacsha256_update(&state, bytes_of(text), text.size());
    std::string out(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256_final(&state, bytes_of(out));
    return out;
}

std::string hmac_sha1(std::string_view key, std::string_view text) {
    std::string out(EVP_MAX_MD_SIZE, '\0');
    unsigned int size = 0;
    HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(text.data()), text.size(),
         reinterpret_cast<unsigned char*>(out.data()), &size);
    out.resize(size);
    return out;
}

bool is_signed_p256(std::string_view public_key, std::string_view text,
                    std::string_view signature) {
    const auto key_bytes = from_base64(public_key), signed_bytes = from_base64(signature);
    if (!key_bytes || !signed_bytes) {
        return false;
    }
    const auto* begin = reinterpret_cast<const unsigned char*>(key_bytes->data());
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
        d2i_PUBKEY(nullptr, &begin, static_cast<long>(key_bytes->size())), EVP_PKEY_free);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> verify(EVP_MD_CTX_new(),
                                                                         EVP_MD_CTX_free);
    if (!key || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_EC || !verify ||
        EVP_DigestVerifyInit(verify.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1) {
        return false;
    }
    return EVP_DigestVerify(verify.get(),
                            reinterpret_cast<const unsigned char*>(signed_bytes->data()),
                            signed_bytes->size(),
                            reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1;
}

std::string sha256(std::string_view bytes) {
    std::string digest(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256(reinterpret_cast<unsigned char*>(digest.data()), bytes_of(bytes),
                       bytes.size());
    return digest;
}

std::string to_hex(std::string_view bytes) {
    std::string out(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), bytes_of(bytes), bytes.size());
    out.pop_back();  // its terminating zero
    return out;
}

std::string to_base64(std::string_view bytes) {
    return auth::base64(bytes, sodium_base64_VARIANT_ORIGINAL);
}

std::optional<std::string> from_base64(std::string_view text) {
    return auth::from_base64(text, sodium_base64_VARIANT_ORIGINAL);
}

std::string to_base64url(std::string_view bytes) { return auth::base64url(bytes); }

std::optional<std::string> from_base64url(std::string_view text) {
    return auth::from_base64url(text);
}

bool is_same_secret(std::string_view one, std::string_view other) {
    return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

std::string random_bytes(std::size_t count) {
    auth::need_sodium();
    std::string out(count, '\0');
    randombytes_buf(out.data(), out.size());
    return out;
}

}  // namespace ponte
