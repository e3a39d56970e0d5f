#include "modules/customers/demo_story.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>

namespace ponte::customers {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::string_view_literals::operator""sv;

constexpr std::uint64_t contact_count = 240;
constexpr std::int64_t oldest_days = 425;

constexpr std::array texts{
    "Interessado no plano Enterprise; quer comparar com o contrato atual."sv,
    "Reunião agendada para a próxima semana."sv,
    "Pediu proposta com desconto para pagamento à vista."sv,
    "Ligação para follow-up: vai conversar com a diretoria e retorna na sexta."sv,
    "Enviou os documentos por e-mail. Falta o comprovante de endereço."sv,
    "Prefere contato por WhatsApp, depois das 14h."sv,
    "Reclamou do prazo de entrega; combinamos nova data e um crédito na próxima fatura."sv,
    "Renovou por mais 12 meses."sv,
    "Indicou dois parceiros da região. Agradecer e acompanhar."sv,
    "Não atendeu. Tentar de novo amanhã cedo."sv,
    "Quer integrar com o ERP que já usa; mandei a documentação da API."sv,
    "Fechou! Primeira compra no valor de R$ 4.800,00."sv,
    "Visita técnica feita. Precisa de mais dois pontos de acesso."sv,
    "Achou caro. Oferecer o plano Essencial com suporte em horário comercial."sv,
    "Conversa sobre proposta de serviços; ficou de avaliar com a sócia."sv,
    "Aniversário da empresa no mês que vem: mandar um cartão."sv,
    "Troca de responsável: agora quem decide é o financeiro."sv,
    "Aguardando assinatura do contrato."sv,
    "Gostou da demonstração. Pediu acesso de teste para três pessoas."sv,
    "Boleto vencido; prometeu pagar até o fim do mês."sv,
    "Participou do evento de março e pediu o material da palestra."sv,
    "Só volta a conversar no próximo semestre."sv,
};

// Seed 000's own examples, so that whoever read it finds them.
void put_known_names(std::vector<DemoContact>& contacts) {
    const auto call = [&](std::size_t position, const char* name, const char* company) {
        Sample& who = contacts[position].who;
        who.kind = "person";
        who.document.clear();
        who.name = name;
        who.company = company;
        who.status = "active";
    };
    call(contacts.size() - 1, "João Silva", "Tech Solutions Ltda");
    call(contacts.size() - 2, "Maria Souza", "Digital Agency");
    call(contacts.size() - 3, "Pedro Oliveira", "Startup XYZ");
    contacts[contacts.size() - 1].who.email = "joao.silva@tech-solutions.example";
    contacts[contacts.size() - 1].who.tags = {"cliente", "vip"};
    contacts[contacts.size() - 3].who.status = "prospect";
}

// Within working hours of a day, in UTC for a country three hours behind.
Time working_moment(Dice& dice, Time day) {
    const auto midnight = std::chrono::floor<days>(day);
    return midnight + hours(11 + dice.below(9)) + minutes(dice.below(60));
}

Time between(Dice& dice, Time from, Time to) {
    const auto span = std::chrono::duration_cast<minutes>(to - from).count();
    if (span <= 120) {
        return from + minutes(std::max<std::int64_t>(1, span / 2));
    }
    const Time picked =
        working_moment(dice, from + minutes(dice.below(static_cast<std::uint64_t>(span))));
    return std::clamp(picked, from + minutes(30), to - minutes(10));
}

// Growth: the square makes the last months the busiest.
Time begin_of(Dice& dice, Time now, std::uint64_t number) {
    const double age = 1.0 - static_cast<double>(number) / contact_count;
    const auto passed = static_cast<std::int64_t>(age * age * oldest_days);
    const Time moment = working_moment(dice, now - days(passed));
    return std::min(moment, now - minutes(40 + dice.below(200)));
}

void add_notes(DemoContact& contact, Dice& dice, Time now, const std::vector<Id>& people) {
    const std::uint64_t count = dice.one_in(4) ? 0 : 1 + dice.below(3) * dice.below(2);
    for (std::uint64_t i = 0; i < count; ++i) {
        const bool is_by_owner = !dice.one_in(4);
        contact.notes.push_back({Id::make(), between(dice, contact.since, now),
                                 is_by_owner ? contact.owner : people[dice.below(people.size())],
                                 std::string(texts[dice.below(texts.size())]), dice.one_in(12)});
    }
    std::ranges::sort(contact.notes, {}, &DemoNote::at);
}

void add_changes(DemoContact& contact, Dice& dice, Time now, const std::vector<Id>& people) {
    const bool was_prospect = contact.who.status != "prospect" && dice.one_in(2);
    if (was_prospect) {
        contact.changes.push_back({between(dice, contact.since, now), contact.owner, "status",
                                   "prospect", contact.who.status});
    }
    const Id former = people[dice.below(people.size())];
    if (dice.one_in(6) && former != contact.owner) {
        contact.changes.push_back({between(dice, contact.since, now), former, "assignedTo",
                                   former.text(), contact.owner.text()});
    }
    std::ranges::sort(contact.changes, {}, &DemoChange::at);
}

}  // namespace

std::vector<DemoContact> demo_story(Time now, const std::vector<Id>& people) {
    std::vector<DemoContact> contacts(contact_count);
    for (std::uint64_t number = 0; number < contact_count; ++number) {
        Dice dice(number + 7'000);
        DemoContact& contact = contacts[number];
        contact.id = Id::make();
        contact.who = sample(number);
        contact.since = begin_of(dice, now, number);
        contact.owner = people[dice.below(people.size())];
        contact.author = dice.one_in(3) ? people.front() : contact.owner;
    }
    put_known_names(contacts);
    for (std::uint64_t number = 0; number < contact_count; ++number) {
        Dice dice(number + 91'000);
        add_changes(contacts[number], dice, now, people);
        add_notes(contacts[number], dice, now, people);
    }
    return contacts;
}

}  // namespace ponte::customers
