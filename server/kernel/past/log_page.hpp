// Pages of the log as people read it, the newest first: how one is asked for, what stands in each
// of its entries, and where it goes on. The history of a record and its timeline are made of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "kernel/ctx.hpp"
#include "kernel/entities/catalogue.hpp"

namespace ponte {
struct People;
}

namespace ponte::records {

struct LogPage {
    std::int64_t limit = 20;
    std::int64_t before = INT64_MAX;  // the sequence of the last entry of the page before

    // Takes `limit` and `cursor` from the address, throws 400; false: it is no parameter of ours.
    bool takes(const std::string& name, const std::string& value);
};

// The first columns of an entry, over events as `alias`; $1 is the tenant.
struct EntrySql {
    std::string alias, name, changes;
    std::string columns(const People& people) const;
};
enum EntryColumn {
    entry_sequence,
    entry_id,
    entry_name,
    entry_at,
    entry_actor,
    entry_actor_name,
    entry_key,
    entry_key_name,
    entry_changes,
    first_column_beside
};

// Appends {"id", its name as `member`, "label", "at", "actor", "key", "changes"; without the end.
void begin_entry(std::string& out, const Ctx& ctx, std::string_view member, const db::Rows& rows,
                 int row);
void append_id_or_null(std::string& out, const db::Rows& rows, int row, int column);

// One row, since when the log is kept, for a record that is older than that; else none.
db::Statement kept_since_statement(const Kind& kind, const Id& tenant, const Id& id);

// {"data": […], "pagination": {…}}
struct LogPageEnd {
    bool has_next = false;
    std::string_view sequence, record_id;  // of the last entry
    std::string_view kept_since;           // of a record that is older; else empty
};
std::string log_page_json(const std::string& entries, const LogPage& page, const LogPageEnd& end);

}  // namespace ponte::records
