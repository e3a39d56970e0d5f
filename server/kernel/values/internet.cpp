// E-mail addresses and web addresses: what real mailboxes and browsers take, not every form that
// the standards would allow. Domains may be written in UTF-8; the part before @ may not, since an
// accent there is nearly always a typing mistake and few servers would deliver it.
#include "kernel/values/readers.hpp"

namespace ponte {
namespace {

bool is_high(char c) { return static_cast<unsigned char>(c) >= 0x80; }
bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool is_mailbox_name(std::string_view name) {
    if (name.empty() || name.size() > 64 || name.front() == '.' || name.back() == '.') {
        return false;
    }
    char before = 0;
    for (const char c : name) {
        constexpr std::string_view marks = "!#$%&'*+-/=?^_`{|}~.";
        if (!is_alphanumeric(c) && marks.find(c) == marks.npos) {
            return false;
        }
        if (c == '.' && before == '.') {
            return false;
        }
        before = c;
    }
    return true;
}

bool is_label(std::string_view label) {
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') {
        return false;
    }
    for (std::size_t i = 0; i < label.size(); ++i) {
        if (!is_alphanumeric(label[i]) && label[i] != '-' && !is_high(label[i])) {
            return false;
        }
        // Quotes, dashes and signs that were copied along: U+0080–00BF, U+2000–2BFF.
        const auto c = static_cast<unsigned char>(label[i]);
        const auto next = i + 1 < label.size() ? static_cast<unsigned char>(label[i + 1]) : 0;
        if (c == 0xC2 || (c == 0xE2 && next >= 0x80 && next <= 0xAF)) {
            return false;
        }
    }
    return true;
}

struct Labels {
    int count = 0;
    std::string_view last;
    bool are_fine = true;
};

Labels labels_of(std::string_view domain) {
    Labels found;
    while (true) {
        const auto dot = domain.find('.');
        found.last = domain.substr(0, dot);
        found.are_fine = found.are_fine && is_label(found.last);
        ++found.count;
        if (dot == domain.npos) {
            return found;
        }
        domain.remove_prefix(dot + 1);
    }
}

bool is_domain(std::string_view domain) {
    if (domain.empty() || domain.size() > 253) {
        return false;
    }
    const Labels labels = labels_of(domain);
    const bool is_number = labels.last.find_first_not_of("0123456789") == labels.last.npos;
    return labels.are_fine && labels.count >= 2 && labels.last.size() >= 2 && !is_number;
}

// A host of a web address: a name, also without a dot as in a company's own network, or numbers.
bool is_host(std::string_view host) {
    if (host.starts_with('[')) {
        return host.size() > 3 && host.ends_with(']') &&
               host.substr(1, host.size() - 2).find_first_not_of("0123456789abcdefABCDEF:.") ==
                   host.npos;
    }
    if (host.ends_with('.')) {
        host.remove_suffix(1);
    }
    return !host.empty() && host.size() <= 253 && labels_of(host).are_fine;
}

bool is_port(std::string_view port) {
    return !port.empty() && port.size() <= 5 && port.find_first_not_of("0123456789") == port.npos &&
           std::stoi(std::string(port)) <= 65535;
}

}  // namespace

std::string email_match_key(std::string_view email) {
    std::string key(values::trimmed(email));
    for (char& c : key) {
        c = lower(c);
    }
    return key;
}

namespace values {

Read read_email(std::string_view text) {
    if (text.size() > 254) {
        return {{}, "too_long"};
    }
    const auto at = text.find('@');
    if (at == text.npos || !is_mailbox_name(text.substr(0, at)) ||
        !is_domain(text.substr(at + 1)) || !is_valid_utf8(text)) {
        return {{}, "format"};
    }
    std::string address(text);
    for (std::size_t i = at; i < address.size(); ++i) {
        address[i] = lower(address[i]);
    }
    return {std::move(address), {}};
}

Read read_url(std::string_view text) {
    if (text.size() > 2048) {
        return {{}, "too_long"};
    }
    const auto colon = text.find("://");
    std::string scheme(text.substr(0, colon == text.npos ? 0 : colon));
    for (char& c : scheme) {
        c = lower(c);
    }
    if (scheme != "http" && scheme != "https") {
        return {{}, "format"};
    }
    const auto rest = text.substr(colon + 3);
    auto host = rest.substr(0, rest.find_first_of("/?#"));
    const auto path = rest.substr(host.size());
    const auto port = host.rfind(':');
    const bool has_port = port != host.npos && host.find(']', port) == host.npos;
    const bool is_odd = path.find_first_of(" \"<>\\^`{|}") != path.npos ||
                        host.find('@') != host.npos || !is_valid_utf8(text);
    if (is_odd || (has_port && !is_port(host.substr(port + 1)))) {
        return {{}, "format"};
    }
    std::string name(has_port ? host.substr(0, port) : host);
    if (!is_host(name)) {
        return {{}, "format"};
    }
    for (char& c : name) {
        c = lower(c);
    }
    const auto tail = has_port ? host.substr(port) : std::string_view{};
    return {scheme + "://" + name + std::string(tail) + std::string(path), {}};
}

}  // namespace values
}  // namespace ponte
