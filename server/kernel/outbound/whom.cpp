#include "kernel/outbound/whom.hpp"

#include <algorithm>

#include "kernel/id.hpp"
#include "kernel/values.hpp"

namespace ponte::outbound {
namespace {

constexpr std::size_t longest_shown = 200, longest_word = 24;

// Ids and words are shown; what is long and no id may be a token.
std::string shown_segment(std::string_view segment) {
    const bool is_telling =
        segment.size() <= longest_word && segment.find_first_of(":@=%") == std::string_view::npos;
    return is_telling || Id::parse(segment) ? std::string(segment) : "…";
}

std::string shown_path(std::string_view path) {
    std::string shown;
    while (!path.empty() && shown.size() < longest_shown) {
        path.remove_prefix(1);  // its slash
        const std::size_t end = std::min(path.find('/'), path.size());
        shown += "/" + shown_segment(path.substr(0, end));
        path.remove_prefix(end);
    }
    return is_valid_utf8(shown) ? shown : "";
}

}  // namespace

Whom whom_of(std::string_view url) {
    const std::size_t begin = std::min(url.find("//"), url.size());
    url.remove_prefix(std::min(begin + 2, url.size()));
    url = url.substr(0, url.find_first_of("?#"));
    std::string_view host = url.substr(0, url.find('/'));
    const std::string_view path = url.substr(host.size());
    host.remove_prefix(std::min(host.rfind('@') + 1, host.size()));
    return {is_valid_utf8(host) ? std::string(host.substr(0, longest_shown)) : "",
            shown_path(path)};
}

bool is_mail(std::string_view url) { return url.starts_with("smtp"); }

}  // namespace ponte::outbound
