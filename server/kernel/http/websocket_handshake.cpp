#include <openssl/evp.h>
#include <openssl/sha.h>

#include "kernel/http/request_facts.hpp"
#include "kernel/http/websocket_session.hpp"

namespace ponte::http {
namespace {

// RFC 6455: what a client's key is hashed with, so that no cache answers in our place.
constexpr std::string_view key_suffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
constexpr std::size_t key_text_bytes = 24;  // 16 bytes in base64

std::string accept_key(std::string_view key) {
    std::string text(key);
    text += key_suffix;
    unsigned char digest[SHA_DIGEST_LENGTH];
    SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
    unsigned char encoded[32];
    const int size = EVP_EncodeBlock(encoded, digest, sizeof(digest));
    return {reinterpret_cast<const char*>(encoded), static_cast<std::size_t>(size)};
}

}  // namespace

bool wants_websocket(const Request& request) {
    const auto upgrade = request.header("upgrade");
    return !upgrade.empty() && has_token(upgrade, "websocket");
}

int handshake_problem(const Request& request) {
    constexpr int bad_request = 400, upgrade_required = 426;
    const auto key = request.header("sec-websocket-key");
    const bool is_asked_well = request.method == "GET" &&
                               has_token(request.header("connection"), "upgrade") &&
                               key.size() == key_text_bytes && key.ends_with("==");
    if (!is_asked_well) {
        return bad_request;
    }
    return request.header("sec-websocket-version") == "13" ? 0 : upgrade_required;
}

std::string handshake_answer(const Request& request) {
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "X-Request-Id: " +
           request.request_id +
           "\r\nSec-WebSocket-Accept: " + accept_key(request.header("sec-websocket-key")) +
           "\r\n\r\n";
}

}  // namespace ponte::http
