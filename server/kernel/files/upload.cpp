#include "kernel/files/upload.hpp"

#include <fstream>

#include "kernel/auth/sha256.hpp"
#include "kernel/files/file.hpp"
#include "kernel/files/incoming.hpp"
#include "kernel/files/safe_name.hpp"
#include "kernel/files/sniff.hpp"
#include "kernel/files/store.hpp"
#include "kernel/records/input.hpp"
#include "kernel/services.hpp"
#include "kernel/storage.hpp"

namespace ponte::files {
namespace {

struct Looked {
    std::string sha256, type;
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
    }
    if (in.bad() || looked.type.empty()) {
        throw unavailable("files");
    }
    looked.sha256 = hash.hex();
    return looked;
}

// All that the company keeps; this file is still on its way, and counted as that. One after the
// other, or two uploads at once would both find the last free place.
Task<> require_quota(Ctx& ctx) {
    ctx.tx.queue("select pg_advisory_xact_lock(hashtextextended('files ' || current_tenant(), 0))");
    const auto kept = co_await ctx.tx.one<std::int64_t>(
        "select coalesce(sum(greatest(size, $1)), 0)::bigint from files "
        "where tenant_id = current_tenant()",
        Storage::least_of_a_file);
    storage_of(ctx.services.settings.data_dir)
        .require_share_of(ctx.who.tenant, static_cast<std::uint64_t>(kept));
}

Task<> write_row(Ctx& ctx, const File& file) {
    co_await require_quota(ctx);
    // bulk: a file that nobody has taken is no news for anybody.
    ctx.tx.queue(
        "insert into files (id, name, size, sha256, type, created_by) "
        "values ($1, $2, $3, $4, $5, $6)",
        {file.id, file.name, file.size, file.sha256, file.type, ctx.who.user});
    co_await ctx.tx.commit();
}

}  // namespace

// First the bytes, then the row: whatever happens in between leaves bytes that nobody knows, which
// the collector finds, and never a row without bytes.
Task<http::Response> upload(Ctx& ctx, const http::Request& request) {
    require_body(ctx, request);
    const http::UploadedFile& sent = file_of(request);
    const std::uint64_t most = ctx.services.settings.file_bytes;
    if (sent.size > most) {
        throw invalid("file", "file_too_large", Json::object({{"limit", most >> 20}}));
    }
    File file;
    file.id = Id::make();
    file.name = safe_name(sent.file_name);
    file.size = static_cast<std::int64_t>(sent.size);
    auto work = [path = sent.path, name = file.name] { return look_at(path, name); };
    co_await ctx.tx.commit();  // no connection waits while a large file is read
    Looked looked = co_await offload(ctx.loop, std::move(work));
    file.sha256 = std::move(looked.sha256);
    file.type = std::move(looked.type);

    const Key key{ctx.who.tenant, file.id};
    Store& store = ctx.services.files();
    co_await store.put(ctx.loop, key, sent.path, file.type);
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
    http::Response response = reply(201, shown(file));
    response.with("Location", "/api/v1/files/" + file.id.text());
    co_return response;
}

}  // namespace ponte::files
