#include "modules/connections/known.hpp"

#include "kernel/app.hpp"
#include "kernel/integration.hpp"
#include "kernel/services.hpp"

namespace ponte::connections {
namespace {

using State = IntegrationHealth::State;
using Type = Integration::Type;
using SetUp = Integration::SetUp;
using Stage = Integration::Stage;

Task<IntegrationHealth> database_health(Ctx& ctx) {
    const auto version = co_await ctx.tx.one<std::string>(
        "select 'PostgreSQL ' || split_part(current_setting('server_version'), ' ', 1)");
    co_return IntegrationHealth{State::well, {}, version};
}

// What mail has come to within a day: one that lies held is one that nobody got.
struct MailRow {
    std::int64_t sent = 0, held = 0;
};
FIELDS(MailRow, sent, held);

Task<IntegrationHealth> mail_health(Ctx& ctx, std::string provider) {
    const Json chosen = co_await ctx.setting("mail.provider");
    const bool is_installed = chosen.as_string() == "installation" &&
                              !ctx.services.settings.mail.host.empty() && provider == "smtp";
    const bool is_ours = is_installed || chosen.as_string() == provider;
    if (!is_ours) {
        co_return IntegrationHealth{};
    }
    const auto row = co_await ctx.tx.one<MailRow>(
        "select count(*) filter (where state = 'sent') as sent, "
        "count(*) filter (where state = 'held') as held from mails "
        "where tenant_id = current_tenant() and created_at > now() - interval '1 day'");
    co_return row.held > 0 ? IntegrationHealth{State::needs_attention, "mail_held"}
                           : IntegrationHealth{State::well};
}

Task<IntegrationHealth> smtp_health(Ctx& ctx) {
    const IntegrationHealth health = co_await mail_health(ctx, "smtp");
    co_return health;
}

Task<IntegrationHealth> sendgrid_health(Ctx& ctx) {
    const IntegrationHealth health = co_await mail_health(ctx, "sendgrid");
    co_return health;
}

constexpr Integration postgresql{
    .name = "postgresql",
    .type = Type::database,
    .set_up = SetUp::automatic,
    .health = database_health,
};
constexpr Integration smtp{
    .name = "smtp",
    .type = Type::email,
    .set_up = SetUp::credentials,
    .health = smtp_health,
    .place = "mail",
};
constexpr Integration sendgrid{
    .name = "sendgrid",
    .type = Type::email,
    .set_up = SetUp::api_key,
    .health = sendgrid_health,
    .place = "mail",
};

constexpr Integration planned(std::string_view name, Type type, SetUp set_up) {
    return {.name = name, .type = type, .set_up = set_up, .stage = Stage::planned};
}
constexpr Integration planned_ones[] = {
    planned("whatsapp", Type::messaging, SetUp::automatic),
    planned("openai", Type::ai, SetUp::api_key),
    planned("stripe", Type::payment, SetUp::api_key),
    planned("slack", Type::notifications, SetUp::oauth),
    planned("aws_s3", Type::storage, SetUp::credentials),
    planned("salesforce", Type::crm, SetUp::oauth),
};

}  // namespace

void declare_known(App& app) {
    declare_integration(app, postgresql);
    declare_integration(app, smtp);
    declare_integration(app, sendgrid);
}

void declare_planned(App& app) {
    for (const Integration& one : planned_ones) {
        declare_integration(app, one);
    }
}

}  // namespace ponte::connections
