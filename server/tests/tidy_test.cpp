// The house rules that a machine can see: sizes, names, layers. What else it sees stands in
// tidy_coroutines_test.cpp and tidy_sql_test.cpp. Every message says how to put things right.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>

#include "tests/sources.hpp"

namespace ponte::tidy {
namespace {

constexpr std::size_t most_lines = 400, most_lines_of_function = 60, most_columns = 100;

std::size_t columns_of(const std::string& line) {
    return static_cast<std::size_t>(std::ranges::count_if(
        line, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::size_t indentation(const std::string& line) {
    return std::min(line.find_first_not_of(' '), line.size());
}

// With the formatter at work a body ends with a `}` alone, under the first line of its declaration.
struct Block {
    std::size_t first = 0, last = 0;  // lines, from 0
    std::string opening;              // the declaration, up to its brace
};

std::vector<Block> blocks_of(const Source& source) {
    const Source code(source.path, source.code);
    std::vector<Block> blocks;
    for (std::size_t last = 0; last < code.lines.size(); ++last) {
        const std::string& line = code.lines[last];
        const std::size_t depth = indentation(line);
        if (line.substr(depth) != "}") {
            continue;
        }
        std::size_t first = last;
        while (first > 0) {
            --first;
            const std::string& above = code.lines[first];
            const bool is_blank = above.find_first_not_of(' ') == std::string::npos;
            if (!is_blank && indentation(above) <= depth && above[depth] != ')') {
                break;
            }
        }
        Block block{first, last, {}};
        for (std::size_t i = first; i < last && block.opening.find('{') == std::string::npos; ++i) {
            block.opening += code.lines[i];
        }
        blocks.push_back(std::move(block));
    }
    return blocks;
}

bool is_function(const Block& block) {
    constexpr std::string_view others[] = {
        "if",    "for",  "while", "switch", "do",     "else", "try",    "catch",    "case",
        "class", "enum", "union", "using",  "struct", "}",    "return", "namespace"};
    const std::size_t start = block.opening.find_first_not_of(' ');
    if (start == std::string::npos || block.opening.find('(') == std::string::npos) {
        return false;
    }
    const std::string_view opening = std::string_view(block.opening).substr(start);
    return std::ranges::none_of(others, [&](std::string_view word) {
        return opening.starts_with(word) &&
               (opening.size() == word.size() || !is_word(opening[word.size()]));
    });
}

Findings long_functions(const Source& source) {
    Findings findings;
    for (const Block& block : blocks_of(source)) {
        const std::size_t lines = block.last - block.first + 1;
        if (is_function(block) && lines > most_lines_of_function) {
            findings.push_back(source.path + ":" + std::to_string(block.first + 1) + " has " +
                               std::to_string(lines) + " lines");
        }
    }
    return findings;
}

std::vector<std::string> includes_of(const Source& source) {
    std::vector<std::string> found;
    for (const std::string& line : source.lines) {
        constexpr std::string_view start = "#include ";
        if (line.starts_with(start)) {
            const std::size_t end = line.find_first_of("\">", start.size() + 1);
            found.push_back(line.substr(start.size(), end - start.size()));
        }
    }
    return found;  // each with the character that opens it: "kernel/json.hpp, <vector
}

// The modules in the order in which app.cpp names them.
std::vector<std::string> modules_in_order() {
    std::vector<std::string> names;
    const Source app("app.cpp", read_file("server/app.cpp"));
    for (const std::size_t at : words_in(app.code, "declare")) {
        std::size_t start = at;
        while (start > 2 && (is_word(app.code[start - 1]) || app.code[start - 1] == ':')) {
            --start;
        }
        const std::string qualified = app.code.substr(start, at - start);
        const std::string name = qualified.substr(0, qualified.find("::"));
        if (!name.empty() && std::ranges::find(names, name) == names.end()) {
            names.push_back(name);
        }
    }
    return names;
}

std::string part_of_path(const std::string& path, std::size_t wanted) {
    std::size_t start = 0;
    for (std::size_t i = 0; i < wanted; ++i) {
        start = path.find('/', start) + 1;
    }
    return path.substr(start, path.find('/', start) - start);
}

// What is wrong with `included` seen from a file of `layer`; empty when nothing is.
std::string wrong_way(const Source& source, const std::string& included,
                      const std::vector<std::string>& order) {
    const bool is_kernel = included.starts_with("kernel/"),
               is_module = included.starts_with("modules/"),
               is_integration = included.starts_with("integrations/");
    if (source.is_below("server/kernel/testing/")) {
        return is_module || is_integration ? "the testing kit knows no module" : "";
    }
    if (source.is_below("server/kernel/")) {
        return is_kernel ? "" : "the kernel knows no word of the business";
    }
    if (source.is_below("server/modules/")) {
        if (is_integration) {
            return "a module declares a port instead; the integration implements it";
        }
        if (!is_module || source.is_test()) {
            return is_kernel || is_module ? "" : "include from the root: kernel/…, modules/…";
        }
        const std::string self = part_of_path(source.path, 2), other = part_of_path(included, 1);
        if (self == other) {
            return "";
        }
        if (included != "modules/" + other + "/" + other + ".hpp") {
            return "of another module only its " + other + ".hpp";
        }
        const auto mine = std::ranges::find(order, self), theirs = std::ranges::find(order, other);
        return theirs < mine ? "" : other + " does not stand above " + self + " in app.cpp";
    }
    return "";
}

TEST(TidyTest, who_may_know_whom) {
    const std::vector<std::string> order = modules_in_order();
    const Findings findings = find_in(cpp_sources(), [&](const Source& source, Findings& out) {
        for (const std::string& included : includes_of(source)) {
            if (included.starts_with('"') && source.is_below("server/")) {
                const std::string wrong = wrong_way(source, included.substr(1), order);
                if (!wrong.empty()) {
                    out.push_back(source.path + " includes " + included.substr(1) + ": " + wrong);
                }
            }
        }
    });

    EXPECT_FALSE(order.empty())
        << "server/app.cpp names no module: this rule must learn its new form";
    expect_none(findings,
                "kernel <- modules <- integrations <- app.cpp, never back; upwards a module speaks "
                "by events (style: who may know whom).");
}

TEST(TidyTest, heavy_libraries_stay_in_the_kernel) {
    constexpr std::string_view heavy[] = {"<boost/", "<libpq",    "<curl/",
                                          "<sodium", "<openssl/", "<zlib"};
    const Findings findings = find_in(cpp_sources(), [&](const Source& source, Findings& out) {
        const bool is_kernel_header = source.is_below("server/kernel/") &&
                                      source.ends_with(".hpp") &&
                                      std::ranges::count(source.path, '/') == 2;
        const bool is_light = is_kernel_header || source.is_below("server/modules/");
        for (const std::string& included : includes_of(source)) {
            const auto is_start = [&](std::string_view name) { return included.starts_with(name); };
            if (is_light && std::ranges::any_of(heavy, is_start)) {
                out.push_back(source.path + " includes " + included + ">");
            }
        }
    });

    expect_none(
        findings,
        "modules and kernel/*.hpp need only the standard library, so that a module compiles "
        "in seconds; move the use behind a kernel header into a kernel .cpp.");
}

TEST(TidyTest, a_file_tells_one_story) {
    const Findings findings = find_in(cpp_sources(), [](const Source& source, Findings& out) {
        if (source.lines.size() > most_lines) {
            out.push_back(source.path + " has " + std::to_string(source.lines.size()) + " lines");
        }
    });

    expect_none(findings,
                "a file has 400 lines at most: split it at a name that you would use in "
                "conversation, not at a line number.");
}

TEST(TidyTest, a_function_fits_on_a_screen) {
    const Findings findings = find_in(cpp_sources(), [](const Source& source, Findings& out) {
        const Findings more = long_functions(source);
        out.insert(out.end(), more.begin(), more.end());
    });

    expect_none(findings,
                "a function has 60 lines at most: give its parts names, above it in the anonymous "
                "namespace.");
}

TEST(TidyTest, a_line_has_100_columns) {
    const Findings findings = find_in(cpp_sources(), [](const Source& source, Findings& out) {
        for (std::size_t i = 0; i < source.lines.size(); ++i) {
            if (columns_of(source.lines[i]) > most_columns) {
                out.push_back(source.path + ":" + std::to_string(i + 1));
            }
        }
    });

    expect_none(findings, "./dev format wraps code; comments and texts are wrapped by hand.");
}

TEST(TidyTest, names_say_what_a_thing_is) {
    constexpr std::string_view banned[] = {"utils",  "util",    "helpers", "helper",
                                           "common", "manager", "misc",    "stuff"};
    const auto is_banned = [&](std::string word) {
        std::ranges::transform(word, word.begin(), [](unsigned char c) {
            return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
        });
        return std::ranges::find(banned, word) != std::end(banned);
    };
    const Findings findings = find_in(cpp_sources(), [&](const Source& source, Findings& out) {
        std::string part;
        for (const char c : source.path + "/") {
            if (is_word(c) && c != '_') {
                part += c;
            } else if (is_banned(std::exchange(part, {}))) {
                out.push_back(source.path);
            }
        }
        for (const char* keyword : {"struct", "class", "namespace"}) {
            for (const std::size_t at : words_in(source.code, keyword)) {
                const std::size_t start =
                    source.code.find_first_not_of(' ', at + std::string(keyword).size());
                std::size_t end = start;
                while (end < source.code.size() && is_word(source.code[end])) {
                    ++end;
                }
                const std::string name = source.code.substr(start, end - start);
                const std::size_t last = name.find_last_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_");
                if (is_banned(name) || (last != name.npos && is_banned(name.substr(last)))) {
                    out.push_back(source.place(at) + " " + name);
                }
            }
        }
    });

    expect_none(findings,
                "no utils, helpers, common, manager: name the thing, or put it where it is used.");
}

TEST(TidyTest, somebody_includes_every_header) {
    std::set<std::string> included;
    for (const Source* source : cpp_sources()) {
        for (const std::string& one : includes_of(*source)) {
            included.insert("server/" + one.substr(1));
        }
    }
    const Findings findings = find_in(cpp_sources(), [&](const Source& source, Findings& out) {
        if (source.ends_with(".hpp") && !included.contains(source.path)) {
            out.push_back(source.path);
        }
    });

    expect_none(findings, "delete the header, or what forgot to include it.");
}

TEST(TidyTest, modules_leave_exceptions_and_spawning_to_the_kernel) {
    const Findings findings = find_in(cpp_sources(), [](const Source& source, Findings& out) {
        const bool is_product =
            source.is_below("server/modules/") || source.is_below("server/integrations/");
        for (const char* word : {"catch", "spawn", "spawn_now"}) {
            for (const std::size_t at : words_in(source.code, word)) {
                const bool is_call =
                    source.code.find_first_not_of(' ', at + std::string(word).size()) ==
                    source.code.find('(', at);
                if (is_product && is_call && !source.is_test()) {
                    out.push_back(source.place(at) + " " + word);
                }
            }
        }
    });

    expect_none(findings,
                "errors are thrown where they are known and caught at four borders of the kernel; "
                "work that outlives a request is a job.");
}

// `case Type::money:` and what would spare its writer the name.
Findings types_told_apart(const Source& source) {
    Findings findings;
    const auto follows = [&](std::size_t at, std::string_view word, std::string_view wanted) {
        std::string_view rest = std::string_view(source.code).substr(at + word.size());
        rest.remove_prefix(std::min(rest.find_first_not_of(" \n"), rest.size()));
        rest.remove_prefix(rest.starts_with("ponte::") ? 7 : 0);
        return rest.starts_with(wanted) && (rest.size() == wanted.size() || wanted.ends_with(':') ||
                                            !is_word(rest[wanted.size()]));
    };
    for (const std::size_t at : words_in(source.code, "case")) {
        if (follows(at, "case", "Type::")) {
            findings.push_back(source.place(at));
        }
    }
    for (const std::size_t at : words_in(source.code, "enum")) {
        const bool is_used = at >= 6 && source.code.compare(at - 6, 6, "using ") == 0;
        if (is_used && follows(at, "enum", "Type")) {
            findings.push_back(source.place(at));
        }
    }
    return findings;
}

TEST(TidyTest, nobody_tells_types_of_fields_apart_but_their_descriptions) {
    const Findings findings = find_in(cpp_sources(), [](const Source& source, Findings& out) {
        if (!source.is_below("server/kernel/values/") && !source.is_test()) {
            const Findings more = types_told_apart(source);
            out.insert(out.end(), more.begin(), more.end());
        }
    });

    expect_none(
        findings,
        "what differs between types stands in their descriptions: add a member to FieldType "
        "(kernel/values/field_type.hpp) and read it with field_type(…).");
}

TEST(TidyTest, nothing_is_left_for_later_without_an_issue) {
    constexpr std::string_view notes[] = {"TODO", "FIXME", "XXX", "HACK"};
    const Findings findings = find_in(cpp_sources(), [&](const Source& source, Findings& out) {
        for (const std::string_view note : notes) {
            for (const std::size_t at : words_in(source.text, note)) {
                const std::string& line =
                    source.lines[static_cast<std::size_t>(source.line_at(at)) - 1];
                const bool is_quoted = at > 0 && source.text[at - 1] == '"';
                if (line.find('#') == std::string::npos && !is_quoted) {
                    out.push_back(source.place(at));
                }
            }
        }
    });

    expect_none(findings, "do it now, or open an issue and write its number: // TODO(#12): …");
}

TEST(TidyRulesTest, see_a_function_that_is_too_long) {
    const std::string body(most_lines_of_function, '\n');
    const Source bad("a.cpp", "Task<> f(int a,\n         int b) {" + body + "}\n");
    const Source fine("a.cpp",
                      "struct A {" + body + "};\nvoid f() {\n}\nint x[] = {" + body + "};\n");

    EXPECT_EQ(long_functions(bad).size(), 1u);
    EXPECT_EQ(long_functions(fine).size(), 0u);
}

TEST(TidyRulesTest, see_types_told_apart) {
    const Source bad("a.cpp",
                     "switch (type) {\n    case Type::money:\n    case ponte::Type::date:\n"
                     "        break;\n}\nusing enum Type;\n");
    const Source fine("a.cpp",
                      "// case Type::money:\ncase EventType::sent:\ncase Written::money:\n"
                      "using enum Typed;\nField f = field(name, Type::money);\n");

    EXPECT_EQ(types_told_apart(bad).size(), 3u);
    EXPECT_EQ(types_told_apart(fine).size(), 0u);
}

TEST(TidyRulesTest, do_not_mistake_quotes_and_comments_for_code) {
    const Source source("a.cpp",
                        "int a = 1'000; // {\nauto b = R\"x({\")x\"; char c = '{'; /* { */\n");

    EXPECT_EQ(source.code.find('{'), std::string::npos);
    EXPECT_EQ(source.code.size(), source.text.size());
}

}  // namespace
}  // namespace ponte::tidy
