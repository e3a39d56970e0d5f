// The source tree as the house rules read it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ponte::tidy {

struct Source {
    std::string path;  // from the root: "server/kernel/json.cpp"
    std::string text;
    std::string code;  // the same size; comments and what stands in quotes are blanks
    std::vector<std::string> lines;

    Source(std::string path_, std::string text_);
    bool ends_with(std::string_view ending) const { return path.ends_with(ending); }
    bool is_below(std::string_view folder) const { return path.starts_with(folder); }
    bool is_test() const;
    int line_at(std::size_t offset) const;        // from 1
    std::string place(std::size_t offset) const;  // "server/kernel/json.cpp:12"
};

// Everything below server/ and tools/ that people write: .cpp, .hpp, .sql. Read once.
const std::vector<Source>& sources();
std::vector<const Source*> cpp_sources();
std::vector<const Source*> migrations();
std::string read_file(const std::string& path_from_root);

// What breaks a rule, a line each.
using Findings = std::vector<std::string>;
// Fails the running test when there is any; `remedy` says how to put it right.
void expect_none(const Findings& findings, std::string_view remedy);
// Calls `look` for each source that `wants` takes, and collects.
Findings find_in(const std::vector<const Source*>& all,
                 const std::function<void(const Source&, Findings&)>& look);

bool is_word(char c);  // letter, digit or underscore
// The places of a whole word in code.
std::vector<std::size_t> words_in(std::string_view code, std::string_view word);
// Where the bracket that opens at `open` closes; npos when it does not.
std::size_t closing(std::string_view code, std::size_t open);

}  // namespace ponte::tidy
