// What coroutines must not do, because compilers and readers go wrong there.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/sources.hpp"

namespace ponte::tidy {
namespace {

char before(std::string_view code, std::size_t at) {
    while (at > 0 && (code[at - 1] == ' ' || code[at - 1] == '\n')) {
        --at;
    }
    return at > 0 ? code[at - 1] : '\0';
}

// Up to the `;` that ends the statement, or the bracket that the expression stands in.
std::size_t end_of_expression(std::string_view code, std::size_t at) {
    while (at < code.size() && code[at] != ';' && code[at] != ')' && code[at] != '}') {
        const bool opens = code[at] == '(' || code[at] == '[' || code[at] == '{';
        const std::size_t close = opens ? closing(code, at) : at;
        at = close == code.npos ? code.size() : close + 1;
    }
    return std::min(at, code.size());
}

// `x[i]` is no lambda, `f([&] {…})` is one.
bool is_lambda(std::string_view code, std::size_t bracket) {
    const char c = before(code, bracket);
    return !is_word(c) && c != ')' && c != ']';
}

std::string fault_of(std::string_view expression) {
    for (std::size_t at = 0; at < expression.size(); ++at) {
        if (expression[at] == '{') {
            return "braces";
        }
        if (expression[at] == '[' && is_lambda(expression, at)) {
            return "a lambda";
        }
        if (expression[at] == '?') {
            return "?:";
        }
    }
    return {};
}

Findings unnamed_awaits(const Source& source) {
    Findings findings;
    for (const std::size_t at : words_in(source.code, "co_await")) {
        const std::size_t end = end_of_expression(source.code, at);
        const std::string fault = fault_of(std::string_view(source.code).substr(at, end - at));
        if (!fault.empty()) {
            findings.push_back(source.place(at) + " has " + fault);
        }
    }
    return findings;
}

// Whether the lambda at `bracket` is itself a coroutine: it says co_… outside of lambdas within.
bool is_coroutine(std::string_view code, std::size_t bracket) {
    std::size_t body = code.find('{', closing(code, bracket));
    const std::size_t end = closing(code, body);
    for (; body < end; ++body) {
        if (code[body] == '[' && is_lambda(code, body) && body > bracket) {
            const std::size_t inner = code.find('{', closing(code, body));
            body = inner < end ? closing(code, inner) : body;
        } else if (code.substr(body).starts_with("co_")) {
            return true;
        }
    }
    return false;
}

Findings coroutines_that_capture(const Source& source) {
    Findings findings;
    const std::string_view code = source.code;
    for (std::size_t at = code.find('['); at != code.npos; at = code.find('[', at + 1)) {
        const std::size_t close = closing(code, at);
        if (close == code.npos || !is_lambda(code, at) || code[at + 1] == '[') {
            continue;
        }
        const bool captures =
            code.substr(at + 1, close - at - 1).find_first_not_of(" \n") != code.npos;
        const std::size_t next = code.find_first_not_of(" \n", close + 1);
        const bool has_body = next != code.npos && (code[next] == '(' || code[next] == '{');
        if (captures && has_body && is_coroutine(code, at)) {
            findings.push_back(source.place(at));
        }
    }
    return findings;
}

void add(Findings& to, const Findings& more) { to.insert(to.end(), more.begin(), more.end()); }

TEST(TidyCoroutinesTest, what_is_awaited_has_a_name) {
    const Findings findings = find_in(cpp_sources(), [](const Source& source, Findings& out) {
        add(out, unnamed_awaits(source));
    });

    expect_none(findings,
                "build the argument on the line above and pass it by name: braces, lambdas and ?: "
                "inside a co_await are freed twice by g++ 12.");
}

TEST(TidyCoroutinesTest, no_coroutine_lambda_captures) {
    const Findings findings = find_in(cpp_sources(), [](const Source& source, Findings& out) {
        add(out, coroutines_that_capture(source));
    });

    expect_none(findings,
                "the captures die with the lambda, not with the frame: write a function with "
                "parameters.");
}

TEST(TidyRulesTest, see_what_is_awaited_without_a_name) {
    for (const char* bad : {
             "co_await f({a, b});",
             "co_await f(Opt{a});",
             "const auto x = co_await f([&] { return 1; });",
             "co_await f(a ? b : c);",
             "if (co_await f(Id{})) {}",
             "co_return co_await f(std::vector{1});",
         }) {
        EXPECT_EQ(unnamed_awaits(Source("a.cpp", bad)).size(), 1u) << bad;
    }
    for (const char* fine : {
             "co_await f(a, \"{?}\");",
             "const auto x = co_await f(rows[0], y()[1]);",
             "if (co_await f()) { a ? b : c; }",
             "return a ? b : c; co_await f();",
             "for (auto x : co_await f()) { g({1}); }",
         }) {
        EXPECT_EQ(unnamed_awaits(Source("a.cpp", fine)).size(), 0u) << fine;
    }
}

TEST(TidyRulesTest, see_coroutines_that_capture) {
    for (const char* bad : {
             "auto f = [&]() -> Task<> { co_return; };",
             "auto f = [this](int a) -> Task<int> { co_return a; };",
             "g([x] () mutable -> Task<> { co_await h(); });",
         }) {
        EXPECT_EQ(coroutines_that_capture(Source("a.cpp", bad)).size(), 1u) << bad;
    }
    for (const char* fine : {
             "auto f = [](int a) -> Task<int> { co_return a; };",
             "auto f = [&] { return g(); }; co_await f();",
             "auto f = [&](int a) -> Task<int> { return g(a); };",
             "[[nodiscard]] Task<> f() { co_return x[1]; }",
             "auto f = [&] { auto g = [](int) -> Task<> { co_return; }; };",
         }) {
        EXPECT_EQ(coroutines_that_capture(Source("a.cpp", fine)).size(), 0u) << fine;
    }
}

}  // namespace
}  // namespace ponte::tidy
