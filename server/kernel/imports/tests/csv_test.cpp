#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "kernel/imports/csv_dialect.hpp"
#include "kernel/imports/csv_reader.hpp"
#include "kernel/values.hpp"

namespace ponte::imports {
namespace {

using testing::ElementsAre;
using Cells = std::vector<std::string>;

// A file that goes away with the test.
class CsvFile {
public:
    explicit CsvFile(std::string_view bytes) {
        static int number = 0;
        const auto folder = std::filesystem::temp_directory_path();
        path =
            folder / ("ponte_csv_" + std::to_string(::getpid()) + "_" + std::to_string(++number));
        std::ofstream(path, std::ios::binary) << bytes;
    }
    ~CsvFile() { std::filesystem::remove(path); }
    std::string path;
};

std::vector<Cells> records_of(std::string_view bytes, char separator = ',') {
    const CsvFile file(bytes);
    CsvReader reader(file.path, separator);
    CsvRecord record;
    std::vector<Cells> found;
    while (reader.next(record)) {
        found.push_back(record.cells());
    }
    return found;
}

TEST(CsvReader, reads_every_way_of_writing_a_record) {
    struct {
        const char *name, *bytes;
        std::vector<Cells> records;
    } rows[] = {
        {"plain", "a,b\n1,2\n", {{"a", "b"}, {"1", "2"}}},
        {"windows line ends", "a,b\r\n1,2\r\n", {{"a", "b"}, {"1", "2"}}},
        {"old line ends", "a,b\r1,2\r", {{"a", "b"}, {"1", "2"}}},
        {"no last line end", "a,b\n1,2", {{"a", "b"}, {"1", "2"}}},
        {"byte order mark",
         "\xEF\xBB\xBF"
         "a,b\n",
         {{"a", "b"}}},
        {"quotes", "\"a\",\"b,c\"\n", {{"a", "b,c"}}},
        {"doubled quotes", "\"say \"\"hi\"\"\",2\n", {{"say \"hi\"", "2"}}},
        {"line break in quotes", "\"a\r\nb\",2\n3,4\n", {{"a\r\nb", "2"}, {"3", "4"}}},
        {"blanks around quotes", " \"a\" ,b\n", {{"a", "b"}}},
        {"quote inside a cell", "5\" pipe,b\n", {{"5\" pipe", "b"}}},
        {"empty cells", ",,\n", {{"", "", ""}}},
        {"empty line", "a\n\nb\n", {{"a"}, {""}, {"b"}}},
        {"nothing", "", {}},
        {"last cell is empty", "a,", {{"a", ""}}},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.name);
        EXPECT_EQ(records_of(row.bytes), row.records);
    }
}

TEST(CsvReader, goes_on_after_a_malformed_record_and_names_its_line) {
    struct {
        const char *name, *bytes, *problem;
        std::uint64_t line;
    } rows[] = {
        {"quote never closed", "a,b\n\"1,2\n3,4\n5,6\n", "unclosed_quote", 2},
        {"text after a quote", "a,b\n\"1\"x,2\n3,4\n5,6\n", "quote", 2},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.name);
        const CsvFile file(row.bytes);
        CsvReader reader(file.path, ',');
        CsvRecord record;
        std::vector<Cells> good;
        while (reader.next(record)) {
            if (record.problem.empty()) {
                good.push_back(record.cells());
            } else {
                EXPECT_EQ(record.problem, row.problem);
                EXPECT_EQ(record.line, row.line);
            }
        }
        EXPECT_THAT(good, ElementsAre(Cells{"a", "b"}, Cells{"3", "4"}, Cells{"5", "6"}));
    }
}

