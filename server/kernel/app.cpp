#include "kernel/app.hpp"

#include "kernel/entities/catalogue.hpp"
#include "kernel/files/store.hpp"
#include "kernel/http/route_table.hpp"
#include "kernel/listeners/listeners.hpp"
#include "kernel/notifications/registry.hpp"
#include "kernel/records/routes.hpp"
#include "kernel/services.hpp"
#include "kernel/settings/module_settings.hpp"
#include "kernel/work/bulk.hpp"

namespace ponte {

void App::entity(const Entity& entity) {
    services_.entities().add(entity);
    if (entity.lives_inside) {
        return;
    }
    services_.rights().entity(entity);
    const records::Kind& kind = services_.entities().get(entity.name);
    records::declare_entity_routes(*this, kind);
    records::declare_bulk_route(*this, kind);
}

Route& App::route(std::string method, std::string pattern, Handler run) {
    return services_.routes().add(std::move(method), std::move(pattern), run);
}

JobKind& App::job(std::string name, std::type_index args, JobRun run) {
    return services_.jobs().declare(std::move(name), args, std::move(run));
}

Listener& App::on(std::string pattern, std::string name, Listener::Run run) {
    return services_.listeners().declare({std::move(pattern), std::move(name), run});
}

Listener& App::on_all(std::string pattern, std::string name, Listener::RunAll run) {
    return services_.listeners().declare({std::move(pattern), std::move(name), nullptr, run});
}

Notification& App::notify(std::string event, std::string kind, Notification::Whom whom) {
    return services_.notifications().declare({std::move(event), std::move(kind), whom});
}

void App::resource(std::string_view name, std::string_view rights) {
    services_.rights().resource(name, rights);
}

void App::role(std::string_view name, Rights::Extent extent) {
    services_.rights().role(name, extent);
}

void App::module_settings(std::string_view module, std::span<const Field> fields) {
    services_.company_settings().declare(module, fields);
    declare_settings_routes(*this, *services_.company_settings().find(module));
}

void App::store(std::shared_ptr<files::Store> store) {
    store_ = std::move(store);
    services_.files_ = store_.get();
}

const Settings& App::settings() const { return services_.settings; }

void App::people(const People& people) { services_.people_ = &people; }

void App::page(std::string prefix, Page page) {
    services_.routes().add_page(std::move(prefix),
                                [&services = services_, page](const http::Request& request) {
                                    return page(services, request);
                                });
}

}  // namespace ponte
