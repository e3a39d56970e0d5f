#include "kernel/db/backup.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <stdexcept>

#include "kernel/db/archive.hpp"
#include "kernel/db/child_process.hpp"
#include "kernel/db/owner_connection.hpp"
#include "kernel/db/postgres_programs.hpp"
#include "kernel/db/private_postgres.hpp"
#include "kernel/db/roles.hpp"
#include "kernel/id.hpp"
#include "kernel/json.hpp"
#include "kernel/values.hpp"

namespace ponte::db {
namespace {

namespace fs = std::filesystem;

// 2: with a digest behind the archive.
constexpr std::int64_t format_version = 2;
constexpr int oldest_major = 15;

// The database of an installation, for as long as this stands; started by us when nobody serves it.
class Source {
public:
    Source(const std::string& database_url, const std::string& data_dir, bool may_run_already) {
        if (!database_url.empty()) {
            conninfo_ = database_url;
            return;
        }
        const auto running = may_run_already ? running_private_postgres(data_dir) : std::nullopt;
        if (running) {
            conninfo_ = *running;
            return;
        }
        PrivatePostgres::Options options;
        options.data_dir = data_dir;
        own_ = std::make_unique<PrivatePostgres>(std::move(options));
        conninfo_ = own_->start();
    }
    const std::string& conninfo() const { return conninfo_; }

private:
    std::unique_ptr<PrivatePostgres> own_;
    std::string conninfo_;
};

std::string require_program(const std::string& name, int major) {
    std::string path = find_client_program(name, major);
    if (path.empty()) {
        throw std::runtime_error(name + " of PostgreSQL " + std::to_string(major) +
                                 " or newer is not installed (apt install postgresql-client)");
    }
    return path;
}

void run_or_throw(Command command, const std::string& complaint) {
    const Ended ended = run(std::move(command));
    if (ended.code != 0) {
        throw std::runtime_error(complaint + ": " + ended.output);
    }
}

void write_manifest(const std::string& file, OwnerConnection& owner) {
    const Json manifest =
        Json::object({{"format", format_version},
                      {"madeAt", format_time(now())},
                      {"database", owner.database()},
                      {"postgres", owner.server_version() / 10'000},
                      {"migrations", owner.value("select count(*) from schema_migrations")}});
    std::ofstream(file) << manifest.dump() << "\n";
}

void dump(const std::string& conninfo, const std::string& into) {
    OwnerConnection owner(with_maintenance(conninfo));
    const Address address = without_secrets(with_maintenance(conninfo));
    Command command;
    // The owner passes row security while it maintains; without --enable-row-security pg_dump would
    // rather refuse than believe that.
    command.words = {require_program("pg_dump", owner.server_version() / 10'000),
                     "--format=custom",
                     "--schema=public",
                     "--extension=*",
                     "--enable-row-security",
                     "--file=" + into,
                     "--dbname=" + address.conninfo};
    command.settings = address.environment;
    run_or_throw(std::move(command), "the database cannot be read");
}

void require_known_format(const std::string& file, Verified verified) {
    std::stringstream text;
    text << std::ifstream(file).rdbuf();
    const Json manifest = Json::parse(text.str());
    const std::int64_t format = manifest["format"].as_integer();
    if (format < 1 || format > format_version) {
        throw std::runtime_error("the backup was made by a newer program");
    }
    if (format > 1 && verified != Verified::whole) {
        throw std::runtime_error("the backup is damaged: its digest is gone");
    }
}

void require_empty(OwnerConnection& owner, const std::string& data_dir) {
    if (owner.value("select 1 from pg_class c where c.relnamespace = 'public'::regnamespace "
                    "and c.relkind in ('r', 'p', 'v', 'm') limit 1") == "1") {
        throw std::runtime_error("the database " + owner.database() +
                                 " is not empty; a backup is restored into an empty one");
    }
    for (const std::string_view kept : kept_folders) {
        const std::string folder = data_dir + "/" + std::string(kept);
        if (fs::exists(folder) && !fs::is_empty(folder)) {
            throw std::runtime_error(folder +
                                     " is not empty; a backup is restored into a new directory");
        }
    }
}

// Policies and grants name the roles of the database that was dumped; walls are built anew instead.
void write_contents(const std::string& pg_restore, const WorkFolder& folder) {
    Command command;
    command.words = {pg_restore, "--list", "--file=" + folder.file("all"), folder.file(dump_name)};
    run_or_throw(std::move(command), "the dump cannot be read");
    std::ifstream all(folder.file("all"));
    std::ofstream wanted(folder.file("wanted"));
    for (std::string line; std::getline(all, line);) {
        const bool is_of_roles =
            line.find(" POLICY ") != std::string::npos || line.find(" ACL ") != std::string::npos;
        const bool is_the_schema = line.find(" SCHEMA - public ") != std::string::npos;
        if (!is_of_roles && !is_the_schema) {
            wanted << line << "\n";
        }
    }
}

void load(const std::string& conninfo, const WorkFolder& folder, int major) {
    const std::string pg_restore = require_program("pg_restore", major);
    write_contents(pg_restore, folder);
    const Address address = without_secrets(with_maintenance(conninfo));
    Command command;
    command.words = {pg_restore,
                     "--no-owner",
                     "--no-privileges",
                     "--no-comments",
                     "--exit-on-error",
                     "--single-transaction",
                     "--use-list=" + folder.file("wanted"),
                     "--dbname=" + address.conninfo,
                     folder.file(dump_name)};
    command.settings = address.environment;
    run_or_throw(std::move(command), "the database cannot be written");
}

void move_folders(const WorkFolder& folder, const std::string& data_dir) {
    for (const std::string_view kept : kept_folders) {
        const std::string from = folder.file(kept), to = data_dir + "/" + std::string(kept);
        if (fs::exists(from)) {
            fs::remove(to);  // empty, as was made sure
            fs::rename(from, to);
        }
    }
}

}  // namespace

void backup(const std::string& database_url, const std::string& data_dir, const std::string& file) {
    if (fs::exists(file)) {
        throw std::runtime_error(file + " exists already");
    }
    const Source source(database_url, data_dir, true);
    const WorkFolder folder(fs::absolute(file).parent_path().string());
    {
        OwnerConnection owner(with_maintenance(source.conninfo()));
        write_manifest(folder.file(manifest_name), owner);
    }
    // The database first: files that come meanwhile are too many, never too few.
    dump(source.conninfo(), folder.file(dump_name));
    pack(folder, data_dir, file);
}

Verified verify_backup(const std::string& file) {
    return verify_digest(file) ? Verified::whole : Verified::without_digest;
}

void restore(const std::string& database_url, const std::string& data_dir,
             const std::string& file) {
    const Verified verified = verify_backup(file);
    if (fs::create_directories(data_dir)) {
        fs::permissions(data_dir, fs::perms{0711});
    }
    const WorkFolder folder(data_dir);
    unpack(file, folder);
    require_known_format(folder.file(manifest_name), verified);
    const Source target(database_url, data_dir, false);
    OwnerConnection owner(with_maintenance(target.conninfo()));
    require_empty(owner, data_dir);
    ensure_roles(owner, target.conninfo(), {});
    load(target.conninfo(), folder, std::max(oldest_major, owner.server_version() / 10'000));
    owner.run("begin; call isolate_again(); commit");
    owner.run("analyze");
    move_folders(folder, data_dir);
}

}  // namespace ponte::db
