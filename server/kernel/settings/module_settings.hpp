// What companies decide about modules: declared as fields, kept as one row a module and company,
// read by Ctx::setting, changed and shown by the routes of routes.cpp.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kernel/entities/catalogue.hpp"
#include "kernel/secrets.hpp"

namespace ponte {

class App;

class ModuleSettings {
public:
    struct Module {
        std::string name;   // "customers"
        std::string words;  // "customers_settings": its words begin with it, as an entity's do
        Entity entity;      // for what speaks of fields
        records::Kind kind;
        const Field* field(std::string_view snake_name) const { return kind.field(snake_name); }
    };
    void declare(std::string_view name, std::span<const Field> fields);
    const Module* find(std::string_view name) const;
    const std::vector<std::unique_ptr<Module>>& all() const { return modules_; }

    // What the company has chosen otherwise than the defaults: by module, canonical values by name.
    using Chosen = std::map<std::string, Json, std::less<>>;
    Task<std::shared_ptr<const Chosen>> chosen(Ctx& ctx);

    static bool concerns(std::string_view entity);
    void apply(const Event& event);

private:
    std::vector<std::unique_ptr<Module>> modules_;
    std::mutex mutex_;
    std::unordered_map<Id, std::shared_ptr<const Chosen>> kept_;
    std::uint64_t forgotten_ = 0;  // moves with each: what was read before it is not kept
};

// The value of a field among the chosen ones, else its default; canonical.
Json setting_in(const Json& chosen, const Field& field);

// Where a secret of them is sealed for. A company has one of each.
SecretPlace place_of_setting(const ModuleSettings::Module& module, const Field& field);

void declare_settings_routes(App& app);  // GET /settings
// GET and PATCH /settings/{module}
void declare_settings_routes(App& app, const ModuleSettings::Module& module);

}  // namespace ponte
