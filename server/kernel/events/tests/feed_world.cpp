#include "kernel/events/tests/feed_world.hpp"

#include <algorithm>
#include <random>

namespace ponte {

Event event_named(std::string name, const Id& tenant) {
    Event event;
    event.name = std::move(name);
    event.tenant = tenant;
    event.entity = "contact";
    event.entity_id = Id::make();
    return event;
}

namespace {

Task<> write_one(Writer& writer, int transaction, std::minstd_rand& random) {
    const auto pick = [&](unsigned most) { return static_cast<int>(random() % most); };
    Ctx ctx(writer.services, writer.loop);
    ctx.tx.act_as({db::Role::system, {}});
    std::vector<std::string> names;
    const int events = 1 + pick(3);
    for (int i = 0; i < events; ++i) {
        names.push_back(std::to_string(writer.number) + "." + std::to_string(transaction) + "." +
                        std::to_string(i));
        const Event event = event_named(names.back(), writer.tenant);
        const db::Statement statement = event_statement(event, {});
        co_await ctx.tx.query(statement.sql, statement.params);
        const Milliseconds pause{pick(8)};
        co_await writer.loop.sleep(pause);
    }
    if (pick(4) == 0) {
        co_await ctx.tx.rollback();
    } else {
        ctx.wrote_events = true;
        co_await ctx.tx.commit();
        const std::scoped_lock lock(writer.mutex);
        writer.committed.insert(names.begin(), names.end());
    }
}

}  // namespace

Task<> write_many(Writer writer) {
    std::minstd_rand random(static_cast<unsigned>(writer.number) + 1);
    for (int i = 0; i < writer.transactions; ++i) {
        co_await write_one(writer, i, random);
    }
    --writer.left;
}

std::shared_ptr<Heard> FeedWorld::follow(Worker& worker) {
    auto heard = std::make_shared<Heard>();
    worker.services().feed().subscribe(
        [heard](const std::vector<Event>& batch) { heard->add(batch); });
    worker.services().feed().start();
    until([&] { return worker.services().feed().newest() != Position{}; });
    return heard;
}

void FeedWorld::write(Worker& worker, const std::string& name, bool is_quiet) {
    Loop& loop = worker.loops->at(0);
    const db::Statement statement =
        event_statement(event_named(name, company()), {.is_quiet = is_quiet});
    const db::Scope scope{db::Role::system, {}};
    wait_for(loop,
             worker.services().database().query(loop, scope, statement.sql, statement.params));
    worker.services().feed().wake();
}

db::Transaction FeedWorld::open_transaction(Worker& worker) {
    Loop& loop = worker.loops->at(0);
    const db::Scope scope{db::Role::system, {}};
    return wait_for(loop, worker.services().database().begin(loop, scope));
}

void FeedWorld::expect_whole(Worker& worker, int transactions,
                             const std::vector<std::shared_ptr<Heard>>& heard,
                             const std::function<void()>& meanwhile) {
    constexpr int writers = 10;
    std::mutex mutex;
    std::set<std::string> committed;
    std::atomic<int> left = writers;

    for (int i = 0; i < writers; ++i) {
        Loop& loop = worker.loops->at(static_cast<std::size_t>(i) % worker.loops->size());
        Writer writer{worker.services(), loop, company(), i, transactions, mutex, committed, left};
        loop.post([&loop, writer] { spawn(loop, write_many(writer)); });
    }
    until([&] {
        meanwhile();
        return left == 0;
    });
    for (const auto& one : heard) {
        until([&] { return one->names().size() >= committed.size(); });
        const std::vector<std::string> names = one->names();
        EXPECT_EQ(names.size(), committed.size()) << "nothing twice";
        EXPECT_EQ(std::set<std::string>(names.begin(), names.end()), committed);
        EXPECT_EQ(names, heard.front()->names()) << "the same order everywhere";
        EXPECT_TRUE(std::ranges::is_sorted(one->events, {}, &Event::position));
    }
}

}  // namespace ponte
