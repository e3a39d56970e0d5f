#include "kernel/db/schema.hpp"

#include <openssl/sha.h>

#include <algorithm>
#include <map>

#include "kernel/db/owner_connection.hpp"
#include "kernel/db/roles.hpp"
#include "kernel/embedded.hpp"

namespace ponte::db {
namespace {

constexpr int oldest_server = 150'000;
constexpr const char* lock_of_schema = "select pg_advisory_lock(8020260124090001)";

struct Migration {
    std::string name;  // of the file: they run in this order, whoever owns them
    std::string_view sql;
    std::string checksum;
};

std::string checksum_of(std::string_view text) {
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
    constexpr char hex[] = "0123456789abcdef";
    std::string out;
    for (const unsigned char byte : digest) {
        out.push_back(hex[byte >> 4]);
        out.push_back(hex[byte & 15]);
    }
    return out;
}

std::vector<Migration> all_migrations() {
    std::vector<Migration> found;
    for (const EmbeddedFile& file : embedded_files()) {
        if (file.path.starts_with("migrations/") && file.path.ends_with(".sql")) {
            const std::string_view name = file.path.substr(file.path.rfind('/') + 1);
            found.push_back({std::string(name), file.bytes, checksum_of(file.bytes)});
        }
    }
    std::ranges::sort(found, {}, &Migration::name);
    const auto twice = std::ranges::adjacent_find(found, {}, &Migration::name);
    if (twice != found.end()) {
        throw std::runtime_error("two migrations have the name " + twice->name);
    }
    return found;
}

void require_usable(OwnerConnection& owner) {
    if (owner.server_version() < oldest_server) {
        throw std::runtime_error("PostgreSQL 15 or newer is needed; the server is " +
                                 owner.value("show server_version"));
    }
    if (owner.value("show server_encoding") != "UTF8") {
        throw std::runtime_error("the database " + owner.database() +
                                 " must be created with encoding 'UTF8'");
    }
}

std::map<std::string, std::string> applied_migrations(OwnerConnection& owner) {
    std::map<std::string, std::string> applied;
    if (owner.value("select to_regclass('public.schema_migrations')").empty()) {
        return applied;
    }
    for (const auto& row : owner.rows("select name, checksum from schema_migrations")) {
        applied[row[0]] = row[1];
    }
    return applied;
}

void refuse_other_history(const std::map<std::string, std::string>& applied,
                          const std::vector<Migration>& known) {
    for (const auto& [name, checksum] : applied) {
        const auto same = std::ranges::find(known, name, &Migration::name);
        if (same == known.end()) {
            throw std::runtime_error(
                "the database was made by a newer program: this one does not "
                "know its migration " +
                name);
        }
        if (same->checksum != checksum) {
            throw std::runtime_error("the migration " + name +
                                     " is not the one that was applied to this database; put the "
                                     "file back and write a new migration instead");
        }
    }
}

void apply(OwnerConnection& owner, const Migration& migration) {
    try {
        owner.run("begin");
        owner.run(std::string(migration.sql));
        owner.rows("insert into schema_migrations (name, checksum) values ($1, $2)",
                   {migration.name, migration.checksum});
        owner.run("commit");
    } catch (const DatabaseProblem& problem) {
        throw std::runtime_error("migration " + migration.name + ": " + problem.what());
    }
}

// A database that was renamed or restored still has the walls of its old name.
void repair_walls(OwnerConnection& owner) {
    const std::string is_stale = owner.value(
        "select exists (select from pg_policies where schemaname = 'public' "
        "and (policyname = 'app' and roles <> array[role_named('app')::name] "
        "or policyname = 'owner' and roles <> array[current_user::name]))");
    if (is_stale == "t") {
        owner.run("begin; call isolate_again(); commit");
    }
}

}  // namespace

Access prepare_database(const std::string& owner_conninfo, const std::string& app_password) {
    OwnerConnection owner(owner_conninfo);
    require_usable(owner);
    owner.run(lock_of_schema);
    // The owner is walled out of its own tables, except while it says that it mends them.
    owner.run("set ponte.maintenance = 'on'");
    ensure_roles(owner, owner_conninfo, app_password);

    const std::vector<Migration> migrations = all_migrations();
    const auto applied = applied_migrations(owner);
    refuse_other_history(applied, migrations);
    for (const Migration& migration : migrations) {
        if (!applied.contains(migration.name)) {
            apply(owner, migration);
        }
    }
    repair_walls(owner);

    const RoleNames roles = roles_of(owner.database());
    const std::string here = with_database(owner_conninfo, owner.database());
    return {with_login(here, {roles.app, app_password}), roles.reader, roles.system};
}

}  // namespace ponte::db
