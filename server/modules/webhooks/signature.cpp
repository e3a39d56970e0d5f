#include "modules/webhooks/signature.hpp"

#include "kernel/signature.hpp"

namespace ponte::webhooks {
namespace {

constexpr std::string_view prefix = "whsec_";

// Of ours the key is what the base64 says; any other text is its own key.
std::string key_of(std::string_view secret) {
    if (secret.starts_with(prefix)) {
        if (auto bytes = from_base64(secret.substr(prefix.size()))) {
            return std::move(*bytes);
        }
    }
    return std::string(secret);
}

std::string seconds_of(Time at) {
    return std::to_string(
        std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count());
}

}  // namespace

std::string new_secret() {
    constexpr std::size_t key_bytes = 32;
    return std::string(prefix) + to_base64(random_bytes(key_bytes));
}

std::string_view problem_of_secret(std::string_view secret) {
    constexpr std::size_t fewest = 16, fewest_bytes = 24, most_bytes = 64;
    if (!secret.starts_with(prefix)) {
        return secret.size() < fewest ? "too_short" : "";
    }
    const auto bytes = from_base64(secret.substr(prefix.size()));
    const bool is_valid = bytes && bytes->size() >= fewest_bytes && bytes->size() <= most_bytes;
    return is_valid ? "" : "format";
}

std::string data_signature(std::string_view data, std::string_view secret) {
    return to_hex(hmac_sha256(secret, data));
}

std::vector<std::string> signature_headers(const Signed& what,
                                           const std::vector<std::string>& secrets) {
    const std::string at = seconds_of(what.at);
    const std::string signed_text = std::string(what.id) + "." + at + "." + std::string(what.body);
    std::string all;
    for (const std::string& secret : secrets) {
        all += (all.empty() ? "v1," : " v1,") + to_base64(hmac_sha256(key_of(secret), signed_text));
    }
    const std::string plain = what.version == 0
                                  ? data_signature(what.data, secrets.front())
                                  : "sha256=" + to_hex(hmac_sha256(secrets.front(), what.body));
    return {"webhook-id: " + std::string(what.id), "webhook-timestamp: " + at,
            "webhook-signature: " + all,           "X-Webhook-Id: " + std::string(what.id),
            "X-Webhook-Timestamp: " + at,          "X-Webhook-Signature: " + plain};
}

}  // namespace ponte::webhooks
