// The whole product inside a test program: database, App with every module, HTTP on a free port,
// the job runner, the event feed. One a test program, started when first asked for; a test
// that needs other settings starts a second one for itself.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "kernel/db.hpp"
#include "kernel/http.hpp"
#include "kernel/kernel.hpp"

namespace ponte::testing {

struct TestDatabase;

class Server {
public:
    // As the program would run, with limits off; a test changes what it needs.
    static Settings usual_settings();
    static Settings settings_of_a_node();

    using Row = std::vector<std::string>;  // null is empty

    // With what a test declares beside the modules.
    using Declare = void (*)(App&);
    explicit Server(Settings settings = usual_settings(), Declare declare = nullptr);
    // Another node on the same database; both must have settings of nodes that are not alone.
    Server(const Server& beside, Settings settings);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    const std::string& url() const;  // "http://127.0.0.1:41234"
    Services& services();
    Loop& loop();
    std::string data_dir() const;
    const TestDatabase& database() const;

    // SQL past every wall: as the owner of the tables, whom nothing binds. For looking, and for
    // what no API can do (yesterday's dates). Answers that the server remembers do not notice.
    std::vector<Row> sql(const std::string& text, const std::vector<std::string>& values = {});
    std::string value(const std::string& text, const std::vector<std::string>& values = {});
    std::int64_t number(const std::string& text, const std::vector<std::string>& values = {});
    // As the application itself sees it; without a tenant it must see nothing.
    db::Rows sql_as(db::Scope scope, std::string text, db::Params params = {});

    // Every statement that any server of this program has sent as the role that reads past row
    // security.
    static std::vector<std::string> reads_past_the_wall();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

// The server of this program.
Server& server();

}  // namespace ponte::testing
