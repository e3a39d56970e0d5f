#include "kernel/realtime/core.hpp"

#include <map>
#include <utility>

#include "kernel/entities/catalogue.hpp"
#include "kernel/events/bulk.hpp"
#include "kernel/realtime/packets.hpp"
#include "kernel/realtime/station.hpp"
#include "kernel/records/subjects.hpp"
#include "kernel/services.hpp"

namespace ponte::realtime {
namespace {

Json id_or_null(const std::optional<Id>& id) { return id ? Json(*id) : Json{}; }

// The log keeps before and after; a screen needs what is.
Json new_values(const Json& changes, const records::Kind* seen) {
    Json values = Json::object();
    for (const auto& [field, change] : changes.members()) {
        const Json* to = change.find("to");
        values.set(field, to ? *to : change);
    }
    if (seen) {
        for (const std::string& field : seen->withheld) {
            values.erase(field);
        }
    }
    return values;
}

// The records in whose timelines it stands; none where a link to one is not for the reader.
Json subjects_json(const Event& event, const records::Kind* seen) {
    Json subjects = Json::array();
    const bool are_shown = !seen || records::shows_subjects(*seen);
    for (const Id& subject : event.about) {
        if (are_shown) {
            subjects.push(subject);
        }
    }
    return subjects;
}

std::shared_ptr<const std::string> event_text(const Event& event, const Json& values,
                                              const records::Kind* seen) {
    const Json payload = Json::object({{"id", event.id},
                                       {"entity", event.entity},
                                       {"entityId", id_or_null(event.entity_id)},
                                       {"version", event.version},
                                       {"at", format_time(event.at)},
                                       {"actorId", id_or_null(event.actor)},
                                       {"operationId", id_or_null(event.operation)},
                                       {"about", subjects_json(event, seen)},
                                       {"changes", values}});
    return std::make_shared<const std::string>(
        event_message(event.name, payload.dump(), event.position.text()));
}

}  // namespace

std::shared_ptr<const std::string> loss_text(const Event& event) {
    const Json payload = Json::object(
        {{"id", event.id}, {"entity", event.entity}, {"entityId", id_or_null(event.entity_id)}});
    return std::make_shared<const std::string>(
        event_message(event.entity + ".gone", payload.dump(), event.position.text()));
}

Core::Core(Services& services_) : services(services_), teams(services_) {
    for (std::size_t i = 0; i < services.loops.size(); ++i) {
        stations.push_back(std::make_unique<Station>(*this, services.loops.at(i)));
    }
}

Core::~Core() = default;

Subject Core::subject_of(const Event& event) const {
    const records::Kind* kind = services.entities().find(event.entity);
    // Screens hear of a bulk by a message of its own, a few times a second.
    if (!kind || events::is_bulk(event)) {
        return {};
    }
    Subject subject;
    subject.resource = kind->resource;
    // What is no change of a record is the matter of whoever did it.
    subject.holders = {event.owner, event.version > 0 ? event.author : event.actor};
    const Entity& entity = *kind->entity;
    if (!entity.part_of.empty()) {
        subject.whole = services.entities().resource_of(kind->field(entity.part_of)->target);
        subject.whole_owner = event.owner;
        subject.actor = event.actor;
    }
    if (entity.owner.empty()) {
        subject.holders.owner = subject.holders.author;
    } else if (const Json* change = event.changes.find(camel_case(entity.owner));
               change && event.version > 1) {
        subject.former = Holders{Id::parse((*change)["from"].as_string()), event.author};
    }
    return subject;
}

void Core::follow_teams(const Event& event) {
    if (event.entity != "user" && event.entity != "team") {
        return;
    }
    Loop& loop = services.loops.at(0);
    // Until it is read again the old teams decide; the next change of a person reads it once more.
    spawn(loop, teams.read_again(loop, event.tenant), [](std::exception_ptr) {});
}

std::shared_ptr<const std::string> Core::untitled_text(const Event& event,
                                                       const records::Kind* seen) const {
    Json values = new_values(event.changes, seen);
    if (const records::Kind* kind = seen ? seen : services.entities().find(event.entity)) {
        add_linked(values, links_in(*kind, values), {});
    }
    return event_text(event, values, seen);
}

void Core::add(Wave& wave, const Event& event) const {
    const Subject subject = subject_of(event);
    const bool has_readers = [&] {
        const std::scoped_lock lock(mutex_);
        return present_.contains(event.tenant);
    }();
    if (!has_readers || subject.resource.empty()) {
        return;
    }
    const records::Kind& kind = services.entities().get(event.entity);
    const auto links = links_in(kind, event.changes);
    const Record record{event.tenant, event.entity, event.entity_id.value_or(Id{})};
    if (!links.empty()) {
        wave.linked.push_back({wave.outgoing.size(), event, links});
    }
    Outgoing& out = wave.outgoing.emplace_back();
    out.position = event.position;
    out.tenant = event.tenant;
    out.subject = subject;
    out.record = record;
    out.text = untitled_text(event, nullptr);
    out.loss_text = subject.former ? loss_text(event) : nullptr;
    if (!kind.field_permissions.empty()) {
        out.kind = &kind;
        out.event = std::make_shared<const Event>(event);
    }
}

void Core::publish(const std::vector<Event>& batch) {
    Wave wave;
    wave.last = batch.back().position;
    for (const Event& event : batch) {
        follow_teams(event);
        add(wave, event);
    }
    if (!is_naming_ && wave.linked.empty()) {
        hand_out(std::move(wave));
        return;
    }
    waves_.push_back(std::move(wave));
    if (!std::exchange(is_naming_, true)) {
        spawn(services.loops.at(0), hand_out_waves(shared_from_this()), [](std::exception_ptr) {});
    }
}

void Core::hand_out(Wave wave) {
    const auto shared = std::make_shared<const std::vector<Outgoing>>(std::move(wave.outgoing));
    for (const auto& station : stations) {
        station->loop().post([self = shared_from_this(), place = station.get(), shared,
                              last = wave.last] { place->deliver(*shared, last); });
    }
}

Task<> Core::hand_out_waves(std::shared_ptr<Core> self) {
    while (!self->waves_.empty()) {
        Wave wave = std::move(self->waves_.front());
        self->waves_.pop_front();
        co_await self->name_links(wave);
        self->hand_out(std::move(wave));
    }
    self->is_naming_ = false;
}

Task<> Core::name_links(Wave& wave) {
    std::map<Id, std::vector<std::pair<const records::Kind*, Id>>> wanted;
    for (const Wave::Linked& one : wave.linked) {
        const Json values = new_values(one.event.changes, nullptr);
        for (const records::Link* link : one.links) {
            if (const auto id = Id::parse(values[link->id_name].as_string())) {
                wanted[one.event.tenant].emplace_back(link->target, *id);
            }
        }
    }
    std::map<Id, LinkedTitles> titles;
    for (auto& [tenant, ids] : wanted) {
        titles[tenant] =
            co_await read_titles(services, services.loops.at(0), tenant, std::move(ids));
    }
    for (const Wave::Linked& one : wave.linked) {
        Json values = new_values(one.event.changes, nullptr);
        add_linked(values, one.links, titles[one.event.tenant]);
        Outgoing& outgoing = wave.outgoing[one.place];
        outgoing.titled_text = event_text(one.event, values, nullptr);
        outgoing.titles_of = resources_of(services, one.links);
    }
}

void Core::tell(const Announcement& told) {
    {
        const std::scoped_lock lock(mutex_);
        if (!present_.contains(told.tenant)) {
            return;
        }
    }
    const auto shared = std::make_shared<const Announcement>(told);
    for (const auto& station : stations) {
        station->loop().post(
            [self = shared_from_this(), place = station.get(), shared] { place->tell(*shared); });
    }
}

void Core::tell_viewers(const Record& record) {
    const Json payload = Json::object(
        {{"entity", record.entity}, {"id", record.id}, {"users", presence.users(record)}});
    const auto text = std::make_shared<const std::string>(payload.dump());
    for (const auto& station : stations) {
        station->loop().post([self = shared_from_this(), place = station.get(), record, text] {
            place->tell_viewers(record, *text);
        });
    }
}

void Core::revoke(const Id& id) {
    for (const auto& station : stations) {
        station->loop().post(
            [self = shared_from_this(), place = station.get(), id] { place->revoke(id); });
    }
}

void Core::close_all() {
    is_draining = true;
    for (const auto& station : stations) {
        station->loop().post([self = shared_from_this(), place = station.get()] {
            constexpr std::uint16_t going_away = 1001;
            place->close_all(going_away);
        });
    }
}

Station& Core::station_of(Loop& loop) {
    for (const auto& station : stations) {
        if (&station->loop() == &loop) {
            return *station;
        }
    }
    return *stations.front();
}

void Core::settle(const std::string& sid, Station& station) {
    const std::scoped_lock lock(mutex_);
    whereabouts_[sid] = &station;
}

void Core::vanish(const std::string& sid) {
    const std::scoped_lock lock(mutex_);
    whereabouts_.erase(sid);
}

Station* Core::whereabouts(const std::string& sid) const {
    const std::scoped_lock lock(mutex_);
    const auto found = whereabouts_.find(sid);
    return found == whereabouts_.end() ? nullptr : found->second;
}

void Core::enter(const Id& tenant) {
    const std::scoped_lock lock(mutex_);
    ++present_[tenant];
}

void Core::leave(const Id& tenant) {
    bool is_last = false;
    {
        const std::scoped_lock lock(mutex_);
        const auto found = present_.find(tenant);
        is_last = found != present_.end() && --found->second == 0;
        if (is_last) {
            present_.erase(found);
        }
    }
    if (is_last) {
        teams.forget(tenant);
    }
}

}  // namespace ponte::realtime
