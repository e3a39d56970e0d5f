#include "modules/customers/sample.hpp"

#include <array>
#include <string_view>

#include "kernel/values.hpp"

namespace ponte::customers {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array first_names{
    "Ana"sv,      "João"sv,    "Maria"sv,     "Pedro"sv,   "Juliana"sv, "Carlos"sv,    "Fernanda"sv,
    "Rafael"sv,   "Beatriz"sv, "Lucas"sv,     "Camila"sv,  "Gustavo"sv, "Larissa"sv,   "Marcelo"sv,
    "Patrícia"sv, "Thiago"sv,  "Letícia"sv,   "Bruno"sv,   "Aline"sv,   "Eduardo"sv,   "Gabriela"sv,
    "Felipe"sv,   "Renata"sv,  "Vinícius"sv,  "Tatiane"sv, "André"sv,   "Débora"sv,    "Leandro"sv,
    "Vanessa"sv,  "Rodrigo"sv, "Priscila"sv,  "Fábio"sv,   "Mônica"sv,  "Sérgio"sv,    "Simone"sv,
    "Márcio"sv,   "Cláudia"sv, "Roberto"sv,   "Luciana"sv, "Antônio"sv, "Adriana"sv,   "José"sv,
    "Sandra"sv,   "Paulo"sv,   "Cristiane"sv, "Ricardo"sv, "Elaine"sv,  "Diego"sv,     "Natália"sv,
    "Matheus"sv,  "Isabela"sv, "Henrique"sv,  "Raquel"sv,  "Caio"sv,    "Daniela"sv,   "Otávio"sv,
    "Viviane"sv,  "Murilo"sv,  "Sílvia"sv,    "Íris"sv,    "Zoé"sv,     "Conceição"sv, "Raimundo"sv,
    "Iracema"sv,
};
constexpr std::array last_names{
    "da Silva"sv, "de Souza"sv,  "de Oliveira"sv, "dos Santos"sv,    "Pereira"sv,  "Lima"sv,
    "Carvalho"sv, "Ferreira"sv,  "Rodrigues"sv,   "de Almeida"sv,    "da Costa"sv, "Gomes"sv,
    "Martins"sv,  "Araújo"sv,    "de Melo"sv,     "Barbosa"sv,       "Ribeiro"sv,  "Alves"sv,
    "Cardoso"sv,  "Schmidt"sv,   "Teixeira"sv,    "Moreira"sv,       "Correia"sv,  "Cavalcanti"sv,
    "Dias"sv,     "de Castro"sv, "Campos"sv,      "Andrade"sv,       "Nogueira"sv, "de Freitas"sv,
    "Monteiro"sv, "Mendes"sv,    "Barros"sv,      "do Nascimento"sv, "Moraes"sv,   "da Conceição"sv,
    "Pinto"sv,    "Tanaka"sv,    "da Rocha"sv,    "Azevedo"sv,       "Farias"sv,   "Bezerra"sv,
    "da Cunha"sv, "Machado"sv,   "Vieira"sv,      "Lopes"sv,         "Duarte"sv,   "Guimarães"sv,
    "Peixoto"sv,  "Brandão"sv,
};

struct Trade {
    std::string_view start, segment;
};
constexpr std::array trades{
    Trade{"Padaria", "Alimentação"},     Trade{"Mercado", "Varejo"},
    Trade{"Clínica", "Saúde"},           Trade{"Construtora", "Construção"},
    Trade{"Transportes", "Logística"},   Trade{"Escola", "Educação"},
    Trade{"Farmácia", "Saúde"},          Trade{"Tecnologia", "Tecnologia"},
    Trade{"Móveis", "Varejo"},           Trade{"Agropecuária", "Agronegócio"},
    Trade{"Metalúrgica", "Indústria"},   Trade{"Confecções", "Indústria"},
    Trade{"Imobiliária", "Imobiliário"}, Trade{"Restaurante", "Alimentação"},
    Trade{"Advocacia", "Serviços"},      Trade{"Contabilidade", "Serviços"},
    Trade{"Autopeças", "Varejo"},        Trade{"Laticínios", "Agronegócio"},
};
constexpr std::array company_words{
    "Girassol"sv,   "Bela Vista"sv,    "Horizonte"sv, "Aroeira"sv,    "Santa Clara"sv,
    "Ipê"sv,        "Três Irmãos"sv,   "Primavera"sv, "Vale Verde"sv, "São Bento"sv,
    "Jatobá"sv,     "Boa Esperança"sv, "Estrela"sv,   "Pioneira"sv,   "Rio Claro"sv,
    "Serra Azul"sv, "Cruzeiro"sv,      "Araucária"sv, "Planalto"sv,   "Alvorada"sv,
    "Litoral"sv,    "Buriti"sv,        "União"sv,     "Veredas"sv,
};
constexpr std::array company_ends{"Ltda"sv, "ME"sv, "S.A."sv, "& Filhos"sv, "Ltda"sv};

struct Place {
    std::string_view city, state, area_code;
};
constexpr std::array places{
    Place{"São Paulo", "SP", "11"},        Place{"Campinas", "SP", "19"},
    Place{"Santos", "SP", "13"},           Place{"Ribeirão Preto", "SP", "16"},
    Place{"Rio de Janeiro", "RJ", "21"},   Place{"Niterói", "RJ", "21"},
    Place{"Belo Horizonte", "MG", "31"},   Place{"Uberlândia", "MG", "34"},
    Place{"Juiz de Fora", "MG", "32"},     Place{"Vitória", "ES", "27"},
    Place{"Curitiba", "PR", "41"},         Place{"Londrina", "PR", "43"},
    Place{"Maringá", "PR", "44"},          Place{"Florianópolis", "SC", "48"},
    Place{"Joinville", "SC", "47"},        Place{"Porto Alegre", "RS", "51"},
    Place{"Santa Maria", "RS", "55"},      Place{"Brasília", "DF", "61"},
    Place{"Goiânia", "GO", "62"},          Place{"Cuiabá", "MT", "65"},
    Place{"Campo Grande", "MS", "67"},     Place{"Salvador", "BA", "71"},
    Place{"Feira de Santana", "BA", "75"}, Place{"Recife", "PE", "81"},
    Place{"João Pessoa", "PB", "83"},      Place{"Natal", "RN", "84"},
    Place{"Fortaleza", "CE", "85"},        Place{"Teresina", "PI", "86"},
    Place{"São Luís", "MA", "98"},         Place{"Belém", "PA", "91"},
    Place{"Manaus", "AM", "92"},           Place{"Palmas", "TO", "63"},
};
constexpr std::array job_titles{
    "Gerente comercial"sv, "Sócia"sv,    "Compras"sv,      "Diretor"sv,   "Financeiro"sv,
    "Proprietário"sv,      "Analista"sv, "Coordenadora"sv, "Marketing"sv, "Recepção"sv,
};
constexpr std::array sources{"Site"sv,  "Indicação"sv, "WhatsApp"sv,  "Instagram"sv,
                             "Feira"sv, "Telefone"sv,  "Indicação"sv, "Planilha"sv};

template <class List>
auto pick(Dice& dice, const List& list) {
    return list[dice.below(list.size())];
}

std::string digits(std::uint64_t value, std::size_t width) {
    std::string text = std::to_string(value);
    return std::string(width > text.size() ? width - text.size() : 0, '0') + text;
}

// The value lies within the limit and differs for every number below it: both multiplier and limit
// have no divisor in common.
std::uint64_t spread(std::uint64_t number, std::uint64_t multiplier, std::uint64_t limit) {
    return (number % limit * multiplier + 271'828'183) % limit;
}

std::string phone_of(std::uint64_t number, const Place& place) {
    const std::uint64_t line = 60'000'000 + spread(number, 7'368'787, 40'000'000);
    return "+55" + std::string(place.area_code) + "9" + digits(line, 8);
}

char check_digit(std::string_view characters, int heaviest) {
    int sum = 0, weight = 2;
    for (std::size_t i = characters.size(); i-- > 0;) {
        sum += (characters[i] - '0') * weight;
        weight = weight == heaviest ? 2 : weight + 1;
    }
    const int rest = sum % 11;
    return static_cast<char>('0' + (rest < 2 ? 0 : 11 - rest));
}

std::string cpf_of(std::uint64_t number) {
    std::string cpf = digits(spread(number, 73'939'133, 1'000'000'000), 9);
    cpf += check_digit(cpf, 11);
    cpf += check_digit(cpf, 11);
    return cpf;
}

// Every seventh is one of the new ones, with letters (2026).
std::string cnpj_of(std::uint64_t number) {
    std::string cnpj = digits(spread(number, 39'916'801, 100'000'000), 8) + "0001";
    if (number % 7 == 0) {
        cnpj[0] = static_cast<char>('A' + (cnpj[0] - '0'));
        cnpj[3] = static_cast<char>('K' + (cnpj[3] - '0'));
    }
    cnpj += check_digit(cnpj, 9);
    cnpj += check_digit(cnpj, 9);
    return cnpj;
}

// "Três Irmãos" → "tres-irmaos"
std::string slug(std::string_view text) {
    std::string out;
    for (const char c : folded(text)) {
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (is_plain) {
            out += c;
        } else if (!out.empty() && out.back() != '-') {
            out += '-';
        }
    }
    return out;
}

std::string founding_day(Dice& dice) {
    return std::to_string(1962 + dice.below(62)) + "-" + digits(1 + dice.below(12), 2) + "-" +
           digits(1 + dice.below(28), 2);
}

std::string status_of(Dice& dice) {
    const auto throw_of_100 = dice.below(100);
    return throw_of_100 < 24 ? "prospect" : throw_of_100 < 86 ? "active" : "inactive";
}

std::vector<std::string> tags_of(Dice& dice, const std::string& status) {
    const auto& known = sample_tags();
    std::vector<std::string> tags;
    if (status == "active" && !dice.one_in(3)) {
        tags.emplace_back("cliente");
    }
    if (dice.one_in(3)) {
        const std::string another = known[1 + dice.below(known.size() - 1)].name;
        tags.push_back(another);
    }
    return tags;
}

void make_company(Sample& out, std::uint64_t number, Dice& dice, const Trade& trade,
                  std::string_view word) {
    out.kind = "company";
    out.name = std::string(trade.start) + " " + std::string(word) + " " +
               std::string(pick(dice, company_ends));
    out.document = cnpj_of(number);
    out.email = "contato" + std::to_string(number) + "@" + slug(trade.start) + "-" + slug(word) +
                ".example";
    out.founded_on = founding_day(dice);
    out.yearly_revenue = static_cast<std::int64_t>(180 + dice.below(9'500)) * 1'000;
}

void make_person(Sample& out, std::uint64_t number, Dice& dice, const Trade& trade,
                 std::string_view word) {
    const std::string first(pick(dice, first_names)), last(pick(dice, last_names));
    out.kind = "person";
    out.name = first + " " + last;
    if (dice.one_in(4)) {
        out.name = first + " " + std::string(pick(dice, last_names)) + " " + last;
    }
    std::string domain = "correio";
    if (!dice.one_in(3)) {
        out.company = std::string(trade.start) + " " + std::string(word);
        out.job_title = pick(dice, job_titles);
        domain = slug(trade.start) + "-" + slug(word);
    }
    if (!dice.one_in(4)) {
        out.document = cpf_of(number);
    }
    out.email = slug(first) + "." + slug(last.substr(last.rfind(' ') + 1)) +
                std::to_string(number) + "@" + domain + ".example";
}

}  // namespace

// splitmix64 by Sebastiano Vigna, public domain: https://prng.di.unimi.it/splitmix64.c
std::uint64_t Dice::next() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

Sample sample(std::uint64_t number) {
    Dice dice(number * 2'654'435'761u + 17);
    const Trade trade = pick(dice, trades);
    const std::string_view word = pick(dice, company_words);
    const Place place = pick(dice, places);
    Sample out;
    if (dice.one_in(5)) {
        make_company(out, number, dice, trade, word);
    } else {
        make_person(out, number, dice, trade, word);
    }
    out.phone = phone_of(number, place);
    out.city = place.city;
    out.state = place.state;
    out.status = status_of(dice);
    out.source = pick(dice, sources);
    out.tags = tags_of(dice, out.status);
    if (out.kind == "company" || !out.company.empty()) {
        out.segment = trade.segment;
    }
    if (out.status != "prospect") {
        out.plan = sample_plans()[dice.below(sample_plans().size())];
    }
    return out;
}

const std::vector<SampleTag>& sample_tags() {
    static const std::vector<SampleTag> tags{
        {"cliente", "green"},   {"vip", "amber"},        {"premium", "violet"},
        {"indicação", "teal"},  {"atacado", "blue"},     {"inadimplente", "red"},
        {"parceiro", "orange"}, {"evento 2026", "pink"}, {"retornar", "gray"}};
    return tags;
}

const std::vector<std::string>& sample_segments() {
    static const std::vector<std::string> segments{
        "Agronegócio", "Alimentação", "Construção", "Educação",   "Imobiliário", "Indústria",
        "Logística",   "Saúde",       "Serviços",   "Tecnologia", "Varejo"};
    return segments;
}

const std::vector<std::string>& sample_plans() {
    static const std::vector<std::string> plans{"Essencial", "Profissional", "Enterprise"};
    return plans;
}

}  // namespace ponte::customers
