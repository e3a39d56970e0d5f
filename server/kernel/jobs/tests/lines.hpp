// Jobs that stand in line, as tests of lines enqueue them. What they did stands in the log, in its
// order, together with their end.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "kernel/ctx.hpp"
#include "kernel/events.hpp"
#include "kernel/jobs/tests/worker.hpp"

namespace ponte {

struct Step {
    std::string line;
    std::int64_t number = 0;
};
FIELDS(Step, line, number);

inline Json step(const std::string& line, std::int64_t number) {
    return Json::object({{"line", line}, {"number", number}});
}

inline Json steps(const std::string& line, std::int64_t from, std::int64_t to) {
    Json all = Json::array();
    for (std::int64_t number = from; number < to; ++number) {
        all.push(step(line, number));
    }
    return all;
}

inline Task<> leave_step(Ctx& ctx, const Step& step) {
    Event event;
    event.tenant = ctx.who.tenant;
    event.name = "step.made";
    event.entity = "step";
    event.request_id = step.line + " " + std::to_string(step.number);
    const db::Statement statement = event_statement(event, {.is_quiet = true});
    co_await ctx.tx.query(statement.sql, statement.params);
}

class LineWorld : public JobWorld {
protected:
    // In the order in which they were made.
    std::vector<std::string> made(const std::string& line = {}) {
        const db::Rows rows =
            sql("select request_id from events where entity = 'step' and request_id like '" + line +
                "%' order by sequence");
        std::vector<std::string> all;
        for (int i = 0; i < rows.size(); ++i) {
            all.emplace_back(rows.text(i, 0));
        }
        return all;
    }
    static std::vector<std::string> in_order(const std::string& line, int from, int to) {
        std::vector<std::string> all;
        for (int number = from; number < to; ++number) {
            all.push_back(line + " " + std::to_string(number));
        }
        return all;
    }
    std::int64_t count(const std::string& which) {
        return number("select count(*) from jobs where kind like 'test.%' and " + which);
    }
    // A kind's facts stand in the database before anybody writes a job of it.
    Worker& start_knowing(void (*declare)(App&)) {
        Worker& worker = start(declare);
        until([&] { return number("select count(*) from job_kinds") > 0; });
        return worker;
    }
    void wake(Worker& worker) { worker.services().jobs().wake(); }
    void hurry() { sql("update jobs set run_at = now() where state = 'later'"); }
};

}  // namespace ponte
