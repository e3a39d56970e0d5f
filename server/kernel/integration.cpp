#include "kernel/integration.hpp"

#include <algorithm>

#include "kernel/app.hpp"
#include "kernel/services.hpp"

namespace ponte {

std::string_view name_of(Integration::Type type) {
    constexpr std::string_view names[] = {"messaging", "automation",   "database", "analytics",
                                          "payment",   "crm",          "ai",       "storage",
                                          "email",     "notifications"};
    return names[static_cast<std::size_t>(type)];
}

std::string_view name_of(Integration::SetUp set_up) {
    constexpr std::string_view names[] = {"automatic", "manual", "oauth", "api_key", "credentials"};
    return names[static_cast<std::size_t>(set_up)];
}

std::string_view name_of(Integration::Stage stage) {
    constexpr std::string_view names[] = {"active", "beta", "planned"};
    return names[static_cast<std::size_t>(stage)];
}

void Integrations::add(const Integration& integration) {
    const std::scoped_lock lock(mutex_);
    if (std::ranges::find(all_, &integration) == all_.end()) {
        all_.push_back(&integration);
    }
}

std::vector<const Integration*> Integrations::all() const {
    const std::scoped_lock lock(mutex_);
    return all_;
}

const Integration* Integrations::find(std::string_view name) const {
    for (const Integration* integration : all()) {
        if (integration->name == name) {
            return integration;
        }
    }
    return nullptr;
}

void Integrations::preset(std::string_view variable, std::string value) {
    const std::scoped_lock lock(mutex_);
    presets_.insert_or_assign(std::string(variable), std::move(value));
}

std::string Integrations::preset_of(std::string_view variable) const {
    const std::scoped_lock lock(mutex_);
    const auto found = presets_.find(variable);
    return found == presets_.end() ? std::string{} : found->second;
}

// One a data directory, as its storage: a program has one, a test may run several.
Integrations& integrations_of(const Settings& settings) {
    static std::mutex mutex;
    static std::map<std::string, Integrations> all;
    const std::scoped_lock lock(mutex);
    return all[settings.data_dir];
}

void declare_integration(App& app, const Integration& integration) {
    integrations_of(app.settings()).add(integration);
}

}  // namespace ponte
