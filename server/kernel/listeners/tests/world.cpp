#include "kernel/listeners/tests/world.hpp"

#include <numeric>

namespace ponte::listeners {

int number_of(const Event& event) { return static_cast<int>(event.changes["n"].as_integer()); }

Task<> leave_word(Ctx& ctx, const Event& event) {
    Json changes = Json::object({{"n", number_of(event)}});
    ctx.emit("heard.once", Id::make(), std::move(changes));
    co_return;
}

Worker& ListenerWorld::drive(void (*declare)(App&)) {
    Worker& worker = start(nullptr);
    declare(worker.kernel->app());
    worker.services().feed().start();
    worker.services().listeners().start();
    for (const auto& one : worker.services().listeners().all()) {
        wait_for_lease(one->name);
    }
    return worker;
}

void ListenerWorld::wait_for_lease(std::string_view name) {
    until([&] {
        return number(
                   "select count(*) from listener_leases where lease_token is not null and name = "
                   "'" +
                   std::string(name) + "'") == 1;
    });
}

void ListenerWorld::write(const Id& tenant, int number, std::string_view name) {
    if (!writer_) {
        writer_ = &start(nullptr);
    }
    Event event;
    event.name = name;
    event.tenant = tenant;
    event.entity = "contact";
    event.entity_id = Id::make();
    event.changes = Json::object({{"n", number}});
    const db::Statement statement = event_statement(event, {});
    Loop& loop = writer_->loops->at(0);
    const db::Scope scope{db::Role::system, {}};
    wait_for(loop,
             writer_->services().database().query(loop, scope, statement.sql, statement.params));
    writer_->services().feed().wake();
}

std::vector<int> ListenerWorld::heard(const Id& tenant) {
    const db::Rows rows =
        sql("select changes ->> 'n' from events where name = 'heard.once' "
            "and tenant_id = '" +
            tenant.text() + "' order by sequence");
    std::vector<int> numbers;
    for (int row = 0; row < rows.size(); ++row) {
        db::read_cell(rows.text(row, 0), numbers.emplace_back());
    }
    return numbers;
}

void ListenerWorld::wait_for_heard(const Id& tenant, std::size_t count) {
    until([&] { return heard(tenant).size() >= count; });
}

std::string ListenerWorld::state_of(const Id& tenant, std::string_view column) {
    return text("select " + std::string(column) + "::text from listeners where tenant_id = '" +
                tenant.text() + "'");
}

std::vector<int> numbers_until(int end) {
    std::vector<int> numbers(static_cast<std::size_t>(end));
    std::iota(numbers.begin(), numbers.end(), 0);
    return numbers;
}

}  // namespace ponte::listeners
