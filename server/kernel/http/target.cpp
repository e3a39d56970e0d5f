#include "kernel/http/target.hpp"

#include <algorithm>

#include "kernel/http.hpp"
#include "kernel/values.hpp"

namespace ponte::http {
namespace {

int hex_value(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// The octet behind a percent sign, or -1.
int octet_at(std::string_view text, std::size_t percent) {
    if (percent + 2 >= text.size()) {
        return -1;
    }
    const int high = hex_value(text[percent + 1]), low = hex_value(text[percent + 2]);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

bool is_control(unsigned char c) { return c < 0x20 || c == 0x7f; }

std::optional<std::string> decode_path(std::string_view raw) {
    std::string path;
    path.reserve(raw.size());
    bool is_ascii = true;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        int octet = static_cast<unsigned char>(raw[i]);
        if (raw[i] == '%') {
            octet = octet_at(raw, i);
            i += 2;
            if (octet < 0 || octet == '/') {
                return {};
            }
        }
        const auto c = static_cast<unsigned char>(octet);
        if (is_control(c) || c == '\\') {
            return {};
        }
        is_ascii = is_ascii && c < 0x80;
        if (c != '/' || path.empty() || path.back() != '/') {
            path += static_cast<char>(c);
        }
    }
    if (!is_ascii && !is_valid_utf8(path)) {
        return {};
    }
    return path;
}

bool has_dot_segment(std::string_view path) {
    if (path.find("/.") == path.npos) {
        return false;
    }
    std::size_t start = 0;
    while (start < path.size()) {
        const auto end = std::min(path.find('/', start + 1), path.size());
        const auto segment = path.substr(start + 1, end - start - 1);
        if (segment == "." || segment == "..") {
            return true;
        }
        start = end;
    }
    return false;
}

// The database takes no NUL and no broken UTF-8, so no value may hold them.
bool is_text(std::string_view query) {
    const auto needs_look = [](char c) {
        return c == '%' || static_cast<unsigned char>(c) >= 0x80;
    };
    if (std::none_of(query.begin(), query.end(), needs_look)) {
        return true;
    }
    const std::string decoded = url_decode(query, false);
    return decoded.find('\0') == decoded.npos && is_valid_utf8(decoded);
}

// "http://host/path" means "/path": proxies may ask like that, and we must understand them.
std::string_view without_origin(std::string_view target) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (target.starts_with(scheme) && target.size() > scheme.size()) {
            const auto host_end = target.find_first_of("/?", scheme.size());
            return host_end == target.npos ? "/" : target.substr(host_end);
        }
    }
    return target;
}

}  // namespace

std::optional<Target> parse_target(std::string_view method, std::string_view target) {
    if (target == "*" && method == "OPTIONS") {
        return Target{"*", {}};
    }
    const bool is_absolute = !target.starts_with('/');
    if (is_absolute) {
        target = without_origin(target);
    }
    target = target.substr(0, target.find('#'));
    const auto question = std::min(target.find('?'), target.size());
    const auto query = target.substr(std::min(question + 1, target.size()));
    target = is_absolute && question == 0 && !query.empty() ? "/" : target.substr(0, question);
    if (!target.starts_with('/') || !is_text(query)) {
        return {};
    }
    auto path = decode_path(target);
    if (!path || has_dot_segment(*path)) {
        return {};
    }
    return Target{std::move(*path), std::string(query)};
}

std::string url_decode(std::string_view text, bool plus_is_space) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int octet = text[i] == '%' ? octet_at(text, i) : -1;
        if (octet >= 0) {
            decoded += static_cast<char>(octet);
            i += 2;
        } else {
            decoded += plus_is_space && text[i] == '+' ? ' ' : text[i];
        }
    }
    return decoded;
}

std::string url_encode(std::string_view text) {
    constexpr char digits[] = "0123456789ABCDEF";
    constexpr std::string_view plain = "-._~";
    std::string encoded;
    for (const char c : text) {
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (is_letter || (c >= '0' && c <= '9') || plain.find(c) != plain.npos) {
            encoded += c;
        } else {
            encoded += '%';
            encoded += digits[(c >> 4) & 15];
            encoded += digits[c & 15];
        }
    }
    return encoded;
}

}  // namespace ponte::http
