#include <algorithm>
#include <atomic>
#include <future>
#include <utility>

#include "kernel/db/branch.hpp"
#include "kernel/db/budgets.hpp"
#include "kernel/db/transaction.hpp"

namespace ponte::db {
namespace {

constexpr std::size_t most_params = 65'535;
constexpr std::chrono::seconds stop_within{5}, loop_turns_within{1};

}  // namespace

// libpq takes text up to the first NUL, and PostgreSQL has no place for one.
void check_params(const Params& params) {
    if (params.size() > most_params) {
        throw Error(500, "database.error");
    }
    for (const Param& param : params) {
        if (param.text && param.text->find('\0') != std::string::npos) {
            throw bad_request("bad_request");
        }
    }
}

struct Database::Parts {
    std::vector<std::shared_ptr<Branch>> branches;  // shared with what they have posted
    std::atomic<bool> is_stopped = false;

    const std::shared_ptr<Branch>& at(const Loop& loop) const {
        for (const auto& branch : branches) {
            if (&branch->loop() == &loop) {
                return branch;
            }
        }
        throw Error(500, "database.error");  // a loop of others
    }
};

int Config::most_connections(unsigned threads) const {
    constexpr int listening_and_owner = 10;
    const std::size_t loops = Loops::count_for(threads);
    const int each = lanes_per_loop + spare_lanes_per_loop + exclusive_per_loop +
                     slow_sessions_of_a_loop(*this, loops);
    return static_cast<int>(loops) * each + listening_and_owner;
}

Database::Database(Loops& loops, Config config) : parts_(std::make_unique<Parts>()) {
    for (std::size_t i = 0; i < loops.size(); ++i) {
        parts_->branches.push_back(std::make_shared<Branch>(loops.at(i), config, loops.size()));
    }
}

Database::~Database() { stop(); }

namespace {

// With a connection to itself, so that nothing quick waits behind it.
Task<> run_slow(Branch& branch, Unit& wanted) {
    Transaction::Parts parts;
    parts.scope = wanted.scope;
    parts.timeout = wanted.timeout;
    parts.queued = std::move(wanted.statements);
    parts.lease = co_await branch.pool(true).take(wanted.company(), wanted.deadline);
    const auto unit = parts.next_unit();
    unit->begins = false;
    co_await parts.perform(unit);
    wanted.rows = std::move(unit->rows);
}

Task<> run_on_lane(Branch& branch, std::shared_ptr<Unit> unit) {
    for (bool is_first = true;; is_first = false) {
        branch.lanes().send(unit);
        Waiting answer(unit);
        co_await answer;
        if (!unit->is_stale || !is_first) {
            break;
        }
        unit->forget_answers();
    }
    if (unit->failure) {
        throw Error(*unit->failure);
    }
}

}  // namespace

Task<std::vector<Rows>> Database::run(Loop& loop, Scope scope, std::vector<Statement> statements,
                                      Options options) {
    for (const Statement& statement : statements) {
        check_params(statement.params);
    }
    Branch& branch = *parts_->at(loop);
    const auto unit = std::make_shared<Unit>();
    unit->scope = scope;
    unit->statements = std::move(statements);
    unit->timeout = options.timeout;
    unit->deadline = Clock::now() + options.timeout;
    unit->is_slow = options.slow;
    if (options.slow) {
        co_await run_slow(branch, *unit);
    } else {
        co_await run_on_lane(branch, unit);
    }
    co_return std::move(unit->rows);
}

Task<Rows> Database::query(Loop& loop, Scope scope, std::string sql, Params params) {
    std::vector<Statement> statements;
    statements.push_back({std::move(sql), std::move(params)});
    auto answers = co_await run(loop, scope, std::move(statements));
    co_return std::move(answers.front());
}

Task<Transaction> Database::begin(Loop& loop, Scope scope, Options options) {
    auto parts = std::make_unique<Transaction::Parts>();
    parts->scope = scope;
    parts->timeout = std::min(options.timeout, longest_transaction);
    parts->is_slow = options.slow;
    const auto deadline = Clock::now() + options.timeout;
    const Id company = scope.tenant.value_or(Id{});
    parts->lease = co_await parts_->at(loop)->pool(options.slow).take(company, deadline);
    co_return Transaction(std::move(parts));
}

void Database::listen(Loop& loop, std::string channel, std::function<void(std::string)> on_notify) {
    loop.post([branch = parts_->at(loop), channel = std::move(channel),
               on_notify = std::move(on_notify)] { branch->listen(channel, on_notify); });
}

Stats Database::stats() const {
    Stats stats;
    for (const auto& branch : parts_->branches) {
        const Counters& counters = branch->counters();
        stats.connections += counters.connections;
        stats.busy += counters.busy;
        stats.waiting += counters.waiting;
        stats.reconnects += counters.reconnects;
    }
    return stats;
}

// A loop that has ended already does not answer, and nothing runs on it any more.
void Database::stop() {
    if (parts_->is_stopped.exchange(true)) {
        return;
    }
    struct Ending {
        std::promise<void> begun, ended;
    };
    const auto deadline = Clock::now() + stop_within;
    std::vector<std::shared_ptr<Ending>> endings;
    for (const auto& branch : parts_->branches) {
        const auto ending = std::make_shared<Ending>();
        endings.push_back(ending);
        branch->loop().post([branch, ending, deadline] {
            ending->begun.set_value();
            branch->stop(deadline, [ending] { ending->ended.set_value(); });
        });
    }
    for (const auto& ending : endings) {
        const auto begun = ending->begun.get_future().wait_for(loop_turns_within);
        if (begun == std::future_status::ready) {
            ending->ended.get_future().wait_for(stop_within + loop_turns_within);
        }
    }
}

}  // namespace ponte::db
