#include "kernel/imports/shared_upload.hpp"

#include <filesystem>

#include "kernel/files/keeping.hpp"
#include "kernel/files/store.hpp"
#include "kernel/imports/csv_dialect.hpp"
#include "kernel/imports/upload.hpp"
#include "kernel/services.hpp"

namespace ponte::imports {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view owner = "upload", looked_at = "preview", imported = "import";

Task<std::optional<Id>> put(Ctx& ctx, const Upload& upload, std::string path) {
    if (!fs::exists(path)) {
        co_return std::nullopt;
    }
    files::Fresh fresh;
    fresh.path = path + "." + Id::make().text() + ".out";  // the store takes it over
    fs::create_hard_link(path, fresh.path);
    fresh.name = upload.file_name;
    fresh.type = "text/csv";
    fresh.entity = owner;
    fresh.field = looked_at;
    fresh.record = upload.id;
    const files::Local gone_anyhow(fresh.path, files::Local::Copy::yes);
    const files::File file = co_await files::keep(ctx, std::move(fresh));
    co_return file.id;
}

// Whole or not at all, whoever else asks at the same time.
Task<bool> bring(Ctx& ctx, std::optional<Id> file, std::string path) {
    if (fs::exists(path) || !file) {
        co_return fs::exists(path);
    }
    const files::Key key{ctx.who.tenant, *file};
    co_await ctx.tx.commit();
    try {
        const files::Local local = co_await ctx.services.files().open(ctx.loop, key);
        fs::rename(local.path(), path);
        let_go_soon(path);
    } catch (const Error& error) {
        if (error.status == 404) {
            co_return false;
        }
        throw;
    }
    co_return true;
}

}  // namespace

Task<> share(Ctx& ctx, Upload& upload) {
    if (!ctx.services.files().is_shared()) {
        co_return;
    }
    const std::string path = upload_path(ctx, upload.id);
    upload.sent_file_id = co_await put(ctx, upload, sent_path(path));
    upload.file_id = co_await put(ctx, upload, path);
}

Task<std::string> bring_here(Ctx& ctx, const Upload& upload) {
    std::string path = upload_path(ctx, upload.id);
    const bool is_here = co_await bring(ctx, upload.file_id, path);
    co_return is_here ? path : std::string{};
}

Task<bool> bring_sent_here(Ctx& ctx, const Upload& upload) {
    const std::string path = sent_path(upload_path(ctx, upload.id));
    const bool is_here = co_await bring(ctx, upload.sent_file_id, path);
    co_return is_here;
}

void share_for_import(Ctx& ctx, const Upload& upload) {
    if (upload.file_id) {
        ctx.tx.queue(
            "update files set field = $2 where tenant_id = current_tenant() and entity = $3 "
            "and record_id = $1",
            {upload.id, imported, owner});
    }
}

Task<> unshare_old(Ctx& ctx, std::chrono::hours looked_at_for, std::chrono::hours kept_for) {
    ctx.tx.act_as({db::Role::system, {}});
    db::Params params{owner, looked_at, static_cast<std::int64_t>(looked_at_for.count()),
                      static_cast<std::int64_t>(kept_for.count())};
    // bulk: what nobody imports any more is nobody's; the collector of files takes it.
    co_await ctx.tx.query(
        "update files set entity = null, record_id = null, field = null, loose_since = now() "
        "where entity = $1 and created_at < now() - make_interval(hours => case when field = $2 "
        "then $3::int else $4::int end)",
        std::move(params));
    co_await ctx.tx.commit();
}

}  // namespace ponte::imports
