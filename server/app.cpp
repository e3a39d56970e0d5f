// The one list of what the program contains. Nothing registers itself; reading this tells it all.
#include "app.hpp"

#include "kernel/app.hpp"
#include "kernel/http/static_files.hpp"
#include "kernel/imports/imports.hpp"
#include "kernel/jobs/routes.hpp"
#include "kernel/openapi/openapi.hpp"
#include "kernel/resources/meta.hpp"
#include "kernel/resources/routes.hpp"
#include "kernel/resources/search.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/customers/customers.hpp"

namespace ponte {
namespace {

void declare_kernel(App& app) {
    resources::declare_resource_parts(app);
    resources::declare_meta_routes(app);
    resources::declare_search_routes(app);
    imports::declare(app);
    declare_job_routes(app);
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
}

}  // namespace ponte
