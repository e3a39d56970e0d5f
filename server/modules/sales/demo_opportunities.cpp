#include "modules/sales/demo_opportunities.hpp"

#include <array>
#include <chrono>

namespace ponte::sales {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr std::array titles{"Plano Enterprise",    "Consultoria de funil", "Renovação anual",
                            "Upgrade de ramais",   "Pacote WhatsApp API",  "Migração de CRM",
                            "Implantação do PABX", "20 licenças Pro"};
constexpr std::array steps{"Ligar para o decisor", "Enviar a proposta revisada",
                           "Marcar a demonstração", "Confirmar o orçamento"};
constexpr std::array labels{"indicação", "parceiro", "atacado", "vip", "retornar"};
constexpr std::size_t most_opportunities = 60;

struct Board {
    std::vector<Id> stages;  // in their order; the last two are won and lost
    Id reason;
};

Task<Board> board_there_is(Ctx& ctx) {
    Board board;
    board.stages = co_await ctx.tx.all<Id>(
        "select s.id from stages s where s.tenant_id = current_tenant() order by s.position");
    board.reason = co_await ctx.tx.one<Id>(
        "select id from lost_reasons where tenant_id = current_tenant() order by id limit 1");
    co_return board;
}

// Some have no next step, some are late with theirs: both are to be seen.
void plan(Values& values, Time today, std::size_t number) {
    if (number % 3 == 0) {
        return;
    }
    const auto due = today + days(static_cast<int>(number % 9) - 2);
    values.set("next_step", steps[number % steps.size()]);
    values.set("next_step_on", format_time(due).substr(0, 10));
}

Values hoped_for(const DemoCustomer& customer, Time today, std::size_t number) {
    const auto value = static_cast<double>(4'000 + number * 7'919 % 56'000);
    const auto close = today + days(static_cast<int>(5 + number * 11 % 80));
    Values values{{"contact_id", customer.id},
                  {"title", titles[number % titles.size()]},
                  {"assigned_to", customer.owner},
                  {"value", value},
                  {"expected_close", format_time(close).substr(0, 10)}};
    if (number % 5 == 2) {
        values.set("monthly_value", 299.9);
        values.set("months", 12);
    }
    if (number % 4 != 3) {
        values.set("tags", Json::array({labels[number % labels.size()]}));
    }
    plan(values, today, number);
    return values;
}

// One stage after the other, a few days each; how far, its number says.
Task<> go_through(Ctx& ctx, const Board& board, Id opportunity, std::size_t number, Time today) {
    const std::size_t open = board.stages.size() - 2, last = number % board.stages.size();
    for (std::size_t place = 1; place < open && place <= last; ++place) {
        ctx.now = std::min(ctx.now + days(2 + static_cast<int>(number % 5)), today - hours(2));
        Values values{{"stage_id", board.stages[place]}};
        co_await ctx.update("opportunity", opportunity, std::move(values));
    }
    if (last < open) {
        co_return;
    }
    ctx.now = std::min(ctx.now + days(4), today - hours(1));
    Values values{{"stage_id", board.stages[last]}};
    if (last == open + 1) {
        values.set("lost_reason_id", board.reason);
    }
    co_await ctx.update("opportunity", opportunity, std::move(values));
}

struct DemoLead {
    const char *name, *company, *source, *interest;
    int days_ago;
};
constexpr std::array leads{
    DemoLead{"Sônia Prado", "Clínica Vitalis", "Site", "Ramais para a nova unidade", 0},
    DemoLead{"Igor Batista", "Transportes Rota Sul", "Indicação", "Rastreamento e PABX", 1},
    DemoLead{"Lívia Moura", "", "Instagram", "Quanto custa o plano anual?", 1},
    DemoLead{"Heitor Sales", "Café do Ponto", "Google", "WhatsApp para três lojas", 3},
    DemoLead{"Noemi Braga", "Studio Ipê", "Indicação", "Migração do CRM atual", 5},
    DemoLead{"Davi Rocha", "Moda Brisa", "Feira", "Demonstração na semana que vem", 9},
    DemoLead{"Elisa Torres", "", "Site", "Baixou o material sobre atendimento", 14},
    DemoLead{"Raul Pires", "Logística Prisma", "Google", "Link dedicado e telefonia", 21},
};

// Anybody's until somebody takes them, some already spoken to.
Task<> fill_demo_leads(Ctx& ctx, const std::vector<DemoCustomer>& customers, Time today) {
    constexpr std::array statuses{"new", "contacted", "qualified"};
    for (std::size_t number = 0; number < leads.size() && !customers.empty(); ++number) {
        const DemoLead& lead = leads[number];
        const Id owner = customers[number * 5 % customers.size()].owner;
        ctx.now = today - days(lead.days_ago) - hours(2);
        ctx.enter(ctx.who.tenant, owner);
        Values values{{"name", lead.name},
                      {"company", lead.company},
                      {"source", lead.source},
                      {"interest", lead.interest},
                      {"assigned_to", owner},
                      {"status", statuses[number % statuses.size()]},
                      {"email", "contato" + std::to_string(number) + "@exemplo.com.br"}};
        if (number % 2 == 0) {
            values.set("phone", "+551195550" + std::to_string(1'000 + number));
        }
        co_await ctx.create("lead", std::move(values));
    }
}

}  // namespace

Task<> fill_demo_board(Ctx& ctx, const std::vector<DemoCustomer>& customers) {
    const Time today = ctx.now;
    const Id admin = ctx.who.user;
    const Board board = co_await board_there_is(ctx);
    if (board.stages.size() < 3) {
        co_return;
    }
    std::size_t number = 0;
    for (std::size_t i = 1; i < customers.size() && number < most_opportunities; i += 2) {
        const DemoCustomer& customer = customers[i];
        ctx.now = std::max(customer.latest, today - days(static_cast<int>(6 + number % 33)));
        ctx.enter(ctx.who.tenant, customer.owner);
        Values values = hoped_for(customer, today, number);
        const Id opportunity = co_await ctx.create("opportunity", std::move(values));
        co_await go_through(ctx, board, opportunity, number, today);
        ++number;
    }
    co_await fill_demo_leads(ctx, customers, today);
    ctx.now = today;
    ctx.enter(ctx.who.tenant, admin);
}

}  // namespace ponte::sales
