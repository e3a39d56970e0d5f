#include "kernel/files/collect.hpp"

#include <algorithm>

#include "kernel/files/store.hpp"
#include "kernel/log.hpp"
#include "kernel/services.hpp"

namespace ponte::files {
namespace {

constexpr std::int64_t files_per_batch = 500;
// Nobody fills in a form for longer; also older than any request that may still be under way.
constexpr std::int64_t loose_s = 24 * 3600;

struct LooseRow {
    Id tenant_id, id;
};
FIELDS(LooseRow, tenant_id, id);

Task<> remove_bytes(Ctx& ctx, std::vector<Key> keys) {
    if (!keys.empty()) {
        co_await ctx.services.files().remove(ctx.loop, std::move(keys));
    }
}

Task<std::int64_t> remove_loose(Ctx& ctx) {
    std::int64_t removed = 0;
    while (true) {
        ctx.tx.act_as({db::Role::system, {}});
        // bulk: no record has them, so nobody is told.
        const auto rows = co_await ctx.tx.all<LooseRow>(
            "delete from files where ctid = any (array(select ctid from files "
            "where loose_since < now() - make_interval(secs => $1) limit $2 for update skip "
            "locked)) "
            "returning tenant_id, id",
            loose_s, files_per_batch);
        co_await ctx.tx.commit();
        std::vector<Key> keys;
        for (const LooseRow& row : rows) {
            keys.push_back({row.tenant_id, row.id});
        }
        co_await remove_bytes(ctx, std::move(keys));
        removed += static_cast<std::int64_t>(rows.size());
        if (rows.size() < files_per_batch) {
            co_return removed;
        }
    }
}

// A store of objects may be another installation's as well: bytes of a company that has no file
// here may be known there.
Task<> leave_strangers(Ctx& ctx, std::vector<Key>& keys) {
    std::vector<Id> companies;
    for (const Key& key : keys) {
        companies.push_back(key.company);
    }
    const auto ours = co_await ctx.tx.all<Id>(
        "select distinct tenant_id from files where tenant_id = any ($1::uuid[])",
        std::move(companies));
    std::erase_if(
        keys, [&](const Key& key) { return std::ranges::find(ours, key.company) == ours.end(); });
}

// An upload that was killed between its bytes and its row left them.
Task<std::int64_t> remove_unknown(Ctx& ctx) {
    std::int64_t removed = 0;
    std::string after;
    do {
        Store::Listed listed =
            co_await ctx.services.files().list(ctx.loop, std::move(after), loose_s);
        after = std::move(listed.next);
        std::vector<Id> ids;
        for (const Key& key : listed.keys) {
            ids.push_back(key.file);
        }
        if (ids.empty()) {
            continue;
        }
        ctx.tx.act_as({db::Role::system, {}});
        const auto known =
            co_await ctx.tx.all<Id>("select id from files where id = any ($1::uuid[])", ids);
        if (ctx.services.files().is_shared()) {
            co_await leave_strangers(ctx, listed.keys);
        }
        co_await ctx.tx.commit();
        std::erase_if(listed.keys, [&](const Key& key) {
            return std::ranges::find(known, key.file) != known.end();
        });
        removed += static_cast<std::int64_t>(listed.keys.size());
        co_await remove_bytes(ctx, std::move(listed.keys));
    } while (!after.empty());
    co_return removed;
}

}  // namespace

Task<> collect_files(Ctx& ctx, const CollectFiles&) {
    const std::int64_t loose = co_await remove_loose(ctx);
    const std::int64_t unknown = co_await remove_unknown(ctx);
    if (loose + unknown > 0) {
        log::info("files that nobody has are gone", {{"loose", loose}, {"unknown", unknown}});
    }
}

}  // namespace ponte::files
