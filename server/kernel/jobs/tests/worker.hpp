// Workers for tests: each is a program of its own on the same database, so two of them are two
// nodes.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <memory>

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
    double enqueue_one_by_one(Worker& worker, std::string_view kind, int count,
                              const std::function<bool()>& is_done);

    db::Rows sql(std::string text);
    std::int64_t number(std::string text);
    std::string text(std::string query);
    void until(const std::function<bool()>& condition);
    static bool patience();  // PONTE_SLOW: sizes as in production
    static void print(std::string_view what, const std::vector<double>& values);

private:
    const Id company_ = Id::make(), other_company_ = Id::make();
    std::unique_ptr<Worker> observer_;
    std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace ponte
