#include "kernel/oauth/address.hpp"

#include <algorithm>

namespace ponte::oauth {

std::string address(const Settings& settings, const OAuthProvider& provider, std::string_view url) {
    const std::string base = integrations_of(settings).preset_of(provider.base_variable);
    if (base.empty()) {
        return std::string(url);
    }
    const std::size_t host = url.find("//") + 2;
    return base + std::string(url.substr(std::min(url.find('/', host), url.size())));
}

}  // namespace ponte::oauth
