#include "kernel/imports/mapping.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "kernel/imports/tests/person.hpp"

namespace ponte::imports {
namespace {

using testing::ElementsAre;
using testing_person::World;

struct MappingTest : testing::Test {
    World world;
    std::vector<Target> targets = targets_of(world.kind(), *world.facts);

    std::vector<std::string> suggested(const Cells& headers,
                                       const std::vector<Cells>& samples = {}) {
        std::vector<std::string> found;
        for (const auto& one : suggest(world.kind(), targets, headers, samples)) {
            found.push_back(one.value_or("-"));
        }
        return found;
    }
};

TEST_F(MappingTest, leaves_out_what_nobody_may_fill) {
    std::vector<std::string> names;
    for (const Target& target : targets) {
        names.push_back(target.name);
    }
    EXPECT_THAT(names, testing::Not(testing::Contains("secret")));
    EXPECT_THAT(names, testing::IsSupersetOf({"name", "customFields.plano", "id"}));
}

TEST_F(MappingTest, understands_headers_of_both_languages) {
    struct {
        const char* name;
        Cells headers;
        std::vector<std::string> fields;
    } rows[] = {
        {"of seed 004", {"name", "number", "email"}, {"name", "phone", "email"}},
        {"Portuguese", {"Nome", "Telefone", "E-mail"}, {"name", "phone", "email"}},
        {"with cases and signs", {"NOME ", "CELULAR*", "e_mail"}, {"name", "phone", "email"}},
        {"names of fields", {"bornOn", "born on", "vip"}, {"bornOn", "-", "vip"}},
        {"longer ones", {"Telefone do cliente", "CPF/CNPJ"}, {"phone", "document"}},
        {"custom fields by name and key",
         {"plano contratado", "SCORE"},
         {"customFields.plano", "customFields.score"}},
        {"two alike: the exact one wins", {"Telefone antigo", "Telefone"}, {"-", "phone"}},
        {"strangers", {"Cor dos olhos", ""}, {"-", "-"}},
        {"id", {"ID", "Nome"}, {"id", "name"}},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.name);
        EXPECT_EQ(suggested(row.headers), row.fields);
    }
}

TEST_F(MappingTest, knows_columns_without_header_by_what_is_in_them) {
    const std::vector<Cells> samples = {{"1", "Ana Souza", "(11) 98765-4321", "ana@exemplo.com"},
                                        {"2", "Bia Lima", "11 3333-4444", "bia@exemplo.com"}};

    EXPECT_THAT(suggested({"", "", "", ""}, samples), ElementsAre("-", "name", "phone", "email"));
}

TEST_F(MappingTest, tells_a_header_from_data) {
    struct {
        const char* name;
        Cells first;
        bool is_header;
    } rows[] = {
        {"names of fields", {"name", "number", "email"}, true},
        {"an address", {"João Silva", "5511999999999", "joao@email.com"}, false},
        {"numbers", {"Ana", "42"}, false},
        {"unknown words", {"coluna a", "coluna b"}, true},
        {"names beside a year", {"nome", "2026"}, true},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.name);
        EXPECT_EQ(looks_like_header(world.kind(), targets, row.first), row.is_header);
    }
}

TEST_F(MappingTest, takes_what_was_sent_or_refuses_it) {
    struct {
        const char *name, *sent, *problem;
    } rows[] = {
        {"by header", R"({"Nome": "name", "Fone": "phone"})", ""},
        {"by index", R"({"0": "name", "1": "phone"})", ""},
        {"headers in another case", R"({"NOME": "name"})", ""},
        {"left out", R"({"Nome": "name", "Fone": null})", ""},
        {"no such column", R"({"Cor": "name"})", "unknown_column"},
        {"index past the last", R"({"7": "name"})", "unknown_column"},
        {"no such field", R"({"Nome": "shoe"})", "unknown_target"},
        {"read-only field", R"({"Nome": "secret"})", "unknown_target"},
        {"parts of one text", R"({"Nome": "name", "Fone": "name"})", ""},
        {"twice a field of one value", R"({"Nome": "phone", "Fone": "phone"})", "mapped_twice"},
        {"with wishes", R"({"Nome": {"field": "name", "onError": "skip_field"}})", ""},
        {"values of a choice", R"({"Nome": "name", "Fone": {"field": "status",
                                   "values": {"Cliente": "active", "-": ""}}})",
         ""},
        {"no such option", R"({"Fone": {"field": "status", "values": {"x": "gone"}}})",
         "unknown_option"},
        {"nothing", "{}", "nothing_mapped"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.name);
        Problems problems;

        const Mapping mapping = read_mapping(world.kind(), Json::parse(row.sent), targets,
                                             {"Nome", "Fone"}, {"name", "phone"}, problems);

        EXPECT_EQ(problems.empty() ? "" : problems.front().code, row.problem);
        if (problems.empty()) {
            EXPECT_EQ(mapping.front().target, "name");
        }
    }
}

TEST_F(MappingTest, is_what_was_suggested_when_none_is_sent) {
    Problems problems;

    const Mapping mapping = read_mapping(world.kind(), Json{}, targets, {"Nome", "x", "Fone"},
                                         {"name", {}, "phone"}, problems);

    EXPECT_EQ(mapping_shown(mapping).dump(), R"({"Nome":"name","Fone":"phone"})");
    EXPECT_EQ(mapping_shown(mapping_from(mapping_json(mapping))).dump(),
              mapping_shown(mapping).dump());
}

TEST_F(MappingTest, must_cover_what_the_mode_needs) {
    struct {
        const char *name, *target, *mode, *problem;
    } rows[] = {
        {"a new record needs its name", "phone", "create", "not_mapped"},
        {"a new record needs a way to reach somebody", "name", "create", "not_mapped"},
        {"a change needs a key", "name", "update", "no_key_mapped"},
        {"a change by e-mail", "email", "update", ""},
        {"a change by id", "id", "update", ""},
        {"by id or new", "id", "upsert", ""},
        {"new by id", "id", "create", "not_mapped"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.name);
        Problems problems;
        require_targets(world.kind(), targets, {{0, "x", row.target, false, {}}}, row.mode,
                        problems);
        EXPECT_EQ(problems.empty() ? "" : problems.front().code, row.problem);
    }
}

}  // namespace
}  // namespace ponte::imports
