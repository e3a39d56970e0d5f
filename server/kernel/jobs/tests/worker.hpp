// Workers for tests: each is a program of its own on the same database, so two of them are two
// nodes.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <memory>
#include <type_traits>

#include "kernel/ctx.hpp"
#include "kernel/kernel.hpp"
#include "kernel/testing/database.hpp"

namespace ponte {

struct Worker {
    std::unique_ptr<Loops> loops;
    std::unique_ptr<Kernel> kernel;
    Services& services() const { return kernel->services(); }

    explicit Worker(const std::string& conninfo);
    ~Worker();
};

class JobWorld : public ::testing::Test {
protected:
    JobWorld();
    ~JobWorld() override;

    Worker& start(void (*declare)(App&));
    Id company() const { return company_; }
    Id other_company() const { return other_company_; }

    void enqueue(Worker& worker, std::string_view kind, std::initializer_list<Json::Member> args,
                 std::optional<Id> tenant = {});
    void enqueue_and_roll_back(Worker& worker, std::string_view kind,
                               std::initializer_list<Json::Member> args);
    void enqueue_only(std::string_view kind, std::initializer_list<Json::Member> args,
                      const EnqueueOptions& options);
    void enqueue_rows(std::string_view kind, int count, const Id& tenant);  // one statement
    void enqueue_many(std::string_view kind, const Json& all_args,
                      const EnqueueOptions& options = {});
    // What this does for the company, as a request of it would; its answer.
    template <class Result, class... Params>
    Result as_company(Task<Result> (*run)(Ctx&, Params...),
                      std::type_identity_t<std::decay_t<Params>>... params) {
        Loop& loop = observer_->loops->at(0);
        return wait_for(loop, run_as<Result, Params...>(observer_->services(), loop, company_, run,
                                                        std::move(params)...));
    }
    double enqueue_one_by_one(Worker& worker, std::string_view kind, int count,
                              const std::function<bool()>& is_done);

    db::Rows sql(std::string text);
    std::int64_t number(std::string text);
    std::string text(std::string query);
    void until(const std::function<bool()>& condition);
    static bool patience();  // PONTE_SLOW: sizes as in production
    static void print(std::string_view what, const std::vector<double>& values);

private:
    template <class Result, class... Params>
    static Task<Result> run_as(Services& services, Loop& loop, Id tenant,
                               Task<Result> (*run)(Ctx&, Params...),
                               std::decay_t<Params>... params) {
        Ctx ctx(services, loop);
        ctx.who.tenant = tenant;
        ctx.who.is_system = true;
        if constexpr (std::is_void_v<Result>) {
            co_await run(ctx, params...);
            co_await ctx.tx.commit();
        } else {
            Result result = co_await run(ctx, params...);
            co_await ctx.tx.commit();
            co_return result;
        }
    }

    const Id company_ = Id::make(), other_company_ = Id::make();
    std::unique_ptr<Worker> observer_;
    std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace ponte
