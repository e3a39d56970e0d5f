#include "kernel/exports/export.hpp"

namespace ponte::exports {

Json Export::json() const {
    const bool is_done = state == "done" || state == "expired";
    Json own = Json::object({{"format", format},
                             {"columns", columns},
                             {"filter", args["filter"]},
                             {"search", args["search"]},
                             {"sort", args["sort"]},
                             {"rows", is_done ? Json(processed) : Json{}},
                             {"fileId", file_id ? Json(*file_id) : Json{}},
                             {"fileName", file_name},
                             {"size", size ? Json(*size) : Json{}},
                             {"expiresAt", work::time_json(expires_at)}});
    return work::row_json(*this, std::move(own));
}

Json Export::shown(const Ctx& ctx) const {
    const std::string_view plural = Words::all().find(ctx.language, entity + ".plural");
    Json shown = json();
    shown.set("title", plural.empty() ? entity : std::string(plural));
    return shown;
}

Json told(const Export& one) {
    Json facts = Json::object({{"of", one.entity}, {"format", one.format}});
    for (const char* part : {"filter", "search"}) {
        if (const Json& value = one.args[part]; !value.is_null()) {
            facts.set(part, value);
        }
    }
    if (one.total > 0) {
        facts.set("rows", one.total);
    }
    return facts;
}

}  // namespace ponte::exports
