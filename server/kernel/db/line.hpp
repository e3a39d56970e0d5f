// One socket to PostgreSQL on one loop: connects without blocking, tells when there is something to
// read or room to write. What is said on it is its owner's business (connection.hpp). After `close`
// nothing is told any more.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "kernel/loop.hpp"

struct pg_conn;

namespace ponte::db {

class Line {
public:
    struct Events {
        std::function<void()> on_connected;
        std::function<void(std::string problem)> on_failed;  // could not be connected
        std::function<void()> on_readable;
        std::function<void()> on_writable;  // once for each `want_write`
    };

    Line(Loop& loop, Events events);
    ~Line();
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    void open(const std::string& conninfo);
    void want_write();
    void close();
    pg_conn* pg() const;  // none before `open` and after `close`

private:
    struct Parts;
    // Shared with what the loop still waits for.
    std::shared_ptr<Parts> parts_;
};

}  // namespace ponte::db
