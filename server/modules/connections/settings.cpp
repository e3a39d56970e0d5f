#include "modules/connections/settings.hpp"

#include "modules/connections/vault.hpp"

namespace ponte::connections {
namespace {

const Field* field_of(const Integration& integration, std::string_view json_name) {
    for (const Field& field : integration.fields) {
        if (camel_case(field.name) == json_name) {
            return &field;
        }
    }
    return nullptr;
}

// As a form that was filled with what was read sends it back.
bool is_left_alone(const Field& field, const Json& given) {
    return field.type == Type::secret && given.is_object() && given["set"].as_bool();
}

}  // namespace

SettingsOf take_settings(const Ctx& ctx, const Integration& integration, const Json& given,
                         SettingsOf before, Problems& problems) {
    const Locale locale = records::locale_of(ctx);
    for (const auto& [name, value] : given.members()) {
        const Field* field = field_of(integration, name);
        const std::string place = "settings." + name;
        if (!field) {
            problems.push_back({place, "unknown"});
            continue;
        }
        if (is_left_alone(*field, value)) {
            continue;
        }
        const Json clear = records::checked_as(*field, place, value, locale, problems);
        const bool is_secret = field->type == Type::secret;
        before.shown.erase(name);
        before.secrets.erase(name);
        if (!clear.is_null()) {
            before.shown.set(name, is_secret ? Json::object({{"set", true}}) : clear);
            if (is_secret) {
                before.secrets.set(name, clear);
            }
        }
    }
    for (const Field& field : integration.fields) {
        const std::string name = camel_case(field.name);
        if (field.is_required && !before.shown.find(name) && given[name].is_null()) {
            problems.push_back({"settings." + name, "required"});
        }
    }
    return before;
}

Task<oauth::Client> client_of(Ctx& ctx, const Integration& integration, Id connection) {
    const auto shown = co_await ctx.tx.maybe<Json>(
        "select coalesce(settings, '{}') from connections "
        "where tenant_id = current_tenant() and id = $1::uuid",
        connection);
    const auto secrets = co_await kept(ctx, connection, Kept::settings);
    oauth::Client client;
    if (shown) {
        client.id = (*shown)["clientId"].as_string();
        client.secret = secrets ? (*secrets)["clientSecret"].as_string() : std::string{};
    }
    if (client.id.empty()) {
        client = oauth::installed_client(ctx.services.settings, *integration.oauth);
    }
    client.connection = connection;
    co_return client;
}

}  // namespace ponte::connections
