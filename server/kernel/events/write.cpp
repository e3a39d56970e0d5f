#include "kernel/events.hpp"
#include "kernel/events/subjects.hpp"

namespace ponte {

db::Statement event_statement(const Event& event, Telling telling) {
    constexpr const char* sql =
        "insert into events (tenant_id, id, name, entity, entity_id, version, at, actor_id, "
        "owner_id, operation_id, changes, request_id, is_quiet, author_id, about, is_passing, "
        "key_id, origin) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, "
        "$16, $17, $18)";
    db::Param request, about;
    if (!event.request_id.empty()) {
        request = db::Param(event.request_id);
    }
    if (!event.about.empty()) {
        about = db::Param(event.about);
    }
    const Json changes = event.changes.is_null() ? Json::object() : event.changes;
    db::Params params{event.tenant,
                      event.id.is_nil() ? Id::make() : event.id,
                      event.name,
                      event.entity,
                      event.entity_id.value_or(Id{}),
                      event.version,
                      format_time(event.at == Time{} ? now() : event.at),
                      event.actor,
                      event.owner,
                      event.operation,
                      db::Param(changes),
                      std::move(request),
                      telling.is_quiet,
                      event.author,
                      std::move(about),
                      telling.is_passing,
                      event.key,
                      event.origin};
    db::Statement statement{sql, std::move(params)};
    const bool is_found = !event.about.empty() && !telling.is_passing;
    return is_found ? events::found_from_subjects(std::move(statement)) : statement;
}

namespace events {

db::Statement found_from_subjects(db::Statement insert) {
    insert.sql = "with told as (" + insert.sql +
                 " returning tenant_id, entity, sequence, entity_id, about) "
                 "insert into event_subjects (tenant_id, subject_id, entity, sequence, entity_id) "
                 "select tenant_id, unnest(about), entity, sequence, entity_id from told";
    return insert;
}

}  // namespace events
}  // namespace ponte
