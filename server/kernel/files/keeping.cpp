#include "kernel/files/keeping.hpp"

#include <fstream>

#include "kernel/auth/sha256.hpp"
#include "kernel/files/sniff.hpp"
#include "kernel/files/store.hpp"
#include "kernel/services.hpp"
#include "kernel/storage.hpp"

namespace ponte::files {
namespace {

struct Looked {
    std::string sha256, type;
    std::int64_t size = 0;
};

// Reads it all once, in blocks: on the blocking pool.
Looked look_at(const std::string& path, const std::string& name) {
    std::ifstream in(path, std::ios::binary);
    auth::Sha256 hash;
    std::string block(sniffed_bytes, '\0');
    Looked looked;
    while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0) {
        const auto got = std::string_view(block).substr(0, static_cast<std::size_t>(in.gcount()));
        if (looked.type.empty()) {
            looked.type = sniff(got, name);
        }
        hash.add(got);
        looked.size += in.gcount();
    }
    if (in.bad() || looked.type.empty()) {
        throw unavailable("files");
    }
    looked.sha256 = hash.hex();
    return looked;
}

// All that the company keeps; a file that was sent is still on its way, and counted as that. One
// after the other, or two uploads at once would both find the last free place.
Task<> require_quota(Ctx& ctx, const File& file) {
    ctx.tx.queue("select pg_advisory_xact_lock(hashtextextended('files ' || current_tenant(), 0))");
    const auto kept = co_await ctx.tx.one<std::int64_t>(
        "select coalesce(sum(greatest(size, $1)), 0)::bigint from files "
        "where tenant_id = current_tenant()",
        Storage::least_of_a_file);
    const std::int64_t made = file.created_by ? 0 : file.size;
    storage_of(ctx.services.settings.data_dir)
        .require_share_of(ctx.who.tenant, static_cast<std::uint64_t>(kept + made));
}

Task<> write_row(Ctx& ctx, const File& file) {
    co_await require_quota(ctx, file);
    db::Params params{file.id,         file.name,   file.size,      file.sha256, file.type,
                      file.created_by, file.entity, file.record_id, file.field};
    // bulk: a file is no news by itself; whose it is, that record's own event tells.
    co_await ctx.tx.query(
        "insert into files (id, name, size, sha256, type, created_by, entity, record_id, field, "
        "loose_since) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
        "case when $7::text is null then now() end)",
        std::move(params));
}

}  // namespace

Task<File> keep(Ctx& ctx, Fresh fresh) {
    File file;
    file.id = Id::make();
    file.name = std::move(fresh.name);
    file.created_by = fresh.created_by;
    if (fresh.record) {
        file.record_id = fresh.record;
        file.entity = fresh.entity;
        file.field = fresh.field;
    }
    auto work = [path = fresh.path, name = file.name] { return look_at(path, name); };
    co_await ctx.tx.commit();  // no connection waits while a large file is read
    Looked looked = co_await offload(ctx.loop, std::move(work));
    file.sha256 = std::move(looked.sha256);
    file.type = fresh.type.empty() ? std::move(looked.type) : std::move(fresh.type);
    file.size = looked.size;

    const Key key{ctx.who.tenant, file.id};
    Store& store = ctx.services.files();
    co_await store.put(ctx.loop, key, std::move(fresh.path), file.type);
    std::exception_ptr failure;
    try {
        co_await write_row(ctx, file);
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure) {
        std::vector<Key> unknown{key};
        co_await store.remove(ctx.loop, std::move(unknown));
        std::rethrow_exception(failure);
    }
    co_return file;
}

}  // namespace ponte::files
