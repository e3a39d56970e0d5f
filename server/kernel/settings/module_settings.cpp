#include "kernel/settings/module_settings.hpp"

#include <stdexcept>

#include "kernel/records/sealed.hpp"
#include "kernel/services.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte {
namespace {

constexpr std::string_view settings_entity = "settings";
constexpr std::size_t most_companies = 10'000;

struct ChosenRow {
    std::string module;
    Json values;
};
FIELDS(ChosenRow, module, values);

}  // namespace

void ModuleSettings::declare(std::string_view name, std::span<const Field> fields) {
    auto module = std::make_unique<Module>();
    module->name = name;
    module->words = std::string(name) + "_settings";
    module->entity.name = module->words;
    module->entity.fields = fields;
    module->kind.entity = &module->entity;
    for (const Field& field : fields) {
        module->kind.columns.push_back({&field, camel_case(field.name), field.type, {}});
    }
    modules_.push_back(std::move(module));
}

const ModuleSettings::Module* ModuleSettings::find(std::string_view name) const {
    for (const auto& module : modules_) {
        if (module->name == name) {
            return module.get();
        }
    }
    return nullptr;
}

bool ModuleSettings::concerns(std::string_view entity) { return entity == settings_entity; }

void ModuleSettings::apply(const Event& event) {
    if (concerns(event.entity)) {
        const std::scoped_lock lock(mutex_);
        ++forgotten_;
        kept_.erase(event.tenant);
    }
}

Task<std::shared_ptr<const ModuleSettings::Chosen>> ModuleSettings::chosen(Ctx& ctx) {
    const Id tenant = ctx.who.tenant;
    std::uint64_t seen = 0;
    {
        const std::scoped_lock lock(mutex_);
        const auto found = kept_.find(tenant);
        if (found != kept_.end()) {
            co_return found->second;
        }
        seen = forgotten_;
    }
    const auto rows = co_await ctx.tx.all<ChosenRow>(
        "select module, values from module_settings where tenant_id = current_tenant()");
    auto chosen = std::make_shared<Chosen>();
    for (const ChosenRow& row : rows) {
        chosen->emplace(row.module, row.values);
    }
    const std::scoped_lock lock(mutex_);
    if (seen == forgotten_) {
        if (kept_.size() >= most_companies) {
            kept_.clear();
        }
        kept_[tenant] = chosen;
    }
    co_return chosen;
}

SecretPlace place_of_setting(const ModuleSettings::Module& module, const Field& field) {
    return {module.words, Id{}, field.name};
}

Json setting_in(const Json& chosen, const Field& field) {
    const Json* value = chosen.find(field.name);
    return value ? *value : canonical_from_text(field.type, field.initial, Locale{}).value;
}

Task<std::optional<std::string>> reveal_setting(Ctx& ctx, std::string_view name) {
    const auto dot = name.find('.');
    const auto* module = ctx.services.company_settings().find(name.substr(0, dot));
    const Field* field = module ? module->field(name.substr(dot + 1)) : nullptr;
    if (!field || !field_type(field->type).is_sealed) {
        throw std::logic_error("no module declares the secret " + std::string(name));
    }
    const auto chosen = co_await ctx.services.company_settings().chosen(ctx);
    const auto ours = chosen->find(module->name);
    const Json* kept = ours == chosen->end() ? nullptr : ours->second.find(field->name);
    if (!kept || !kept->is_string()) {
        co_return std::nullopt;
    }
    co_return records::opened(ctx, place_of_setting(*module, *field), kept->as_string());
}

Task<Json> Ctx::setting(std::string_view name) {
    const auto dot = name.find('.');
    const auto* module = services.company_settings().find(name.substr(0, dot));
    const Field* field = module ? module->field(name.substr(dot + 1)) : nullptr;
    if (!field || field_type(field->type).is_sealed) {
        throw std::logic_error("no module declares the setting " + std::string(name));
    }
    const auto chosen = co_await services.company_settings().chosen(*this);
    const auto ours = chosen->find(module->name);
    const Json none;
    co_return setting_in(ours == chosen->end() ? none : ours->second, *field);
}

}  // namespace ponte
