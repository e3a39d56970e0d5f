#include "kernel/records/field_rights.hpp"

#include <algorithm>

#include "kernel/records/record.hpp"

namespace ponte::records {
namespace {

bool has(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

bool may_see(const Kind& seen, std::string_view json_name) {
    return !has(seen.withheld, json_name);
}

bool may_change(const Kind& seen, std::string_view json_name) {
    return !has(seen.withheld, json_name) && !has(seen.guarded, json_name);
}

void refuse_guarded(const Kind& seen, const Json& body, const Json* before, Problems& problems) {
    for (const std::string& name : seen.guarded) {
        const Json* given = body.find(name);
        const Json old = before ? (*before)[name] : Json{};
        if (given && !same_value(seen.field_by_json(name)->type, *given, old)) {
            problems.push_back({name, "read_only", Json::object(), {}});
        }
    }
}

}  // namespace ponte::records
