// The database that comes with the program: with no DATABASE_URL it runs its own PostgreSQL in the
// data directory, reachable only through a socket there. Owned by main; it never deletes what
// PostgreSQL wrote, except a directory whose creation was never finished.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace ponte::db {

class PrivatePostgres {
public:
    struct Options {
        std::string data_dir;
        bool is_durable = true;  // false: tests; a power cut may destroy everything
        int max_connections = 100;
        // Called on a thread of our own when the server ends without having been asked to. Nobody
        // restarts it from there: the thread that called start() calls it again.
        std::function<void()> on_death;
    };

    // Takes the data directory for this process; throws std::runtime_error with a text for people
    // when another one has it.
    explicit PrivatePostgres(Options options);
    ~PrivatePostgres();  // stops it
    PrivatePostgres(const PrivatePostgres&) = delete;
    PrivatePostgres& operator=(const PrivatePostgres&) = delete;

    // Creates the database on first use, waits until it answers; the conninfo of its owner. To be
    // called on the main thread: when the calling thread ends, so does the server. Again after a
    // death; the conninfo stays the same.
    std::string start();
    // Why it ended, as it said itself since it was started last; empty when it said nothing.
    std::string last_words() const;
    void stop();  // fast shutdown, at most a minute

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

// The conninfo of the owner when another process serves this data directory: for commands beside
// it.
std::optional<std::string> running_private_postgres(const std::string& data_dir);

// When we are root: gives what lies in the data directory to the user of the database and becomes
// that user, for good. False when there is no such user, and we stay root.
bool drop_root(const std::string& data_dir);

}  // namespace ponte::db