TEST(CsvReader, bounds_cells_columns_and_quotes) {
    const CsvLimits limits{
        .columns = 3, .cell_bytes = 10, .record_bytes = 100, .lines_in_quotes = 4};
    struct {
        const char* name;
        std::string bytes;
        const char* problem;
    } rows[] = {
        {"huge cell", std::string(5'000'000, 'x') + ",b\n", "too_long"},
        {"huge quoted cell", "\"" + std::string(5'000'000, 'x') + "\",b\n", "unclosed_quote"},
        {"many columns", "1,2,3,4,5\n", "too_many_columns"},
        {"many lines in quotes", "\"1\n2\n3\n4\n5\n6\n7\n\"\n", "unclosed_quote"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.name);
        const CsvFile file(row.bytes + "y,z\n");
        CsvReader reader(file.path, ',', limits);
        CsvRecord record;

        ASSERT_TRUE(reader.next(record));
        EXPECT_EQ(record.problem, row.problem);
        Cells last;
        while (reader.next(record)) {
            last = record.cells();
        }
        EXPECT_EQ(last, (Cells{"y", "z"}));
    }
}

// What is refused, and the names of what is read.
struct Taken {
    std::vector<std::string> refused, names;
};

Taken taken_of(const std::string& bytes, CsvLimits limits = {.width = 4}) {
    const CsvFile file(bytes);
    CsvReader reader(file.path, ';', limits);
    CsvRecord record;
    Taken taken;
    while (reader.next(record)) {
        auto& list = record.problem.empty() ? taken.names : taken.refused;
        list.emplace_back(record.cell(0));
    }
    return taken;
}

TEST(CsvReader, a_stray_quote_costs_its_own_row_only) {
    const std::string start = "Ana;1;\"Bar do Zé;a\nBia;2;X;b\n";
    struct {
        const char* name;
        std::string rest;
        std::vector<std::string> names;
    } rows[] = {
        {"the next quoted cell seems to close it",
         "Cao;3;\"Y\";c\nDuda;4;Z;d\n",
         {"Bia", "Cao", "Duda"}},
        {"an inch mark closes it", "Cao;3;TV 42\";c\nDuda;4;Z;d\n", {"Bia", "Cao", "Duda"}},
        {"nothing closes it", "Cao;3;Y;c\n", {"Bia", "Cao"}},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.name);
        const Taken taken = taken_of(start + row.rest);
        EXPECT_THAT(taken.refused, ElementsAre("Ana"));
        EXPECT_EQ(taken.names, row.names);
    }
}

TEST(CsvReader, a_stray_quote_above_many_rows_is_found_by_what_they_look_like) {
    std::string bytes = "Ana;1;\"Bar;a\n";
    for (int i = 0; i < 3'000; ++i) {
        bytes += "Cliente;2;X;b\n";
    }
    const Taken taken = taken_of(bytes + "Cao;3;Z;42\"\n");
    EXPECT_THAT(taken.refused, ElementsAre("Ana"));
    EXPECT_EQ(taken.names.size(), 3'001u);
}

TEST(CsvReader, a_long_text_is_one_cell_or_refused_never_many_records) {
    std::string text;
    for (int i = 0; i < 3'000; ++i) {
        text += "uma linha; e mais\n";
    }
    const std::string row = "Ana;1;\"" + text + "\";a\nBia;2;X;b\n";

    EXPECT_THAT(taken_of(row).names, ElementsAre("Ana", "Bia"));
    const Taken refused = taken_of(row, {.cell_bytes = 10'000, .width = 4});
    EXPECT_THAT(refused.refused, ElementsAre("Ana"));
    EXPECT_THAT(refused.names, ElementsAre("Bia"));
}

TEST(CsvReader, counts_lines_and_continues_from_any_record) {
    const CsvFile file("a,b\r\n\"1\n\n1\",2\r\n3,4\n\n5,6");
    CsvReader reader(file.path, ',');
    CsvRecord record;
    std::vector<std::pair<Cells, std::uint64_t>> all;
    std::vector<CsvPosition> ends;
    while (reader.next(record)) {
        all.emplace_back(record.cells(), record.line);
        ends.push_back(reader.position());
    }

    EXPECT_THAT(
        all, ElementsAre(testing::Pair(Cells{"a", "b"}, 1), testing::Pair(Cells{"1\n\n1", "2"}, 2),
                         testing::Pair(Cells{"3", "4"}, 5), testing::Pair(Cells{""}, 6),
                         testing::Pair(Cells{"5", "6"}, 7)));
    for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
        CsvReader again(file.path, ',');
        again.seek(ends[i]);
        ASSERT_TRUE(again.next(record));
        EXPECT_EQ(record.cells(), all[i + 1].first);
        EXPECT_EQ(record.line, all[i + 1].second);
    }
}

std::string written(const std::vector<Cells>& records, char separator, std::mt19937& random) {
    std::string out;
    for (const Cells& cells : records) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const bool must = cells[i].find_first_of("\"\r\n,;\t|") != std::string::npos ||
                              cells[i].starts_with(' ');
            std::string text = cells[i];
            if (must || random() % 4 == 0) {
                std::string quoted = "\"";
                for (const char c : text) {
                    quoted += c == '"' ? "\"\"" : std::string(1, c);
                }
                text = quoted + "\"";
            }
            out += (i ? std::string(1, separator) : "") + text;
        }
        out += random() % 2 ? "\n" : "\r\n";
    }
    return out;
}

