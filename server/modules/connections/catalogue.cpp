#include "modules/connections/catalogue.hpp"

#include <map>

#include "kernel/app.hpp"
#include "kernel/form_fields.hpp"
#include "kernel/integration.hpp"
#include "kernel/oauth.hpp"
#include "kernel/records.hpp"

namespace ponte::connections {
namespace {

struct Counted {
    std::string integration;
    std::int64_t all = 0, connected = 0, troubled = 0;
    std::optional<std::string> problem, problem_at, checked_at;
};
FIELDS(Counted, integration, all, connected, troubled, problem, problem_at, checked_at);

using Counts = std::map<std::string, Counted, std::less<>>;

Task<Counts> count(Ctx& ctx) {
    const auto rows = co_await ctx.tx.all<Counted>(
        "select integration, count(*) as all, "
        "count(*) filter (where state = 'connected') as connected, "
        "count(*) filter (where state = 'needs_attention') as troubled, "
        "(array_agg(problem order by problem_at desc) filter (where problem is not null))[1] "
        "as problem, max(problem_at) as problem_at, max(checked_at) as checked_at "
        "from connections where tenant_id = current_tenant() and deleted_at is null "
        "group by integration");
    Counts counts;
    for (const Counted& row : rows) {
        counts.emplace(row.integration, row);
    }
    co_return counts;
}

Json time_or_null(const std::optional<std::string>& text) {
    if (!text) {
        return {};
    }
    std::string out;
    records::append_time(out, *text);
    return out;
}

// Of what is connected by accounts.
void tell_connections(const Integration& integration, const Counts& counts, Json& card) {
    const auto found = counts.find(integration.name);
    const Counted none, &mine = found == counts.end() ? none : found->second;
    const char* state = mine.troubled > 0    ? "needs_attention"
                        : mine.connected > 0 ? "connected"
                        : mine.all > 0       ? "unfinished"
                                             : "unused";
    card.set("state", state);
    card.set("connections", mine.all);
    card.set("problem", mine.problem ? Json(*mine.problem) : Json{});
    card.set("problemAt", time_or_null(mine.problem_at));
    card.set("checkedAt", time_or_null(mine.checked_at));
}

void tell_health(const Ctx& ctx, const IntegrationHealth& health, Json& card) {
    using State = IntegrationHealth::State;
    card.set("state", health.state == State::well              ? "connected"
                      : health.state == State::needs_attention ? "needs_attention"
                                                               : "unused");
    card.set("problem", health.problem.empty() ? Json{} : Json(health.problem));
    card.set("detail", health.detail.empty() ? Json{} : Json(health.detail));
    card.set("checkedAt", format_time(ctx.now));
}

Json card_of(const Ctx& ctx, const Integration& integration) {
    const std::string word = "integration." + std::string(integration.name);
    const OAuthProvider* oauth = integration.oauth;
    const bool is_installed =
        oauth && !oauth::installed_client(ctx.services.settings, *oauth).id.empty();
    return Json::object(
        {{"name", integration.name},
         {"label", ctx.word(word)},
         {"text", ctx.word(word + ".text")},
         {"type", name_of(integration.type)},
         {"setUp", name_of(integration.set_up)},
         {"stage", name_of(integration.stage)},
         {"place", integration.place.empty() ? Json{} : Json(integration.place)},
         {"canConnect", oauth && integration.stage != Integration::Stage::planned},
         {"hasSeveral", integration.has_several},
         {"isInstalled", is_installed},
         {"callbackUrl", oauth ? Json(oauth::callback_url(ctx.services.settings, *oauth)) : Json{}},
         {"fields", form_fields(ctx, word, integration.fields)},
         {"state", integration.stage == Integration::Stage::planned ? "planned" : "unused"},
         {"connections", 0},
         {"problem", Json{}},
         {"problemAt", Json{}},
         {"checkedAt", Json{}},
         {"detail", Json{}}});
}

Task<http::Response> list_integrations(Ctx& ctx, const http::Request&) {
    const Counts counts = co_await count(ctx);
    Json data = Json::array();
    for (const Integration* integration : integrations_of(ctx.services.settings).all()) {
        Json card = card_of(ctx, *integration);
        if (integration->health) {
            const IntegrationHealth health = co_await integration->health(ctx);
            tell_health(ctx, health, card);
        } else if (integration->oauth && integration->stage != Integration::Stage::planned) {
            tell_connections(*integration, counts, card);
        }
        data.push(std::move(card));
    }
    co_return reply(200, Json::object({{"data", std::move(data)}}));
}

}  // namespace

void declare_catalogue(App& app) {
    app.route("GET", "/integrations", list_integrations)
        .needs("connections.read")
        .in("connections")
        .called("listIntegrations")
        .gives(200, "IntegrationList");
}

}  // namespace ponte::connections
