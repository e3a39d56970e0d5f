// How companies speak and where they are, as far as jobs of theirs have run here lately.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "kernel/ctx.hpp"

namespace ponte {
class App;
}

namespace ponte::jobs {

class Companies {
public:
    Task<> speak_for(Ctx& ctx);
    void forget(const Id& tenant);

private:
    struct Company {
        std::string locale, timezone;
        std::chrono::steady_clock::time_point read_at;
    };
    std::optional<Company> find(const Id& tenant);

    std::mutex mutex_;
    std::unordered_map<Id, Company> known_;
};

// Whoever is due by the clock of their company (JobKind::daily_for_each_company_at).
void declare_daily(App& app);

}  // namespace ponte::jobs
