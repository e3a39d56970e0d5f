#include "kernel/services.hpp"

namespace ponte {

std::string ObjectStore::origin() const {
    if (public_url.empty() || is_in_path) {
        return public_url;
    }
    const std::size_t host = public_url.find("//") + 2;
    return public_url.substr(0, host) + bucket + "." + public_url.substr(host);
}

bool others_may_exist(const Settings& settings) {
    return !settings.database_url.empty() || settings.role != "all";
}

}  // namespace ponte