TEST(CsvReader, reads_back_whatever_was_written) {
    std::mt19937 random(20261124);
    const std::string letters = "ab \",;|\t\n\r\xC3\xA3x";
    for (int round = 0; round < 300; ++round) {
        SCOPED_TRACE(round);
        std::vector<Cells> records(1 + random() % 40, Cells(1 + random() % 6));
        for (Cells& cells : records) {
            for (std::string& cell : cells) {
                const std::size_t length = random() % 30 == 0 ? random() % 3000 : random() % 12;
                for (std::size_t i = 0; i < length; ++i) {
                    cell.push_back(letters[random() % letters.size()]);
                }
                // Blanks at the start are dropped on purpose; ends of cells are checked.
                cell.erase(0, cell.find_first_not_of(' '));
            }
        }
        const char separator = ",;\t|"[random() % 4];

        EXPECT_EQ(records_of(written(records, separator, random), separator), records);
    }
}

TEST(CsvReader, always_comes_to_an_end) {
    std::mt19937 random(42);
    const std::string letters = "\"\"\",;\n\r a\xFF";
    for (int round = 0; round < 500; ++round) {
        std::string bytes(random() % 2000, 'x');
        for (char& c : bytes) {
            c = random() % 50 == 0 ? '\0' : letters[random() % letters.size()];
        }
        const CsvFile file(bytes);
        CsvReader reader(
            file.path, ';',
            {.columns = 5, .cell_bytes = 50, .record_bytes = 100, .lines_in_quotes = 3});
        CsvRecord record;
        std::uint64_t before = 0;
        while (reader.next(record)) {
            ASSERT_GT(reader.position().offset, before);
            before = reader.position().offset;
        }
        EXPECT_EQ(before, bytes.size());
    }
}

TEST(CsvLayout, finds_the_separator) {
    struct {
        const char *name, *bytes;
        char separator;
    } rows[] = {
        {"comma", "nome,telefone\nAna,1\nBia,2\n", ','},
        {"semicolon with decimal commas", "nome;valor\nAna;1,50\nBia;2,75\n", ';'},
        {"tab", "nome\ttelefone\nAna, a\t1\nBia\t2\n", '\t'},
        {"bar", "nome|telefone\nAna|1\n", '|'},
        {"one column", "nome\nAna\nBia\n", ','},
        {"separators in quotes", "nome,obs\n\"a;b;c\",1\n\"d;e;f\",2\n", ','},
        {"said by the file", "sep=|\nnome|a,b\nAna|c,d\n", '|'},
        {"nothing", "", ','},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.name);
        const CsvFile file(row.bytes);
        EXPECT_EQ(detect_layout(file.path).separator, row.separator);
    }
}

TEST(CsvLayout, knows_the_line_that_names_the_separator_however_it_was_saved) {
    for (const char* line :
         {"sep=;", "SEP=;", "Sep=;", "sep=;;", "\"sep=;\"", "sep=;;;;", " sep=; "}) {
        SCOPED_TRACE(line);
        const CsvFile file(std::string(line) + "\nnome|x;telefone|y\nAna|1;2|3\n");
        EXPECT_EQ(detect_layout(file.path).separator, ';');
        EXPECT_EQ(detect_layout(file.path).start.line, 2u);
    }
    const CsvFile header("sep=total;nome\n1;Ana\n");
    EXPECT_EQ(detect_layout(header.path).start.line, 1u);
}

