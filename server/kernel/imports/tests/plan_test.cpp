#include "kernel/imports/plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "kernel/imports/decide.hpp"
#include "kernel/imports/row_ids.hpp"
#include "kernel/imports/tests/person.hpp"
#include "kernel/spreadsheets/safe_cell.hpp"

namespace ponte::imports {
namespace {

using testing::ElementsAre;
using testing_person::World;

// Rows of a file as the plan sees them.
struct PlanTest : testing::Test {
    World world;

    std::vector<Row> checked(const std::string& csv, Mode mode = Mode::upsert) {
        const std::string path =
            (std::filesystem::temp_directory_path() / ("ponte_plan_" + std::to_string(::getpid())))
                .string();
        std::ofstream(path, std::ios::binary) << csv;
        CsvReader reader(path, ',');
        CsvRecord header;
        reader.next(header);
        Mapping mapping;
        for (std::size_t i = 0; i < header.size(); ++i) {
            mapping.push_back(
                {i, std::string(header.cell(i)), std::string(header.cell(i)), skips, {}});
        }
        plan = std::make_shared<Plan>(world.kind(), world.facts, mapping, mode, header.size(),
                                      Locale{});
        std::vector<Row> rows;
        Row row;
        while (reader.next(row.record)) {
            row.number = rows.size() + 1;
            plan->check(row);
            rows.push_back(std::move(row));
            row = {};
        }
        std::filesystem::remove(path);
        return rows;
    }

    static std::vector<std::string> problems(const Problems& list) {
        std::vector<std::string> out;
        for (const FieldProblem& one : list) {
            out.push_back(one.field + " " + one.code);
        }
        return out;
    }

    std::shared_ptr<Plan> plan;
    bool skips = false;  // fields with problems are left out
};

TEST_F(PlanTest, leaves_out_only_the_field_that_is_wrong) {
    skips = true;
    const auto rows = checked(
        "name,email,status,customFields.plano,credit\nAna,a(at)x,Cliente "
        "antigo,Ouro,-\n,b@x.com,,,\n");

    EXPECT_THAT(problems(rows[0].problems), ElementsAre());
    EXPECT_EQ(rows[0].values.find("status")->as_string(), "active");
    EXPECT_THAT(
        problems(rows[0].dropped),
        testing::UnorderedElementsAre("email format", "credit format", "status not_an_option",
                                      "customFields.plano not_an_option"));
    EXPECT_THAT(problems(rows[1].missing), ElementsAre("name required"));
}

TEST_F(PlanTest, joins_the_parts_of_a_name_and_asks_about_two_documents) {
    const auto rows = checked(
        "name,name,document,document\nAna,Souza,529.982.247-25,\nBia,,52998224725,529.982.247-25\n"
        "Cao,Lima,529.982.247-25,11.222.333/0001-81\n");

    EXPECT_EQ(rows[0].values.find("name")->as_string(), "Ana Souza");
    EXPECT_EQ(rows[1].values.find("name")->as_string(), "Bia");
    EXPECT_THAT(problems(rows[1].problems), ElementsAre());
    EXPECT_THAT(problems(rows[2].problems), ElementsAre("document two_values"));
}

TEST_F(PlanTest, makes_canonical_values_of_cells) {
    const auto rows = checked(
        "name,phone,email,status,interests,credit,children,bornOn,vip,customFields.plano,"
        "customFields.score\n"
        "Ana,(11) 8765-4321,Ana@EXEMPLO.com,Prospect,\"TV; web\",\"R$ "
        "1.234,56\",2,24/11/1990,sim,fibra,\"7,5\"\n");

    ASSERT_THAT(problems(rows[0].problems), ElementsAre());
    const Values& values = rows[0].values;
    EXPECT_EQ(values.find("phone")->as_string(), "+5511987654321");
    EXPECT_EQ(values.find("email")->as_string(), "Ana@exemplo.com");
    EXPECT_EQ(values.find("status")->as_string(), "prospect");
    EXPECT_EQ(values.find("interests")->dump(), R"(["tv","web"])");
    EXPECT_EQ(values.find("credit")->as_integer(), 123456);
    EXPECT_EQ(values.find("children")->as_integer(), 2);
    EXPECT_EQ(values.find("born_on")->as_string(), "1990-11-24");
    EXPECT_TRUE(values.find("vip")->as_bool());
    EXPECT_EQ((*values.find("custom"))["plano"].as_string(), "Fibra");
    EXPECT_EQ((*values.find("custom"))["score"].as_number(), 7.5);
}

TEST_F(PlanTest, reports_every_problem_of_a_row) {
    const auto rows =
        checked("name,phone,email,status,credit,customFields.plano\nA,12345,x@y,none,-1,Ouro\n");

    EXPECT_THAT(problems(rows[0].problems),
                testing::UnorderedElementsAre("name too_short", "phone format", "email format",
                                              "status not_an_option", "credit too_small",
                                              "customFields.plano not_an_option"));
}

TEST_F(PlanTest, asks_for_required_fields_only_of_new_records) {
    const auto rows = checked("name,email\n,ana@exemplo.com\n");

    EXPECT_THAT(problems(rows[0].problems), ElementsAre());
    EXPECT_THAT(problems(rows[0].missing), ElementsAre("name required"));
}

TEST_F(PlanTest, fills_initial_values) {
    const auto rows = checked("name\nAna\n");
    EXPECT_EQ(rows[0].values.find("status")->as_string(), "active");
    EXPECT_THAT(rows[0].given, ElementsAre(0u));
}

TEST_F(PlanTest, refuses_lines_with_more_cells_than_the_header) {
    const auto rows = checked("name,email\nAna,ana@exemplo.com,,\nBia,bia@exemplo.com,x\n");
    EXPECT_THAT(problems(rows[0].problems), ElementsAre());
    EXPECT_THAT(problems(rows[1].problems), ElementsAre("row extra_cells"));
}

TEST(NamesAlike, are_those_of_one_person) {
    struct {
        const char *one, *other;
        bool are_alike;
    } rows[] = {
        {"João S.", "João Silva", true},
        {"J. Silva", "João Silva", true},
        {"Ana de novo", "Ana", true},
        {"ANA SOUZA", "ana  souza", true},
        {"Maria Souza", "Maria de Souza Lima", true},
        {"João Silva", "João Souza", false},
        {"João Silva", "Maria Silva", false},
        {"Padaria do Zé", "José Silva", false},
        {"Silva", "João Silva", false},
        {"", "Ana", false},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(std::string(row.one) + " / " + row.other);
        EXPECT_EQ(names_alike(row.one, row.other), row.are_alike);
        EXPECT_EQ(names_alike(row.other, row.one), row.are_alike);
    }
}

struct DecisionTest : PlanTest {
    const Id import_id = Id::make();

