// The database as the rest of the program sees it. A unit (`run`) is one round trip and one
// transaction: the tenant prologue, every statement, one Sync. A Transaction keeps a connection for
// work that must look before it writes. Nothing here knows a table.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/fields_macro.hpp"
#include "kernel/id.hpp"
#include "kernel/loop.hpp"
#include "kernel/task.hpp"

namespace ponte {
class Json;
}

namespace ponte::db {

// One parameter in PostgreSQL's text format; no value means null.
struct Param {
    std::optional<std::string> text;

    Param() = default;
    Param(std::nullopt_t) {}
    Param(const char* value) : text(value) {}
    Param(std::nullptr_t) {}  // as without anything: null
    Param(std::string_view value) : text(std::string(value)) {}
    Param(std::string value) : text(std::move(value)) {}
    Param(const Id& value) : text(value.text()) {}
    Param(const Json& value);                       // jsonb
    Param(const std::vector<std::string>& values);  // array literal, escaped
    Param(const std::vector<Id>& values);
    Param(double value);
    template <std::integral T>
    Param(T value) : text(to_text(value)) {}
    template <class T>
    Param(const std::optional<T>& value) {
        if (value) {
            *this = Param(*value);
        }
    }

private:
    template <std::integral T>
    static std::string to_text(T value) {
        if constexpr (std::same_as<T, bool>) {
            return value ? "t" : "f";
        } else {
            return std::to_string(value);
        }
    }
};
using Params = std::vector<Param>;

// A result set; copying shares the memory.
class Rows {
public:
    Rows() = default;
    explicit Rows(std::shared_ptr<const void> result);  // PGresult, owned
    int size() const;
    int columns() const;
    int column(std::string_view name) const;  // -1 when there is none
    std::string_view column_name(int column) const;
    bool is_null(int row, int column) const;
    std::string_view text(int row, int column) const;  // empty when null
    std::int64_t affected() const;
    bool empty() const { return size() == 0; }

private:
    std::shared_ptr<const void> result_;
};

struct Statement {
    std::string sql;  // also the key of the prepared-statement cache
    Params params;
};

// Who asks. `app` is bound by row security to `tenant`. `reader` may only select, is not bound by
// it and must say `tenant_id = …` itself (design §4); only resources' lists use it. `system`
// reaches the kernel's own cross-tenant tables (jobs, events, sessions, identities) and nothing of
// the business.
enum class Role { app, reader, system };

struct Scope {
    Role role = Role::app;
    std::optional<Id> tenant;
};

struct Options {
    bool slow = false;             // reports, imports, exports: a pool of their own
    Milliseconds timeout{15'000};  // statement timeout and wait for a connection
};

class Transaction {
public:
    Transaction();
    Transaction(Transaction&&) noexcept;
    Transaction& operator=(Transaction&&) noexcept;
    ~Transaction();  // rolls back what was not committed

    // Sends everything queued plus this, waits for its rows.
    Task<Rows> query(std::string sql, Params params = {});
    // Sent with the next query or the commit; its failure surfaces there.
    void queue(std::string sql, Params params = {});
    // Commits; the rows of a last statement when one is given (one round trip together).
    Task<> commit();
    Task<Rows> commit_with(std::string sql, Params params = {});
    // COPY … FROM STDIN: sends text-format data, returns the number of rows. PostgreSQL refuses it
    // for a table with row security: copy into a temporary table and insert from there.
    Task<std::int64_t> copy_in(std::string sql, std::string data);
    bool is_open() const;

    template <class Row, class... Args>
    Task<Row> one(std::string sql, Args... args);  // throws not_found("record") when there is none
    template <class Row, class... Args>
    Task<std::optional<Row>> maybe(std::string sql, Args... args);
    template <class Row, class... Args>
    Task<std::vector<Row>> all(std::string sql, Args... args);

