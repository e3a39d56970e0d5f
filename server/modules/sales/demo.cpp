#include "modules/sales/demo.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "modules/sales/demo_opportunities.hpp"

namespace ponte::sales {
namespace {

using std::chrono::days;
using std::chrono::hours;

struct DemoProduct {
    const char *name, *code;
    std::int64_t price;  // in cents
};
constexpr std::array products{
    DemoProduct{"Plano Essencial (mês)", "ESS-01", 19'900},
    DemoProduct{"Plano Profissional (mês)", "PRO-01", 49'900},
    DemoProduct{"Plano Enterprise (mês)", "ENT-01", 149'900},
    DemoProduct{"Implantação", "SRV-10", 250'000},
    DemoProduct{"Treinamento da equipe (hora)", "SRV-20", 18'000},
    DemoProduct{"Integração com o ERP", "SRV-30", 480'000},
    DemoProduct{"Ponto de acesso Wi-Fi", "EQP-40", 89'990},
    DemoProduct{"Suporte estendido (mês)", "SUP-50", 35'000},
};
constexpr std::array titles{"Plano anual",        "Implantação e treinamento",
                            "Expansão da equipe", "Integração com o ERP",
                            "Renovação",          "Rede da nova loja"};
constexpr std::array reasons{"Ficou acima do orçamento", "Fechou com outro fornecedor",
                             "Adiou para o próximo semestre"};
constexpr std::size_t most_proposals = 48;

Task<std::vector<Id>> create_products(Ctx& ctx) {
    std::vector<Values> list;
    for (const DemoProduct& product : products) {
        list.push_back({{"name", product.name},
                        {"code", product.code},
                        {"unit_price", static_cast<double>(product.price) / 100}});
    }
    auto ids = co_await ctx.create_many("product", std::move(list));
    co_return ids;
}

Json items_of(std::size_t number, const std::vector<Id>& ids) {
    Json items = Json::array();
    for (std::size_t i = 0; i <= number % 3; ++i) {
        const std::size_t which = (number * 5 + i * 3) % products.size();
        const DemoProduct& product = products[which];
        items.push(Json::object({{"productId", ids[which]},
                                 {"description", product.name},
                                 {"quantity", 1 + (number + i * 2) % 12},
                                 {"unitPrice", static_cast<double>(product.price) / 100},
                                 {"discount", i == 1 ? 5 : 0}}));
    }
    return items;
}

// Of whoever has the customer, on the day on which it was offered.
Task<Id> offer(Ctx& ctx, const DemoCustomer& customer, std::size_t number,
               const std::vector<Id>& ids) {
    ctx.enter(ctx.who.tenant, customer.owner);
    Values values{{"contact_id", customer.id},
                  {"title", titles[number % titles.size()]},
                  {"assigned_to", customer.owner},
                  {"valid_until", format_time(ctx.now + days(30)).substr(0, 10)},
                  {"items", items_of(number, ids)}};
    const Id id = co_await ctx.create("proposal", std::move(values));
    co_return id;
}

Task<> become(Ctx& ctx, Id proposal, std::string_view status, Values values) {
    values.set("status", status);
    co_await ctx.update("proposal", proposal, std::move(values));
    ctx.emit("proposal." + std::string(status), proposal);
}

// Drafts are new, the others were sent; of those a few wait, and most are won.
Task<> go_on(Ctx& ctx, Id proposal, std::size_t number) {
    if (number % 6 == 5) {
        co_return;
    }
    ctx.now += hours(5);
    Values sent{{"sent_at", format_time(ctx.now)}};
    co_await become(ctx, proposal, "sent", std::move(sent));
    if (number % 6 == 4) {
        co_return;
    }
    ctx.now += hours(30);
    Values decided{{"decided_at", format_time(ctx.now)}};
    const bool is_lost = number % 6 == 3;
    if (is_lost) {
        decided.set("rejection_reason", reasons[number % reasons.size()]);
    }
    const std::string_view outcome = is_lost ? "rejected" : "accepted";
    co_await become(ctx, proposal, outcome, std::move(decided));
}

}  // namespace

Task<> fill_demo(Ctx& ctx, const std::vector<DemoCustomer>& customers) {
    const Time today = ctx.now;
    const Id admin = ctx.who.user;
    const std::vector<Id> ids = co_await create_products(ctx);
    // In the order of their days; nothing lies in the future.
    std::vector<std::pair<Time, DemoCustomer>> offers;
    for (std::size_t i = 0; i < customers.size() && offers.size() < most_proposals; i += 3) {
        const auto quiet_for = std::chrono::duration_cast<hours>(today - customers[i].latest);
        offers.emplace_back(customers[i].latest + quiet_for / 2, customers[i]);
    }
    std::ranges::sort(offers, {}, [](const auto& one) { return one.first; });
    for (std::size_t number = 0; number < offers.size(); ++number) {
        const auto& [at, customer] = offers[number];
        ctx.now = at;
        const Id proposal = co_await offer(ctx, customer, number, ids);
        if (at + days(2) < today) {
            co_await go_on(ctx, proposal, number);
        }
    }
    ctx.now = today;
    ctx.enter(ctx.who.tenant, admin);
    co_await fill_demo_board(ctx, customers);
}

}  // namespace ponte::sales
