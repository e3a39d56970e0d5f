// The running program: owns every service, starts and stops them. One a process; Program (and, in
// tests, Server) give it its database and its loops.
#pragma once

#include <memory>

#include "kernel/app.hpp"
#include "kernel/auth.hpp"
#include "kernel/db.hpp"
#include "kernel/http.hpp"
#include "kernel/services.hpp"

namespace ponte {

class Kernel {
public:
    Kernel(Settings settings, Loops& loops, std::unique_ptr<db::Database> database,
           auth::Keys keys);
    ~Kernel();
    Kernel(const Kernel&) = delete;
    Kernel& operator=(const Kernel&) = delete;

    App& app() { return app_; }  // before start()
    Services& services() { return services_; }
    http::Handlers http_handlers();  // borrow this Kernel

    void start();  // feed, realtime, jobs and listeners as the role says
    void stop();   // not on a loop: waits for what runs

private:
    struct Parts;
    const Settings settings_;
    const auth::Keys keys_;
    Services services_;
    App app_;
    std::unique_ptr<Parts> parts_;
};

}  // namespace ponte
