#include "kernel/kernel.hpp"

#include "kernel/audit/chain.hpp"
#include "kernel/entities/catalogue.hpp"
#include "kernel/events/announcer.hpp"
#include "kernel/events/followers.hpp"
#include "kernel/events/origins.hpp"
#include "kernel/files/disk_store.hpp"
#include "kernel/files/s3_store.hpp"
#include "kernel/files/store.hpp"
#include "kernel/http/route_table.hpp"
#include "kernel/listeners/listeners.hpp"
#include "kernel/notifications/registry.hpp"
#include "kernel/openapi/site.hpp"
#include "kernel/outbound.hpp"
#include "kernel/realtime.hpp"
#include "kernel/requests/requests.hpp"
#include "kernel/settings/module_settings.hpp"

namespace ponte {

// In the order of who borrows whom. None asks for another while it is made: names come after.
struct Kernel::Parts {
    Parts(Services& services, std::unique_ptr<db::Database> database_)
        : database(std::move(database_)),
          sessions(services),
          documentation(services),
          outbound(services),
          jobs(services),
          feed(services),
          listeners(services),
          audit(services),
          realtime(services),
          requests(services) {
        services.database_ = database.get();
        services.sessions_ = &sessions;
        services.people_ = &nobody;
        services.rights_ = &rights;
        services.feed_ = &feed;
        services.followers_ = &followers;
        services.announcer_ = &announcer;
        services.origins_ = &origins;
        services.jobs_ = &jobs;
        services.listeners_ = &listeners;
        services.entities_ = &entities;
        services.company_settings_ = &company_settings;
        services.routes_ = &routes;
        services.realtime_ = &realtime;
        services.documentation_ = &documentation;
        services.outbound_ = &outbound;
        services.notifications_ = &notifications;
    }

    const std::unique_ptr<db::Database> database;
    const People nobody;  // until a module says who they are
    RouteTable routes;
    Rights rights;
    Followers followers;
    Announcer announcer;
    events::Origins origins;
    ModuleSettings company_settings;
    notifications::Registry notifications;
    records::Catalogue entities;
    auth::Sessions sessions;
    openapi::Site documentation;
    outbound::Outbound outbound;
    Jobs jobs;
    EventFeed feed;
    listeners::Listeners listeners;
    audit::Chain audit;
    realtime::Hub realtime;
    requests::Requests requests;

    void follow_the_log(Services& services);
};

// What other nodes write arrives by the feed; what this one wrote is known already. First what is
// remembered, then whoever is told.
void Kernel::Parts::follow_the_log(Services& services) {
    followers.add(
        [&services](std::string_view entity) { return services.people().concerns(entity); },
        [this](const Event& event) {
            sessions.apply(event);
            jobs.apply(event);
        });
    followers.add(records::Catalogue::concerns,
                  [this](const Event& event) { entities.apply(event); });
    followers.add(ModuleSettings::concerns,
                  [this](const Event& event) { company_settings.apply(event); });
    followers.add_for_commits([this](const Id& tenant, std::span<const std::string_view> written) {
        entities.changed(tenant, written);
    });
    feed.subscribe([this](const std::vector<Event>& batch) {
        for (const Event& event : batch) {
            followers.apply(event);
        }
    });
    listeners.follow_the_log(feed);
    realtime.follow_the_log();
}

Kernel::Kernel(Settings settings, Loops& loops, std::unique_ptr<db::Database> database,
               auth::Keys keys)
    : settings_(std::move(settings)),
      keys_(std::move(keys)),
      services_(settings_, keys_, loops),
      app_(services_),
      parts_(std::make_unique<Parts>(services_, std::move(database))) {
    app_.store(settings_.objects.bucket.empty() ? files::disk_store(settings_.data_dir)
                                                : files::s3_store(settings_, parts_->outbound));
    parts_->follow_the_log(services_);
}

Kernel::~Kernel() = default;

http::Handlers Kernel::http_handlers() { return parts_->requests.http_handlers(); }

void Kernel::start() {
    parts_->rights.check();
    services_.files().last_trouble(services_.loops.at(0));  // the log says what is wrong with it
    parts_->feed.start();
    parts_->realtime.start();
    if (settings_.role != "web") {
        parts_->jobs.start();
        parts_->listeners.start();
        parts_->audit.start();
    }
}

void Kernel::stop() {
    parts_->realtime.stop();
    parts_->audit.stop();
    parts_->listeners.stop();
    parts_->jobs.stop();
    parts_->outbound.stop();
    parts_->feed.stop();
    parts_->database->stop();
}

}  // namespace ponte
