#include "kernel/work/operation.hpp"

#include "kernel/app.hpp"
#include "kernel/realtime.hpp"
#include "kernel/records/record.hpp"

namespace ponte::records {
namespace {

constexpr const char* operation_columns =
    "id, kind, entity, state, args, total, processed, changed, skipped, failed, undone, kept, "
    "cursor_id, created_by, error, failed_in, created_at, finished_at, undoable_until";

Json time_json(const std::optional<std::string>& database_text) {
    if (!database_text) {
        return {};
    }
    std::string text;
    append_time(text, *database_text);
    return Json(text);
}

// What was changed, not to what: values are read where the records are.
Json changed_fields(const Json& change) {
    Json fields = Json::array();
    for (const char* part : {"values", "sets"}) {
        for (const auto& [name, value] : change[part].members()) {
            if (name != "custom") {
                fields.push(camel_case(name));
            }
        }
    }
    for (const auto& [key, value] : change["values"]["custom"].members()) {
        fields.push("customFields." + key);
    }
    return fields;
}

}  // namespace

Json operation_json(const Operation& operation) {
    const Json author = operation.created_by ? Json(*operation.created_by) : Json{};
    return Json::object({{"id", operation.id},
                         {"kind", operation.kind},
                         {"entity", operation.entity},
                         {"fields", changed_fields(operation.args["values"])},
                         {"state", operation.state},
                         {"total", operation.total},
                         {"processed", operation.processed},
                         {"changed", operation.changed},
                         {"skipped", operation.skipped},
                         {"failed", operation.failed},
                         {"undone", operation.undone},
                         {"kept", operation.kept},
                         {"createdAt", time_json(operation.created_at)},
                         {"createdBy", author},
                         {"finishedAt", time_json(operation.finished_at)},
                         {"undoableUntil", time_json(operation.undoable_until)},
                         {"error", operation.error ? Json(*operation.error) : Json{}},
                         {"resumable", operation.failed_in.has_value()}});
}

std::string operation_select() {
    return std::string("select ") + operation_columns +
           " from operations where tenant_id = current_tenant()";
}

Task<std::optional<Operation>> find_operation(Ctx& ctx, Id id, bool locked) {
    std::string sql = operation_select() + " and id = $1";
    if (locked) {
        sql += " for update";
    }
    auto found = co_await ctx.tx.maybe<Operation>(std::move(sql), id);
    co_return found;
}

std::string right_of(const Ctx& ctx, const Operation& operation) {
    const std::string resource(ctx.app.entities().resource_of(operation.entity));
    return resource + (operation.kind == "bulk_update" ? ".update" : ".delete");
}

void tell_progress(Ctx& ctx, const Operation& operation) {
    ctx.app.realtime().tell_author(ctx.who.tenant, operation.created_by, "operations",
                                   "operation.progress", operation_json(operation));
}

}  // namespace ponte::records
