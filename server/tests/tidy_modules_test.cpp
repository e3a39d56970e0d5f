// What stays inside a module: its tables; and what stays inside the kernel: who is asking.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "tests/sources.hpp"

namespace ponte::tidy {
namespace {

// "server/modules/sales/migrations/…" → "server/modules/sales/"
std::string folder_of(const Source& source) {
    std::size_t end = 0;
    for (int i = 0; i < 3 && end != std::string::npos; ++i) {
        end = source.path.find('/', end + 1);
    }
    return source.path.substr(0, end) + "/";
}

std::string word_at(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && is_word(text[end])) {
        ++end;
    }
    return std::string(text.substr(at, end - at));
}

// By table, the module whose migrations make it.
using Owners = std::map<std::string, std::string>;
Owners tables_of_modules() {
    Owners owners;
    for (const Source* migration : migrations()) {
        constexpr std::string_view start = "create table ";
        for (std::size_t at = migration->code.find(start);
             migration->is_below("server/modules/") && at != std::string::npos;
             at = migration->code.find(start, at + 1)) {
            owners.emplace(word_at(migration->code, at + start.size()), folder_of(*migration));
        }
    }
    return owners;
}

// Statements stand in quotes, which `code` leaves blank.
bool is_quoted(const Source& source, std::size_t at) {
    return source.text[at] != source.code[at] && source.text[at] != ' ';
}

bool is_in_comment(const Source& source, std::size_t at) {
    const std::size_t line = source.text.rfind('\n', at) + 1;
    const std::size_t comment = source.text.find("//", line);
    return comment < at && source.code.find_first_not_of(' ', comment) > at;
}

Findings foreign_tables(const Source& source, const Owners& owners) {
    Findings findings;
    for (const std::string_view verb : {"from ", "join ", "update ", "into ", "using "}) {
        for (std::size_t at = source.text.find(verb); at != std::string::npos;
             at = source.text.find(verb, at + 1)) {
            const bool is_whole = at == 0 || !is_word(source.text[at - 1]);
            const std::string table = word_at(source.text, at + verb.size());
            const auto owner = owners.find(table);
            if (is_whole && owner != owners.end() && is_quoted(source, at) &&
                !is_in_comment(source, at) && !source.is_below(owner->second)) {
                findings.push_back(source.place(at) + " " + table);
            }
        }
    }
    return findings;
}

// ctx.who, work.who: an assignment of it or of what is in it.
Findings claims_to_be(const Source& source) {
    Findings findings;
    for (const std::size_t at : words_in(source.code, "who")) {
        std::size_t end = at;
        while (end < source.code.size() && (is_word(source.code[end]) || source.code[end] == '.')) {
            ++end;
        }
        const bool is_of_ctx = at >= 4 && source.code.substr(at - 4, 4) == "ctx.";
        if (is_of_ctx && source.code.substr(end, 3) == " = ") {
            findings.push_back(source.place(at));
        }
    }
    return findings;
}

bool is_of_the_product(const Source& source) {
    return source.is_below("server/") && !source.is_test() && !source.is_below("server/bench/") &&
           !source.is_below("server/kernel/testing/");
}

TEST(TidyModulesTest, a_table_is_read_by_its_module_alone) {
    const Owners owners = tables_of_modules();
    const Findings findings = find_in(cpp_sources(), [&](const Source& source, Findings& out) {
        if (is_of_the_product(source)) {
            const Findings more = foreign_tables(source, owners);
            out.insert(out.end(), more.begin(), more.end());
        }
    });

    EXPECT_TRUE(owners.contains("contacts"));
    expect_none(findings,
                "ask the module that keeps it: by a function of its header, by a link of the "
                "declaration, by a port (kernel/people.hpp).");
}

TEST(TidyModulesTest, nobody_outside_the_kernel_says_who_asks) {
    const Findings findings = find_in(cpp_sources(), [](const Source& source, Findings& out) {
        if (is_of_the_product(source) && !source.is_below("server/kernel/")) {
            const Findings more = claims_to_be(source);
            out.insert(out.end(), more.begin(), more.end());
        }
    });

    expect_none(findings,
                "ctx.enter(tenant, user) says it, and leaves no right of another behind.");
}

TEST(TidyModulesTest, tests_wait_for_what_they_expect) {
    const Findings findings = find_in(cpp_sources(), [](const Source& source, Findings& out) {
        for (const char* word : {"sleep_for", "sleep_until", "usleep"}) {
            for (const std::size_t at : words_in(source.code, word)) {
                if (source.is_test() && !source.ends_with("testing/wait.cpp")) {
                    out.push_back(source.place(at));
                }
            }
        }
    });

    expect_none(findings,
                "testing::until waits for a condition; where time itself is tested, "
                "testing::let_pass says so.");
}

TEST(TidyRulesTest, see_a_table_of_somebody_else) {
    const Owners owners{{"users", "server/modules/accounts/"}};
    const std::string text = "// read from users\nconst char* sql = \"select id from users\";\n";

    EXPECT_EQ(foreign_tables(Source("server/kernel/x.cpp", text), owners),
              Findings{"server/kernel/x.cpp:2 users"});
    EXPECT_EQ(foreign_tables(Source("server/modules/accounts/x.cpp", text), owners), Findings{});
}

TEST(TidyRulesTest, see_who_claims_to_be_somebody) {
    const Source source("server/modules/x/x.cpp",
                        "ctx.who.user = id;\nctx.who = {};\nif (ctx.who.user == id) {\n}\n");

    EXPECT_EQ(claims_to_be(source),
              (Findings{"server/modules/x/x.cpp:1", "server/modules/x/x.cpp:2"}));
}

}  // namespace
}  // namespace ponte::tidy
