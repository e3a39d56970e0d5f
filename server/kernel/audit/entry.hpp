// One line of a company's audit, as text: what its hash covers, and the SQL that reads it from the
// log, from what waits, and from the chain itself (decision 0142).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/db.hpp"

namespace ponte::audit {

// Named as the columns of audit_entries; "" is null.
struct Entry {
    std::string tenant_id, number, at_us, id, name, entity, entity_id, actor_id, key_id, origin,
        operation_id, version, transaction, sequence, is_fact, details, content, batch, hash;
};
FIELDS(Entry, tenant_id, number, at_us, id, name, entity, entity_id, actor_id, key_id, origin,
       operation_id, version, transaction, sequence, is_fact, details, content, batch, hash);

// Keyed with the installation's secret: whoever has the database alone cannot go on with a chain
// that they have changed.
std::string hash_of(const Entry& entry, std::string_view previous, std::string_view secret);
// What stands before the first.
constexpr std::string_view beginning = "";

// Digest of the row `alias` of events, but for its transaction, which a restoration changes.
std::string content_sql(const std::string& alias);
// …of the events of the bulk or import that it sums up; '' of any other.
std::string batch_sql(const std::string& alias);
// "…, alias.name, …": what events, audit_waiting and audit_entries have alike.
std::string common_columns(const std::string& alias);

}  // namespace ponte::audit
