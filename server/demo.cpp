#include "demo.hpp"

#include <cstdio>

#include "kernel/app.hpp"
#include "kernel/services.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/customers/demo.hpp"
#include "modules/sales/demo.hpp"

namespace ponte {
namespace {

// Known to everybody who reads this, so a demo company belongs on a machine of one's own.
constexpr const char* demo_email = "ana@demo.exemplo.com.br";
constexpr const char* demo_password = "ponte-demo";

struct Colleague {
    const char* name;
    const char* email;
    const char* role;
};
constexpr Colleague colleagues[] = {
    {"Bruno Tavares", "bruno@demo.exemplo.com.br", "sales"},
    {"Carla Menezes", "carla@demo.exemplo.com.br", "sales"},
    {"Diego Fontes", "diego@demo.exemplo.com.br", "agent"},
    {"Elaine Prado", "elaine@demo.exemplo.com.br", "supervisor"},
};

}  // namespace

Task<bool> open_demo(Services& services, Loop& loop) {
    Ctx ctx(services, loop);
    ctx.now = now();
    const bool is_there = co_await accounts::is_email_taken(ctx, demo_email);
    if (is_there) {
        co_return false;
    }
    accounts::NewCompany company{"Ponte Demonstração", "Ana Ribeiro", demo_email, demo_password};
    const accounts::Member admin = co_await accounts::open_company(ctx, std::move(company));
    co_await ctx.tx.commit();
    std::vector<Id> people{admin.user};
    for (const Colleague& one : colleagues) {
        accounts::NewUser user{one.name, one.email, demo_password, one.role};
        const Id id = co_await accounts::add_colleague(ctx, std::move(user));
        co_await ctx.tx.commit();
        people.push_back(id);
    }
    Ctx work(services, loop);
    work.now = now();
    work.enter_as_system(admin.tenant, admin.user);
    const auto known = co_await customers::fill_demo(work, people);
    std::vector<sales::DemoCustomer> customers;
    for (const customers::DemoCustomer& one : known) {
        customers.push_back({one.id, one.owner, one.latest});
    }
    co_await sales::fill_demo(work, customers);
    co_await work.tx.commit();
    co_return true;
}

void print_demo_login(const std::string& address) {
    std::printf("\n  Ponte   %s\n  login   %s\n  senha   %s\n\n", address.c_str(), demo_email,
                demo_password);
    std::fflush(stdout);
}

}  // namespace ponte