    struct Parts;
    explicit Transaction(std::unique_ptr<Parts> parts);

private:
    std::unique_ptr<Parts> parts_;
};

struct Stats {
    int connections = 0, busy = 0, waiting = 0;
    std::uint64_t reconnects = 0;
};

struct Config {
    std::string conninfo;                  // libpq, as the application's role
    std::string reader_role, system_role;  // set with set_config('role', …, true) in the prologue
    int lanes_per_loop = 4;                // shared, pipelined: for units; they commit together
    int spare_lanes_per_loop = 4;          // opened only while all lanes wait for something
    int exclusive_per_loop = 6;            // for transactions
    int slow_total = 4;                    // for Options::slow, over all loops

    // Tests look over what is asked, and as whom. Called on any thread.
    std::function<void(Role, std::string_view sql)> on_statement;

    // Open at the same time at the very most, those that listen included. `threads` 0: one a core.
    int most_connections(unsigned threads) const;
};

class Database {
public:
    Database(Loops& loops, Config config);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    // One round trip, one transaction. Rows in the order of the statements.
    // A lost connection before anything was sent is retried once; afterwards it is 503 database.
    Task<std::vector<Rows>> run(Loop& loop, Scope scope, std::vector<Statement> statements,
                                Options options = {});
    Task<Rows> query(Loop& loop, Scope scope, std::string sql, Params params = {});
    Task<Transaction> begin(Loop& loop, Scope scope, Options options = {});
    // LISTEN on a channel with a connection of its own, reconnecting for ever; `on_notify` runs on
    // `loop`. Called once with an empty payload after every (re)connect, so that nothing is missed.
    void listen(Loop& loop, std::string channel, std::function<void(std::string)> on_notify);
    Stats stats() const;
    void stop();  // waits for running units, closes everything

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

// Reading a cell into a C++ value; text format.
void read_cell(std::string_view text, std::string& out);
void read_cell(std::string_view text, std::int64_t& out);
void read_cell(std::string_view text, int& out);
void read_cell(std::string_view text, bool& out);
void read_cell(std::string_view text, double& out);
void read_cell(std::string_view text, Id& out);
void read_cell(std::string_view text, Json& out);
void read_cell(std::string_view text, std::vector<std::string>& out);  // array literal
void read_cell(std::string_view text, std::vector<Id>& out);

template <class T>
void read_field(const Rows& rows, int row, int column, T& out) {
    if (column >= 0 && !rows.is_null(row, column)) {
        read_cell(rows.text(row, column), out);
    }
}
template <class T>
void read_field(const Rows& rows, int row, int column, std::optional<T>& out) {
    if (column >= 0 && !rows.is_null(row, column)) {
        read_cell(rows.text(row, column), out.emplace());
    }
}

// Fills a FIELDS struct by column name; a plain value is read from the first column.
template <class Row>
Row read_row(const Rows& rows, int row) {
    Row out{};
    if constexpr (requires { read_cell(std::string_view{}, out); }) {
        read_field(rows, row, 0, out);
    } else {
        visit_fields(out, [&](const char* name, auto& member) {
            read_field(rows, row, rows.column(name), member);
        });
    }
    return out;
}

[[noreturn]] void throw_no_record();

template <class Row, class... Args>
Task<std::optional<Row>> Transaction::maybe(std::string sql, Args... args) {
    Params params{Param(args)...};
    const Rows rows = co_await query(std::move(sql), std::move(params));
    std::optional<Row> found;
    if (!rows.empty()) {
        found = read_row<Row>(rows, 0);
    }
    co_return found;
}
template <class Row, class... Args>
Task<Row> Transaction::one(std::string sql, Args... args) {
    Params params{Param(args)...};
    const Rows rows = co_await query(std::move(sql), std::move(params));
    if (rows.empty()) {
        throw_no_record();
    }
    co_return read_row<Row>(rows, 0);
}
template <class Row, class... Args>
Task<std::vector<Row>> Transaction::all(std::string sql, Args... args) {
    Params params{Param(args)...};
    const Rows rows = co_await query(std::move(sql), std::move(params));
    std::vector<Row> found;
    for (int i = 0; i < rows.size(); ++i) {
        found.push_back(read_row<Row>(rows, i));
    }
    co_return found;
}

}  // namespace ponte::db
