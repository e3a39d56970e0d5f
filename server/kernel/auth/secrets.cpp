// Random tokens, digests and sealed values. A sealed value names the key that sealed it, so that
// keys can be replaced: the newest key stands first and seals, older ones still open.
#include <vector>

#include "kernel/auth.hpp"
#include "kernel/auth/sodium.hpp"

namespace ponte::auth {
namespace {

constexpr std::string_view version_mark = "s1.";

std::string hash_of(std::string_view text, std::size_t size) {
    std::string out(size, '\0');
    crypto_generichash(bytes_of(out), out.size(), bytes_of(text), text.size(), nullptr, 0);
    return out;
}

std::string hex(std::string_view bytes) {
    std::string out(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), bytes_of(bytes), bytes.size());
    out.pop_back();
    return out;
}

// Keys are text of any length; several are separated by commas or line breaks.
std::vector<std::string_view> keys_of(std::string_view text) {
    std::vector<std::string_view> keys;
    while (!text.empty()) {
        const auto end = text.find_first_of(", \r\n");
        if (end != 0) {
            keys.push_back(text.substr(0, end));
        }
        text = end == text.npos ? std::string_view{} : text.substr(end + 1);
    }
    return keys;
}

std::string id_of_key(std::string_view key) {
    return hex(hash_of("seal-key-id:" + std::string(key), crypto_generichash_BYTES).substr(0, 4));
}

std::string box_key(std::string_view key) { return hash_of(key, crypto_secretbox_KEYBYTES); }

}  // namespace

std::string random_token(std::size_t bytes) {
    need_sodium();
    std::string raw(bytes, '\0');
    randombytes_buf(raw.data(), raw.size());
    return base64url(raw);
}

std::string digest(std::string_view secret) {
    need_sodium();
    return hex(hash_of(secret, crypto_generichash_BYTES));
}

std::string seal(std::string_view plain, std::string_view key) {
    need_sodium();
    const auto keys = keys_of(key);
    const std::string_view newest = keys.empty() ? std::string_view{} : keys.front();
    std::string nonce(crypto_secretbox_NONCEBYTES, '\0');
    randombytes_buf(nonce.data(), nonce.size());
    std::string box(plain.size() + crypto_secretbox_MACBYTES, '\0');
    const std::string secret = box_key(newest);
    crypto_secretbox_easy(bytes_of(box), bytes_of(plain), plain.size(),
                          bytes_of(std::string_view(nonce)), bytes_of(std::string_view(secret)));
    return std::string(version_mark) + id_of_key(newest) + "." + base64url(nonce + box);
}

std::optional<std::string> unseal(std::string_view sealed, std::string_view key) {
    need_sodium();
    if (!sealed.starts_with(version_mark)) {
        return {};
    }
    sealed.remove_prefix(version_mark.size());
    const auto dot = sealed.find('.');
    const auto bytes = dot == sealed.npos ? std::nullopt : from_base64url(sealed.substr(dot + 1));
    if (!bytes || bytes->size() < crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES) {
        return {};
    }
    const std::string_view nonce = std::string_view(*bytes).substr(0, crypto_secretbox_NONCEBYTES);
    const std::string_view box = std::string_view(*bytes).substr(crypto_secretbox_NONCEBYTES);
    for (const std::string_view one : keys_of(key)) {
        if (id_of_key(one) != sealed.substr(0, dot)) {
            continue;
        }
        const std::string secret = box_key(one);
        std::string plain(box.size() - crypto_secretbox_MACBYTES, '\0');
        if (crypto_secretbox_open_easy(bytes_of(plain), bytes_of(box), box.size(), bytes_of(nonce),
                                       bytes_of(std::string_view(secret))) == 0) {
            return plain;
        }
    }
    return {};
}

}  // namespace ponte::auth
