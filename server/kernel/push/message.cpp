#include "kernel/push/message.hpp"

#include "kernel/json.hpp"
#include "kernel/push/p256.hpp"
#include "kernel/signature.hpp"

namespace ponte::push {
namespace {

constexpr std::size_t secret_bytes = 16, salt_bytes = 16, scalar_bytes = 32;

using namespace std::literals;

// HKDF's second half for what fits into one block (RFC 5869 §2.3).
std::string expanded(std::string_view key, std::string_view info, std::size_t length) {
    return hmac_sha256(key, std::string(info) + '\x01').substr(0, length);
}

// Of the installation's secret, again and again the same; the odd one that is no key has a next.
std::string private_key_of(const Sender& sender) {
    std::string key = hmac_sha256(sender.secret, "web push key");
    while (!public_of(key)) {
        key = hmac_sha256(sender.secret, key);
    }
    return key;
}

// "https://push.example.com/send/1" → "https://push.example.com"
std::string origin_of(std::string_view endpoint) {
    const std::size_t host = endpoint.find("//");
    const std::size_t end = host == endpoint.npos ? 0 : endpoint.find('/', host + 2);
    return std::string(endpoint.substr(0, end));
}

std::string token_for(const std::string& endpoint, const Sender& sender, Time now) {
    constexpr std::int64_t lasts_s = 12 * 3600;  // a day at most (RFC 8292 §2)
    const auto now_s =
        std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    const Json claims = Json::object(
        {{"aud", origin_of(endpoint)}, {"exp", now_s + lasts_s}, {"sub", sender.contact}});
    const std::string text =
        to_base64url(R"({"typ":"JWT","alg":"ES256"})") + "." + to_base64url(claims.dump());
    const auto signature = signed_es256(private_key_of(sender), text);
    return text + "." + to_base64url(signature.value_or(""));
}

}  // namespace

bool is_valid(const Subscription& subscription) {
    const auto point = from_base64url(subscription.p256dh);
    const auto secret = from_base64url(subscription.auth);
    const std::string any = hmac_sha256("any", "key");
    return point && secret && secret->size() == secret_bytes && agreed(any, *point).has_value();
}

std::string public_key_of(const Sender& sender) {
    return to_base64url(public_of(private_key_of(sender)).value_or(""));
}

std::optional<std::string> sealed_for(const Subscription& subscription, std::string_view text,
                                      const Lots& lots) {
    const auto theirs = from_base64url(subscription.p256dh);
    const auto secret = from_base64url(subscription.auth);
    const auto own = public_of(lots.private_key);
    if (!theirs || !secret || !own) {
        return {};
    }
    const auto shared = agreed(lots.private_key, *theirs);
    if (!shared) {
        return {};
    }
    const std::string info = "WebPush: info\0"s + *theirs + *own;
    const std::string input = expanded(hmac_sha256(*secret, *shared), info, 32);
    const std::string key = hmac_sha256(lots.salt, input);
    const std::string sealed = encrypted(expanded(key, "Content-Encoding: aes128gcm\0"sv, 16),
                                         expanded(key, "Content-Encoding: nonce\0"sv, 12),
                                         std::string(text) + '\x02');  // the last record
    return lots.salt + "\0\0\x10\0"s + static_cast<char>(own->size()) + *own + sealed;
}

std::optional<Message> message_for(const Subscription& subscription, const Sender& sender,
                                   std::string_view text, Time now) {
    Lots lots{random_bytes(scalar_bytes), random_bytes(salt_bytes)};
    while (!public_of(lots.private_key)) {
        lots.private_key = random_bytes(scalar_bytes);
    }
    auto body = sealed_for(subscription, text, lots);
    if (!body || text.size() > most_text) {
        return {};
    }
    const std::string token = token_for(subscription.endpoint, sender, now);
    return Message{
        {"Content-Type: application/octet-stream", "Content-Encoding: aes128gcm", "TTL: 86400",
         "Urgency: normal", "Authorization: vapid t=" + token + ", k=" + public_key_of(sender)},
        std::move(*body)};
}

}  // namespace ponte::push
