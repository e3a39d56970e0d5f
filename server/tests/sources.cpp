#include "tests/sources.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace ponte::tidy {
namespace {

namespace fs = std::filesystem;

const fs::path root = PONTE_SOURCE_DIR;

// Blanks what is no code, and keeps every newline, so that offsets and lines stay what they are.
class Blanking {
public:
    explicit Blanking(std::string& text) : text_(text) {}

    void cpp() {
        while (at_ < text_.size()) {
            if (is("//")) {
                blank_to(text_.find('\n', at_));
            } else if (is("/*")) {
                blank_to(after(text_.find("*/", at_ + 2), 2));
            } else if (is("R\"")) {
                raw_string();
            } else if (text_[at_] == '"' || is_character()) {
                quoted(text_[at_]);
            } else {
                ++at_;
            }
        }
    }
    void sql() {
        while (at_ < text_.size()) {
            if (is("--")) {
                blank_to(text_.find('\n', at_));
            } else if (text_[at_] == '\'') {
                ++at_;
                blank_to(text_.find('\'', at_));
                ++at_;
            } else {
                ++at_;
            }
        }
    }

private:
    bool is(std::string_view what) const {
        return std::string_view(text_).substr(at_).starts_with(what);
    }
    // 'x', not the separator of 1'000.
    bool is_character() const {
        return text_[at_] == '\'' && (at_ == 0 || !is_word(text_[at_ - 1]));
    }
    static std::size_t after(std::size_t found, std::size_t more) {
        return found == std::string::npos ? found : found + more;
    }
    void blank_to(std::size_t end) {
        end = std::min(end, text_.size());
        for (; at_ < end; ++at_) {
            if (text_[at_] != '\n') {
                text_[at_] = ' ';
            }
        }
    }
    void raw_string() {
        const std::size_t open = text_.find('(', at_);
        const std::string close = ")" + text_.substr(at_ + 2, open - at_ - 2) + "\"";
        blank_to(after(text_.find(close, open), close.size()));
    }
    void quoted(char quote) {
        std::size_t end = at_ + 1;
        while (end < text_.size() && text_[end] != quote && text_[end] != '\n') {
            end += text_[end] == '\\' ? 2 : 1;
        }
        ++at_;
        blank_to(end);
        ++at_;
    }

    std::string& text_;
    std::size_t at_ = 0;
};

std::string blanked(const std::string& path, std::string text) {
    Blanking blanking(text);
    if (path.ends_with(".sql")) {
        blanking.sql();
    } else {
        blanking.cpp();
    }
    return text;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::stringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        lines.push_back(line);
    }
    return lines;
}

bool is_ours(const fs::path& path) {
    const std::string ending = path.extension().string();
    return ending == ".cpp" || ending == ".hpp" || ending == ".sql";
}

std::vector<Source> read_all() {
    std::vector<Source> all;
    for (const char* folder : {"server", "tools"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            if (entry.is_regular_file() && is_ours(entry.path())) {
                const std::string path = fs::relative(entry.path(), root).string();
                all.emplace_back(path, read_file(path));
            }
        }
    }
    std::ranges::sort(all, {}, &Source::path);
    return all;
}

}  // namespace

Source::Source(std::string path_, std::string text_)
    : path(std::move(path_)),
      text(std::move(text_)),
      code(blanked(path, text)),
      lines(lines_of(text)) {}

bool Source::is_test() const {
    return path.find("/tests/") != std::string::npos || path.find("/testing/") != std::string::npos;
}

int Source::line_at(std::size_t offset) const {
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size()));
    return 1 + static_cast<int>(std::count(text.begin(), end, '\n'));
}

std::string Source::place(std::size_t offset) const {
    return path + ":" + std::to_string(line_at(offset));
}

std::string read_file(const std::string& path_from_root) {
    std::ifstream file(root / path_from_root, std::ios::binary);
    std::stringstream out;
    out << file.rdbuf();
    return out.str();
}

const std::vector<Source>& sources() {
    static const std::vector<Source> all = read_all();
    return all;
}

std::vector<const Source*> cpp_sources() {
    std::vector<const Source*> found;
    for (const Source& source : sources()) {
        if (!source.ends_with(".sql")) {
            found.push_back(&source);
        }
    }
    return found;
}

std::vector<const Source*> migrations() {
    std::vector<const Source*> found;
    for (const Source& source : sources()) {
        if (source.ends_with(".sql") && source.path.find("/migrations/") != std::string::npos) {
            found.push_back(&source);
        }
    }
    return found;
}

void expect_none(const Findings& findings, std::string_view remedy) {
    std::string all;
    for (const std::string& finding : findings) {
        all += "  " + finding + "\n";
    }
    EXPECT_TRUE(findings.empty()) << all << "How to put it right: " << remedy;
}

Findings find_in(const std::vector<const Source*>& all,
                 const std::function<void(const Source&, Findings&)>& look) {
    Findings findings;
    for (const Source* source : all) {
        look(*source, findings);
    }
    return findings;
}

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::vector<std::size_t> words_in(std::string_view code, std::string_view word) {
    std::vector<std::size_t> found;
    for (std::size_t at = code.find(word); at != code.npos; at = code.find(word, at + 1)) {
        const bool begins = at == 0 || !is_word(code[at - 1]);
        const std::size_t end = at + word.size();
        if (begins && (end == code.size() || !is_word(code[end]))) {
            found.push_back(at);
        }
    }
    return found;
}

std::size_t closing(std::string_view code, std::size_t open) {
    int depth = 0;
    for (std::size_t at = open; at < code.size(); ++at) {
        const char c = code[at];
        depth += c == '(' || c == '[' || c == '{' ? 1 : 0;
        depth -= c == ')' || c == ']' || c == '}' ? 1 : 0;
        if (depth == 0) {
            return at;
        }
    }
    return code.npos;
}

}  // namespace ponte::tidy
