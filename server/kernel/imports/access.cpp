#include "kernel/imports/access.hpp"

#include "kernel/entities/catalogue.hpp"
#include "kernel/records/input.hpp"
#include "kernel/services.hpp"

namespace ponte::imports {
namespace {

// To a key only what it has asked for itself is its own: its maker's files are not in its scopes.
bool is_own(const Ctx& ctx, const Import& import) {
    return import.created_by == ctx.who.user &&
           (!ctx.who.key || import.asker_key_id == ctx.who.key_id());
}

bool may(const Ctx& ctx, const Import& import, std::string_view action) {
    return is_own(ctx, import) || ctx.reach("imports", action) == Reach::all;
}

}  // namespace

void require_import(Ctx& ctx, const records::Kind& kind) { ctx.require(kind.resource + ".import"); }

Task<Import> import_of(Ctx& ctx, const http::Request& request, bool locked) {
    const Id id = path_id(request, "import");
    Import import = co_await work::get<Import>(ctx, id, locked);
    // Its rows show what stood in the file: somebody else's is for who may see all that it fills.
    const bool is_seen = is_own(ctx, import) || fills_what_is_seen(ctx, import);
    if (!is_seen || !may(ctx, import, "read")) {
        throw not_found("import");
    }
    co_return import;
}

Task<Import> import_to_change(Ctx& ctx, const http::Request& request) {
    Import import = co_await import_of(ctx, request, true);
    if (!may(ctx, import, "update")) {
        throw forbidden();
    }
    const records::Kind& kind = ctx.services.entities().get(import.entity);
    require_import(ctx, kind);
    if (import.mode != "create") {
        ctx.require(kind.resource + ".update");
    }
    co_return import;
}

}  // namespace ponte::imports
