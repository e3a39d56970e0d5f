// The program put together for one command: its database, its loops, its Kernel. Owned by main;
// its parts are started in this order and ended in the opposite one.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "kernel/db/private_postgres.hpp"
#include "kernel/db/revival.hpp"
#include "kernel/kernel.hpp"

namespace ponte {

class Program {
public:
    explicit Program(Settings settings);
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    // The database running and of this program's shape; gives up root. On the main thread. A
    // command that may come while another process serves works on the database of that one.
    void open_database(bool may_join = true);
    // Loops running, every module declared. `open_database` comes first, unless nothing is asked of
    // the database (`ponte openapi`).
    void open_app();
    // Feed, realtime, jobs and HTTP; prints `ready http://…`; returns after SIGTERM or SIGINT.
    int serve();

    Kernel& kernel() { return *kernel_; }
    Services& services() { return kernel_->services(); }
    Loop& loop() { return loops_->at(0); }
    const std::string& owner_conninfo() const { return owner_conninfo_; }
    const Settings& settings() const { return settings_; }

private:
    void plan_revival();
    void revive_database();
    int next_signal() const;
    void wait_for_the_end();

    const Settings settings_;
    auth::Keys keys_;
    std::unique_ptr<db::PrivatePostgres> postgres_;
    db::Revival revival_;
    std::optional<db::Revival::Clock::time_point> revive_at_;  // it does not run
    std::string owner_conninfo_;
    db::Config database_;
    std::unique_ptr<Loops> loops_;
    std::unique_ptr<Kernel> kernel_;
};

// Rights of new files and the number of descriptors, for every command.
void prepare_process();

// Throws, in words for a person, when nobody may listen there: before a database is made.
void require_free(const Settings& settings);

// SIGTERM, SIGINT and SIGHUP wait for `serve` on the main thread, whatever thread gets them. Called
// before any thread exists.
void hold_signals();

}  // namespace ponte
