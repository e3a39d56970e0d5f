#include <curl/curl.h>

#include <charconv>
#include <memory>

#include "kernel/outbound.hpp"
#include "kernel/outbound/guard.hpp"
#include "kernel/services.hpp"

namespace ponte::outbound {
namespace {

using Url = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

std::string part(CURLU* url, CURLUPart which, unsigned flags = 0) {
    char* text = nullptr;
    std::string found;
    if (curl_url_get(url, which, &text, flags) == CURLUE_OK) {
        found = text;
    }
    curl_free(text);
    return found;
}

bool has_odd_characters(std::string_view url) {
    for (const char c : url) {
        if (static_cast<unsigned char>(c) <= ' ' || c == '\\' || c == 0x7f) {
            return true;
        }
    }
    return false;
}

int port_of(CURLU* url) {
    const std::string text = part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
    int port = 0;
    std::from_chars(text.data(), text.data() + text.size(), port);
    return port;
}

}  // namespace

// What the guard will say of a public address is said when the URL is typed; the operator opens
// private ones, where anything may be spoken.
std::string_view problem_of_url(const Settings& settings, std::string_view text) {
    const Url url(curl_url(), curl_url_cleanup);
    const std::string copy(text);
    if (has_odd_characters(text) ||
        curl_url_set(url.get(), CURLUPART_URL, copy.c_str(), CURLU_NON_SUPPORT_SCHEME) !=
            CURLUE_OK ||
        part(url.get(), CURLUPART_HOST).empty()) {
        return "invalid";
    }
    const std::string scheme = part(url.get(), CURLUPART_SCHEME);
    if (scheme != "https" && scheme != "http") {
        return "invalid";
    }
    if (!part(url.get(), CURLUPART_USER).empty() || !part(url.get(), CURLUPART_PASSWORD).empty()) {
        return "url.with_credentials";
    }
    const bool is_anything_opened = !settings.allow_private.empty();
    if (scheme == "http" && !is_anything_opened) {
        return "url.not_encrypted";
    }
    return is_open_port(port_of(url.get())) || is_anything_opened ? "" : "url.port";
}

}  // namespace ponte::outbound
