#include "kernel/notifications/known.hpp"

#include "kernel/app.hpp"
#include "kernel/entities/catalogue.hpp"
#include "kernel/services.hpp"

namespace ponte::notifications {
namespace {

// Who waits for a screen to come back is told by that screen.
constexpr std::int64_t seconds_on_screen = 10;

// Of every entity whose records belong to somebody: whose they have become.
std::vector<Id> new_owner(const Services& services, const Event& event) {
    const records::Kind* kind = services.entities().find(event.entity);
    if (!kind || kind->entity->owner.empty()) {
        return {};
    }
    const Json* owner = event.changes.find(camel_case(kind->entity->owner));
    const auto to = owner ? Id::parse((*owner)["to"].as_string()) : std::nullopt;
    return to ? std::vector<Id>{*to} : std::vector<Id>{};
}

std::vector<Id> beginner(const Services&, const Event& event) {
    const auto by = Id::parse(event.changes["createdBy"].as_string());
    return by ? std::vector<Id>{*by} : std::vector<Id>{};
}

std::vector<Id> beginner_of_lengthy(const Services& services, const Event& event) {
    return event.changes["seconds"].as_integer() < seconds_on_screen ? std::vector<Id>{}
                                                                     : beginner(services, event);
}

Json facts_of_work(const Event& event) {
    return Json::object({{"of", event.changes["of"]},
                         {"total", event.changes["total"]},
                         {"processed", event.changes["processed"]},
                         {"failed", event.changes["failed"]}});
}

Json stopped_listener(const Event& event) {
    return Json::object({{"listener", event.changes["listener"]}});
}

}  // namespace

void declare_known(App& app) {
    app.notify("*", "record.assigned", new_owner).gathered().mailed();
    app.notify("import.finished", "import.finished", beginner).also_to_doer().tells(facts_of_work);
    app.notify("import.failed", "import.failed", beginner).also_to_doer().tells(facts_of_work);
    app.notify("export.finished", "export.finished", beginner).also_to_doer().tells(facts_of_work);
    app.notify("export.failed", "export.failed", beginner).also_to_doer().tells(facts_of_work);
    app.notify("operation.finished", "operation.finished", beginner_of_lengthy)
        .also_to_doer()
        .tells(facts_of_work);
    app.notify("operation.failed", "operation.failed", beginner)
        .also_to_doer()
        .tells(facts_of_work);
    app.notify("listener.stopped", "listener.stopped")
        .to_holders_of("jobs.manage")
        .mailed()
        .tells(stopped_listener);
}

}  // namespace ponte::notifications
