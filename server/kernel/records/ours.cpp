// What our own code writes: Ctx::create and its like.
#include <algorithm>
#include <map>

#include "kernel/entities/catalogue.hpp"
#include "kernel/records/statements.hpp"
#include "kernel/records/write.hpp"
#include "kernel/services.hpp"

namespace ponte {

using namespace records;

namespace {

Task<std::vector<Locked>> lock_ours(Ctx& ctx, const Kind& kind, std::vector<Id> ids) {
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    const std::size_t wanted = ids.size();
    std::vector<Locked> found;
    if (wanted > 0) {
        found = co_await lock_many(ctx, kind, std::move(ids));
    }
    if (found.size() < wanted) {
        throw not_found(kind.entity->name);
    }
    co_return found;
}

Task<std::vector<Locked>> lock_version(Ctx& ctx, const Kind& kind, Id id,
                                       std::optional<std::int64_t> expected) {
    std::vector<Id> ids{id};
    std::vector<Locked> found = co_await lock_ours(ctx, kind, std::move(ids));
    if (expected && *expected != found.front().version) {
        throw version_mismatch();
    }
    co_return found;
}

// Those that lie on the other side are moved.
Task<> move(Ctx& ctx, const Kind& kind, std::vector<Locked> records, Verb verb) {
    Changes changes(ctx, kind, verb);
    for (Locked& one : records) {
        if (one.is_deleted != (verb == Verb::remove)) {
            changes.records.push_back(change_of(kind, std::move(one)));
        }
    }
    co_await write(ctx, changes);
}

}  // namespace

Task<Id> Ctx::create(std::string_view entity, Values values) {
    const Kind& kind = services.entities().get(entity);
    Values accepted = co_await accept_ours(*this, kind, std::move(values), Mode::create);
    const Id id = co_await insert(*this, kind, std::move(accepted));
    co_return id;
}

Task<std::vector<Id>> Ctx::create_many(std::string_view entity, std::vector<Values> records) {
    const Kind& kind = services.entities().get(entity);
    Changes changes(*this, kind, Verb::create);
    for (Values& values : records) {
        Values accepted = co_await accept_ours(*this, kind, std::move(values), Mode::create);
        changes.records.emplace_back().values = std::move(accepted);
    }
    co_await write(*this, changes);
    std::vector<Id> ids;
    for (const Change& change : changes.records) {
        ids.push_back(change.id);
    }
    co_return ids;
}

Task<> Ctx::update(std::string_view entity, Id id, Values values,
                   std::optional<std::int64_t> expected_version) {
    const Kind& kind = services.entities().get(entity);
    Values accepted = co_await accept_ours(*this, kind, std::move(values), Mode::merge);
    auto locked = co_await lock_version(*this, kind, id, expected_version);
    co_await change(*this, kind, std::move(locked.front()), std::move(accepted));
}

Task<> Ctx::update_many(std::string_view entity, std::vector<std::pair<Id, Values>> wanted) {
    const Kind& kind = services.entities().get(entity);
    std::map<Id, Values> by_id;
    std::vector<Id> ids;
    for (auto& [id, values] : wanted) {
        Values accepted = co_await accept_ours(*this, kind, std::move(values), Mode::merge);
        for (auto& [name, value] : accepted.list) {
            by_id[id].set(name, std::move(value));
        }
        ids.push_back(id);
    }
    auto locked = co_await lock_ours(*this, kind, std::move(ids));
    Changes changes(*this, kind, Verb::update);
    for (Locked& one : locked) {
        Values values = std::move(by_id[one.id]);
        changes.records.push_back(change_of(kind, std::move(one), std::move(values)));
    }
    co_await write(*this, changes);
}

Task<> Ctx::remove(std::string_view entity, Id id, std::optional<std::int64_t> expected_version) {
    const Kind& kind = services.entities().get(entity);
    auto locked = co_await lock_version(*this, kind, id, expected_version);
    co_await move(*this, kind, std::move(locked), Verb::remove);
}

Task<> Ctx::remove_many(std::string_view entity, std::vector<Id> ids) {
    const Kind& kind = services.entities().get(entity);
    auto locked = co_await lock_ours(*this, kind, std::move(ids));
    co_await move(*this, kind, std::move(locked), Verb::remove);
}

Task<> Ctx::restore(std::string_view entity, Id id) {
    std::vector<Id> ids{id};
    co_await restore_many(entity, std::move(ids));
}

Task<> Ctx::restore_many(std::string_view entity, std::vector<Id> ids) {
    const Kind& kind = services.entities().get(entity);
    auto locked = co_await lock_ours(*this, kind, std::move(ids));
    co_await move(*this, kind, std::move(locked), Verb::restore);
}

void Ctx::emit(std::string_view event_name, Id entity_id, Json changes) {
    Event event;
    event.tenant = who.tenant;
    event.name = event_name;
    event.entity = event_name.substr(0, event_name.find('.'));
    event.entity_id = entity_id;
    event.at = now;
    if (!who.user.is_nil()) {
        event.actor = who.user;
        event.key = who.key_id();
    }
    event.origin = origin;
    event.operation = operation;
    event.changes = std::move(changes);
    event.request_id = request_id;
    const records::Kind* kind = services.entities().find(event.entity);
    db::Statement statement =
        kind ? records::told_statement(*this, *kind, event) : event_statement(event, {});
    tx.queue(std::move(statement.sql), std::move(statement.params));
    wrote(kind ? kind->entity->name : std::string_view{});
    heed(event);
}

}  // namespace ponte
