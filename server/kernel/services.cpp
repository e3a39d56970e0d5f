#include "kernel/services.hpp"

namespace ponte {

bool others_may_exist(const Settings& settings) {
    return !settings.database_url.empty() || settings.role != "all";
}

}  // namespace ponte
