// What a connection says: its setup, and units as libpq's calls.
#include <libpq-fe.h>

#include "kernel/db/connection.hpp"

namespace ponte::db {
namespace {

constexpr int oldest_version = 150'000;
constexpr Milliseconds set_up_within{10'000};

// No parallel workers: a page deep in a list would start two of them, which costs more than the
// page and takes the processors of everybody else. Who forgets a transaction loses it, and its
// session, when it may take no longer (db::longest_transaction).
const char* const setup_sql =
    "select set_config('timezone', 'UTC', false), set_config('datestyle', 'ISO, YMD', false), "
    "set_config('intervalstyle', 'postgres', false), "
    "set_config('standard_conforming_strings', 'on', false), set_config('jit', 'off', false), "
    "set_config('max_parallel_workers_per_gather', '0', false), "
    "set_config('idle_in_transaction_session_timeout', '120000', false)";

// Sent with every unit, so they are prepared at once and for good.
const char* const prologue = "prologue";
const char* const begin = "begin";
const char* const commit = "commit";
const char* const rollback = "rollback";
const std::pair<const char*, const char*> frames[] = {
    {prologue,
     "select set_config('role', $1, true), set_config('app.tenant', $2, true), "
     "set_config('statement_timeout', $3, true)"},
    {begin, "begin"},
    {commit, "commit"},
    {rollback, "rollback"},
};

const char* role_name(const Config& config, Role role) {
    static const std::string login = "none";
    const std::string& name = role == Role::reader   ? config.reader_role
                              : role == Role::system ? config.system_role
                                                     : login;
    return name.empty() ? login.c_str() : name.c_str();
}

}  // namespace

void Connection::set_up() {
    PGconn* pg = line_.pg();
    if (PQserverVersion(pg) < oldest_version) {
        break_off("PostgreSQL 15 or newer is needed");
        return;
    }
    auto unit = std::make_shared<Unit>();
    unit->timeout = set_up_within;
    unit->then = [weak = weak_from_this(), setup = unit.get()] {
        if (const auto self = weak.lock()) {
            self->ready(*setup);
        }
    };
    bool is_sent = PQenterPipelineMode(pg) == 1 &&
                   PQsendQueryParams(pg, setup_sql, 0, nullptr, nullptr, nullptr, nullptr, 0) == 1;
    expected_.push_back({Reply::setup});
    for (const auto& [name, sql] : frames) {
        is_sent = is_sent && PQsendPrepare(pg, name, sql, 0, nullptr) == 1;
        expected_.push_back({Reply::setup});
    }
    if (!is_sent || PQpipelineSync(pg) != 1) {
        break_off(PQerrorMessage(pg));
        return;
    }
    end_section(std::move(unit));
}

bool Connection::send(std::shared_ptr<Unit> unit) {
    if (!is_open()) {
        return false;
    }
    if (unit->has_prologue && !unit->rolls_back) {  // outside of a transaction
        put_closing();
    }
    if (is_over_ || !put(*unit) || PQpipelineSync(line_.pg()) != 1) {
        break_off(PQerrorMessage(line_.pg()));
        return false;
    }
    end_section(std::move(unit));
    return true;
}

bool Connection::put(const Unit& unit) {
    if (unit.rolls_back && !put_frame(rollback, Reply::frame)) {
        return false;
    }
    if (unit.begins && !put_frame(begin, Reply::frame)) {
        return false;
    }
    if (unit.has_prologue && !put_prologue(unit)) {
        return false;
    }
    for (const Statement& statement : unit.statements) {
        if (!put_statement(unit.scope.role, statement)) {
            return false;
        }
    }
    return !unit.commits || put_frame(commit, Reply::commit);
}

bool Connection::put_frame(const char* name, Reply reply) {
    expected_.push_back({reply});
    return PQsendQueryPrepared(line_.pg(), name, 0, nullptr, nullptr, nullptr, 0) == 1;
}

bool Connection::put_prologue(const Unit& unit) {
    const std::string tenant = unit.scope.tenant ? unit.scope.tenant->text() : std::string();
    const std::string timeout = std::to_string(unit.timeout.count());
    const char* const values[] = {role_name(around_->config, unit.scope.role), tenant.c_str(),
                                  timeout.c_str()};
    expected_.push_back({Reply::frame});
    return PQsendQueryPrepared(line_.pg(), prologue, 3, values, nullptr, nullptr, 0) == 1;
}

bool Connection::put_statement(Role role, const Statement& statement) {
    if (around_->config.on_statement) {
        around_->config.on_statement(role, statement.sql);
    }
    const Statements::Use use = statements_.use(role, statement.sql, section_);
    if (use.must_parse) {
        expected_.push_back({Reply::parse, use.entry});
        if (PQsendPrepare(line_.pg(), use.name, statement.sql.c_str(), 0, nullptr) != 1) {
            return false;
        }
    }
    values_.clear();
    for (const Param& param : statement.params) {
        values_.push_back(param.text ? param.text->c_str() : nullptr);
    }
    expected_.push_back({Reply::rows, use.entry});
    return PQsendQueryPrepared(line_.pg(), use.name, static_cast<int>(values_.size()),
                               values_.data(), nullptr, nullptr, 0) == 1;
}

// Its failure harms nobody: what is not deallocated goes with the connection.
void Connection::put_closing() {
    for (const std::string& name : statements_.take_closing()) {
        const std::string sql = "deallocate " + name;
        auto unit = std::make_shared<Unit>();
        unit->timeout = set_up_within;
        expected_.push_back({Reply::frame});
        PGconn* pg = line_.pg();
        if (PQsendQueryParams(pg, sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0) != 1 ||
            PQpipelineSync(pg) != 1) {
            break_off(PQerrorMessage(pg));
            return;
        }
        end_section(std::move(unit));
    }
}

void Connection::end_section(std::shared_ptr<Unit> unit) {
    expected_.push_back({Reply::sync});
    ++section_;
    if (units_.empty()) {
        heard_at_ = Clock::now();
    }
    units_.push_back(std::move(unit));
    flush();
}

}  // namespace ponte::db
