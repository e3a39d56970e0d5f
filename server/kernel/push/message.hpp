// A message to somebody's browser, by way of whoever its maker lets deliver them: sealed for that
// browser alone (RFC 8291, RFC 8188) and signed as this installation's (VAPID, RFC 8292).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/values.hpp"

namespace ponte::push {

// What a browser gave: where its messages go, and the keys that it reads them with (base64url).
struct Subscription {
    std::string endpoint, p256dh, auth;
};
// None: it is no point of the curve, or no secret of 16 bytes.
bool is_valid(const Subscription& subscription);

// This installation, as it shows itself to those who deliver.
struct Sender {
    std::string secret;   // its key is made of it
    std::string contact;  // "https://crm.exemplo.com.br", "mailto:…": whom they may ask
};
std::string public_key_of(const Sender& sender);  // base64url, as browsers want to know it

struct Message {
    std::vector<std::string> headers;
    std::string body;
};
constexpr std::size_t most_text = 3'000;  // bytes; a message has 4,096 at most

// `text` is what the browser's worker gets.
std::optional<Message> message_for(const Subscription& subscription, const Sender& sender,
                                   std::string_view text, Time now);

// The same with what is otherwise drawn by lot: for the vectors of the RFC.
struct Lots {
    std::string private_key, salt;  // 32 and 16 bytes
};
std::optional<std::string> sealed_for(const Subscription& subscription, std::string_view text,
                                      const Lots& lots);

}  // namespace ponte::push
