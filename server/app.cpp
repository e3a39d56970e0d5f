// The one list of what the program contains. Nothing registers itself; reading this tells it all.
#include "app.hpp"

#include "kernel/app.hpp"
#include "kernel/entities/meta.hpp"
#include "kernel/http/static_files.hpp"
#include "kernel/imports/imports.hpp"
#include "kernel/jobs/routes.hpp"
#include "kernel/listeners/routes.hpp"
#include "kernel/lists/search.hpp"
#include "kernel/openapi/openapi.hpp"
#include "kernel/records/routes.hpp"
#include "kernel/settings/module_settings.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/customers/customers.hpp"
#include "modules/sales/sales.hpp"

namespace ponte {
namespace {

void declare_kernel(App& app) {
    records::declare_resource_parts(app);
    records::declare_meta_routes(app);
    records::declare_search_routes(app);
    imports::declare(app);
    declare_job_routes(app);
    declare_listener_routes(app);
    declare_settings_routes(app);
    openapi::declare_documentation_routes(app);
    app.page("/apidocs",
             [&app](const http::Request& request) { return openapi::api_docs_page(app, request); });
    app.page("/", http::embedded_web);
}

}  // namespace

void declare_modules(App& app) {
    declare_kernel(app);
    accounts::declare(app);
    customers::declare(app);
    sales::declare(app);
}

}  // namespace ponte