TEST(CsvLayout, skips_the_line_that_names_the_separator) {
    const CsvFile file("sep=;\r\nnome;fone\r\n");
    const Layout layout = detect_layout(file.path);
    CsvReader reader(file.path, layout.separator);
    reader.seek(layout.start);
    CsvRecord record;

    ASSERT_TRUE(reader.next(record));
    EXPECT_EQ(record.cells(), (Cells{"nome", "fone"}));
    EXPECT_EQ(record.line, 2u);
}

std::string utf16(std::u16string_view text, bool is_little) {
    std::string out;
    for (const char16_t unit : text) {
        const char low = static_cast<char>(unit & 0xFF), high = static_cast<char>(unit >> 8);
        out += is_little ? std::string{low, high} : std::string{high, low};
    }
    return out;
}

TEST(CsvEncoding, is_found_and_becomes_utf8) {
    struct {
        const char* name;
        std::string bytes;
        Encoding encoding;
        std::string utf8;
    } rows[] = {
        {"utf-8", "nome\nJoão\n", Encoding::utf8, "nome\nJoão\n"},
        {"ascii", "nome\nAna\n", Encoding::utf8, "nome\nAna\n"},
        {"windows-1252", "nome\nJo\xE3o \x80 \x93oi\x94\n", Encoding::windows_1252,
         "nome\nJoão € “oi”\n"},
        {"utf-16le with mark", utf16(u"\uFEFFJoão 😀\n", true), Encoding::utf16_le, "João 😀\n"},
        {"utf-16be with mark", utf16(u"\uFEFFJoão 😀\n", false), Encoding::utf16_be, "João 😀\n"},
        {"utf-16le without mark", utf16(u"nome;telefone\nJoão;11\n", true), Encoding::utf16_le,
         "nome;telefone\nJoão;11\n"},
        {"utf-16be without mark", utf16(u"nome;telefone\nJoão;11\n", false), Encoding::utf16_be,
         "nome;telefone\nJoão;11\n"},
        {"late accent", std::string(300'000, 'a') + "\xE3\n", Encoding::windows_1252,
         std::string(300'000, 'a') + "ã\n"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.name);
        const CsvFile file(row.bytes);

        const Encoding found = detect_encoding(file.path);
        convert_to_utf8(file.path, found);

        EXPECT_EQ(encoding_name(found), encoding_name(row.encoding));
        std::ifstream in(file.path, std::ios::binary);
        const std::string text((std::istreambuf_iterator<char>(in)), {});
        EXPECT_EQ(text, row.utf8);
    }
}

TEST(CsvEncoding, stays_utf8_when_a_few_letters_are_broken) {
    std::string bytes;
    for (int i = 0; i < 100; ++i) {
        bytes += "João\n";
    }
    const CsvFile file(bytes + "\xE3o\n");
    EXPECT_EQ(detect_encoding(file.path), Encoding::utf8);
}

TEST(CsvEncoding, two_files_glued_together_keep_the_letters_of_both) {
    std::string bytes;
    for (int i = 0; i < 9; ++i) {
        bytes += "João\n";
    }
    const CsvFile file(bytes + "Concei\xE7\xE3o\n");

    convert_to_utf8(file.path, detect_encoding(file.path));

    std::ifstream in(file.path, std::ios::binary);
    EXPECT_EQ(std::string((std::istreambuf_iterator<char>(in)), {}), bytes + "Conceição\n");
}

TEST(CsvEncoding, tells_pictures_and_archives_from_text) {
    EXPECT_TRUE(is_binary(CsvFile(std::string("\x1F\x8Brest")).path));
    EXPECT_FALSE(is_binary(CsvFile("nome,email\n").path));
}

}  // namespace
}  // namespace ponte::imports
