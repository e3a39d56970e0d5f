// The one list of what the program contains. Nothing registers itself; reading this tells it all.
#include "app.hpp"

#include "integrations/google/google.hpp"
#include "kernel/app.hpp"
#include "kernel/entities/custom_field.hpp"
#include "kernel/entities/field_order.hpp"
#include "kernel/entities/meta.hpp"
#include "kernel/exports/exports.hpp"
#include "kernel/files/files.hpp"
#include "kernel/http/static_files.hpp"
#include "kernel/imports/imports.hpp"
#include "kernel/inbound/journal.hpp"
#include "kernel/integration.hpp"
#include "kernel/lists/search.hpp"
#include "kernel/mail/outbox.hpp"
#include "kernel/monitor/audit.hpp"
#include "kernel/monitor/jobs.hpp"
#include "kernel/monitor/listeners.hpp"
#include "kernel/notifications/notifications.hpp"
#include "kernel/openapi/openapi.hpp"
#include "kernel/outbound/forget.hpp"
#include "kernel/settings/module_settings.hpp"
#include "kernel/upkeep/upkeep.hpp"
#include "kernel/work/operations.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/connections/connections.hpp"
#include "modules/customers/customers.hpp"
#include "modules/sales/sales.hpp"
#include "modules/webhooks/webhooks.hpp"

namespace ponte {
namespace {

http::Response web_page(const Services&, const http::Request& request) {
    return http::embedded_web(request);
}

constexpr const Integration* integrations[] = {&google::integration};

void declare_kernel(App& app) {
    app.entity(records::custom_field_entity);
    records::declare_field_order(app);
    work::declare_operations(app);
    records::declare_upkeep(app);
    records::declare_meta_routes(app);
    records::declare_search_routes(app);
    files::declare(app);
    imports::declare(app);
    inbound::declare_journal(app);
    exports::declare(app);
    mail::declare(app);
    notifications::declare(app);
    outbound::declare_forgetting(app);
    declare_audit(app);
    declare_job_routes(app);
    declare_listener_routes(app);
    declare_settings_routes(app);
    openapi::declare_documentation_routes(app);
    app.page("/apidocs", openapi::api_docs_page);
    app.page("/", web_page);
}

}  // namespace

void declare_modules(App& app) {
    declare_kernel(app);
    accounts::declare(app);
    customers::declare(app);
    sales::declare(app);
    webhooks::declare(app);
    connections::declare(app);
    for (const Integration* integration : integrations) {
        declare_integration(app, *integration);
    }
    connections::declare_what_is_planned(app);
}

std::vector<std::string_view> variables_of_integrations() {
    std::vector<std::string_view> all;
    for (const Integration* integration : integrations) {
        if (const OAuthProvider* oauth = integration->oauth) {
            for (const auto variable :
                 {oauth->client_id_variable, oauth->client_secret_variable, oauth->base_variable}) {
                all.push_back(variable);
            }
        }
    }
    return all;
}

}  // namespace ponte
