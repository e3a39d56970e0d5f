// POST /<entities>/bulk: one change, deletion or restoration of many records, named by their ids or
// chosen by a filter. Everything that can be wrong with it is told at once; a job does the work.
#pragma once

#include "kernel/entities/catalogue.hpp"
#include "kernel/http.hpp"

namespace ponte {
class App;
}

namespace ponte::records {

extern const std::span<const Field> bulk_body;

Task<http::Response> start_bulk(Ctx& ctx, const http::Request& request);
void declare_bulk_route(App& app, const Kind& kind);

// Labels to add to and to take from a set field, whatever else a record has there.
struct SetChange {
    const Field* field = nullptr;
    Json add = Json::array(), remove = Json::array();
};

// What a bulk does to each of its records.
struct BulkValues {
    Values values;  // canonical
    std::vector<SetChange> sets;
};

// {"status": "active", "tags": {"add": ["vip"], "remove": []}} or {"addTags": ["vip"]}
BulkValues read_bulk_values(const Kind& kind, const TenantFacts& facts, const Json& given,
                            const Locale& locale, Problems& problems);
Json stored(const BulkValues& values);
BulkValues bulk_values_from(const Kind& kind, const Json& stored);
// The values for one record.
Values values_for(const BulkValues& values, const Json& record);

}  // namespace ponte::records