    Outcome decided(const std::string& csv, Mode mode, Matches matches = {},
                    SeenKeys* seen = nullptr, const Policies& policies = {}) {
        const auto rows = checked(csv, mode);
        Outcome outcome = decide(*plan, import_id, rows, std::move(matches), seen, policies);
        for (const auto& keys : outcome.fresh) {
            seen->add(keys);
        }
        return outcome;
    }
    static std::vector<std::string> reasons(const Outcome& outcome) {
        std::vector<std::string> out;
        for (const Rejected& one : outcome.rejected) {
            out.push_back(std::to_string(one.row) + " " + one.problems.front().field + " " +
                          one.problems.front().code);
        }
        return out;
    }
};

TEST_F(DecisionTest, creates_each_record_of_a_file_once) {
    const Outcome outcome = decided(
        "name,phone,email\nAna,11987654321,a@x.com\nAna,1187654321,\nBia,,A@x.com\nCid,,c@x.com\n",
        Mode::create);

    EXPECT_EQ(outcome.created.size(), 2u);
    EXPECT_THAT(reasons(outcome),
                ElementsAre("1 phone duplicate_in_file", "2 email duplicate_in_file"));
    EXPECT_EQ(outcome.counters.processed, 4);
    EXPECT_EQ(outcome.counters.skipped, 2);
}

TEST_F(DecisionTest, merges_later_rows_into_a_new_record) {
    const Outcome outcome =
        decided("name,email,credit\nAna,a@x.com,\nAna Souza,a@x.com,\"10,00\"\n", Mode::upsert);

    ASSERT_EQ(outcome.created.size(), 1u);
    EXPECT_EQ(outcome.created[0].values.find("name")->as_string(), "Ana Souza");
    EXPECT_EQ(outcome.created[0].values.find("credit")->as_integer(), 1000);
    EXPECT_EQ(outcome.counters.created, 1);
    EXPECT_EQ(outcome.counters.updated, 1);
}

TEST_F(DecisionTest, changes_only_what_a_row_says) {
    const Id known = Id::make();
    Matches matches;
    matches.add({"email", "a@x.com"}, known);

    const Outcome outcome =
        decided("name,email,credit\n,a@x.com,5\n", Mode::upsert, std::move(matches));

    ASSERT_EQ(outcome.changed.size(), 1u);
    EXPECT_EQ(outcome.changed[0].id, known);
    std::vector<std::string> columns;
    for (const auto& [column, value] : outcome.changed[0].values) {
        columns.push_back(plan->columns()[column].name);
    }
    EXPECT_THAT(columns, ElementsAre("email", "credit"));
}

TEST_F(DecisionTest, never_guesses_between_records) {
    const Id one = Id::make(), other = Id::make();
    Matches matches;
    matches.add({"email", "a@x.com"}, one);
    matches.add({"phone", "5511987654321"}, other);
    matches.add({"phone", "551133334444"}, one);
    matches.add({"phone", "551133334444"}, other);

    const Outcome outcome = decided(
        "name,phone,email\nAna,11987654321,a@x.com\nBia,1133334444,\nCid,1133334444,a@x.com\n",
        Mode::upsert, std::move(matches));

    EXPECT_THAT(reasons(outcome),
                ElementsAre("0 phone ambiguous_match", "1 phone ambiguous_match"));
    ASSERT_EQ(outcome.changed.size(), 1u);  // the phone is shared, the e-mail decides
    EXPECT_EQ(outcome.changed[0].id, one);
}

TEST_F(DecisionTest, lets_a_rare_key_decide_when_another_is_shared_by_a_crowd) {
    const Id wanted = Id::make();
    Matches matches;
    matches.add({"email", "a@x.com"}, wanted);
    for (std::size_t i = 0; i < Matches::crowd; ++i) {
        matches.add({"phone", "5511999999999"}, Id::make());
    }

    const Outcome outcome =
        decided("name,phone,email\nAna,11999999999,a@x.com\n", Mode::upsert, std::move(matches));

    ASSERT_EQ(outcome.changed.size(), 1u);
    EXPECT_EQ(outcome.changed[0].id, wanted);
}

const char* const switchboard =
    "name,phone,email,document\nAna Souza,1132654321,ana@emp.com,\n"
    "Bruno Lima,1132654321,bruno@emp.com,\nCarla Reis,1132654321,,529.982.247-25\n"
    "Duda Reis,1132654321,,\n";

TEST_F(DecisionTest, merges_nobody_who_merely_shares_a_number) {
    for (const Mode mode : {Mode::create, Mode::upsert}) {
        const Outcome outcome = decided(switchboard, mode);

        EXPECT_EQ(outcome.created.size(), 4u);
        EXPECT_EQ(outcome.counters.updated, 0);
        ASSERT_EQ(outcome.noticed.size(), 3u);
        EXPECT_EQ(problems(outcome.noticed[0].problems).front(), "phone shared");
    }
}

TEST_F(DecisionTest, follows_the_policy_of_the_company) {
    const Outcome allowed =
        decided(switchboard, Mode::upsert, {}, nullptr, {{"phone", Sharing::allow}});
    const Outcome blocked =
        decided(switchboard, Mode::upsert, {}, nullptr, {{"phone", Sharing::block}});

    EXPECT_EQ(allowed.created.size(), 4u);
    EXPECT_TRUE(allowed.noticed.empty());
    EXPECT_EQ(blocked.created.size(), 1u);
    EXPECT_THAT(reasons(blocked), ElementsAre("1 phone taken", "2 phone taken", "3 phone taken"));
}

TEST_F(DecisionTest, never_overwrites_another_document) {
    const Id ana = Id::make();
    Matches matches;
    matches.add({"phone", "5511987654321"}, ana);
    matches.describe({ana, "Ana Souza", {{"document", "11144477735"}}});
    const std::string row = "name,phone,document\nAna Souza,11987654321,529.982.247-25\n";

    const Outcome upsert = decided(row, Mode::upsert, matches);
    const Outcome update = decided(row, Mode::update, matches);

    EXPECT_EQ(upsert.created.size(), 1u);
    EXPECT_TRUE(upsert.changed.empty());
    EXPECT_THAT(reasons(update), ElementsAre("0 phone of_another"));
}

TEST_F(DecisionTest, finds_by_name_among_those_who_share_a_number) {
    const Id ana = Id::make(), bruno = Id::make();
    Matches matches;
    for (const auto& [id, name] : {std::pair{ana, "Ana Souza"}, {bruno, "Bruno Lima"}}) {
        matches.add({"phone", "551132654321"}, id);
        matches.describe({id, name, {}});
    }

    const Outcome outcome =
        decided("name,phone,credit\nBruno Lima,1132654321,5\n", Mode::upsert, std::move(matches));

    ASSERT_EQ(outcome.changed.size(), 1u);
    EXPECT_EQ(outcome.changed[0].id, bruno);
}

TEST_F(DecisionTest, a_trial_tells_the_same_over_chunks) {
    SeenKeys seen;
    decided("name,phone,email\nAna,1132654321,ana@x.com\n", Mode::upsert, {}, &seen);

    const Outcome second =
        decided("name,phone,email\nBruno,1132654321,bruno@x.com\nAna,1132654321,\n", Mode::upsert,
                {}, &seen);

    EXPECT_EQ(second.created.size(), 1u);
    EXPECT_EQ(second.noticed.size(), 1u);
    EXPECT_EQ(second.counters.updated, 1);
}

TEST_F(DecisionTest, updates_nobody_who_is_not_there) {
    const Outcome outcome = decided("name,email\nAna,a@x.com\nBia,\n", Mode::update);
    EXPECT_THAT(reasons(outcome), ElementsAre("0 email not_found", "1 row not_found"));
    EXPECT_EQ(outcome.counters.skipped, 2);
}

TEST_F(DecisionTest, remembers_earlier_chunks_of_a_trial) {
    SeenKeys seen;
    const Outcome first = decided("name,email\nAna,a@x.com\n", Mode::create, {}, &seen);
    const Outcome second =
        decided("name,email\nAna,A@x.com\nBia,b@x.com\n", Mode::create, {}, &seen);

    EXPECT_EQ(first.created.size(), 1u);
    EXPECT_EQ(second.created.size(), 1u);
    EXPECT_THAT(reasons(second), ElementsAre("0 email duplicate_in_file"));
}

TEST(SeenKeysTest, keeps_many_apart) {
    SeenKeys seen;
    for (int i = 0; i < 50'000; ++i) {
        seen.add({{"phone", std::to_string(i)}});
    }
    int missing = 0, invented = 0;
    for (int i = 0; i < 50'000; ++i) {
        missing += !seen.contains({{"phone", std::to_string(i)}});
        invented += seen.contains({{"email", std::to_string(i)}});
    }
    EXPECT_EQ(missing, 0);
    EXPECT_EQ(invented, 0);
}

TEST(RowIds, are_ordered_distinct_and_tell_their_import) {
    const Id import_id = Id::make(), other = Id::make();
    Id before = id_of_row(import_id, 0);
    for (const std::uint32_t row : {1u, 2u, 63u, 64u, 4095u, 70'000u, 1'999'999u, 0xFFFFFFFFu}) {
        const Id id = id_of_row(import_id, row);
        EXPECT_LT(before, id);
        EXPECT_TRUE(is_of_import(id, import_id));
        EXPECT_FALSE(is_of_import(id, other));
        EXPECT_EQ(id.bytes[6] >> 4, 7);
        EXPECT_EQ(id.bytes[8] >> 6, 2);
        before = id;
    }
}

TEST(SafeCells, cannot_calculate) {
    struct {
        const char *text, *cell;
    } rows[] = {
        {"=1+2", "'=1+2"},
        {"@SUM(A1)", "'@SUM(A1)"},
        {"+5511987654321", "+5511987654321"},
        {"-12,50", "\"-12,50\""},
        {"-1+cmd", "'-1+cmd"},
        {"+(11) 98765-4321", "+(11) 98765-4321"},
        {"Ana", "Ana"},
        {"a;b", "\"a;b\""},
        {"say \"hi\"", "\"say \"\"hi\"\"\""},
        {"\tx", "\"'\tx\""},
        {"-", "'-"},
        {"", ""},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.text);
        EXPECT_EQ(spreadsheets::safe_cell(row.text), row.cell);
        EXPECT_EQ(spreadsheets::unguarded_cell(spreadsheets::safe_cell("@ana")), "@ana");
    }
}

}  // namespace
}  // namespace ponte::imports
