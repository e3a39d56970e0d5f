// Paper: tables of any length as PDF, with real text in embedded fonts. Knows nothing of records;
// whoever prints says what stands where. All of it blocks (`offload`), and a table is used by one
// thread at a time; what memory it takes does not grow with its rows.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace ponte::print {

// What stands above everything, once.
struct Letterhead {
    std::string company, title, caption, facts;
    std::string logo;  // a PNG on this machine's disk; empty or anything else: none
};

enum class Side { left, right };
struct Heading {
    std::string text;
    Side side = Side::left;
};

struct Text {
    std::string text;
    std::string address;  // where it leads: mailto:, http:, https:; empty: nowhere
};

// Columns are as wide as what stands in them asks for; what is longer goes on in the next line, and
// the paper lies on its side where that helps. Headings stand on every page, with "3 / 12" below.
class Table {
public:
    Table(std::string path, Letterhead letterhead, std::vector<Heading> headings);
    ~Table();
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;

    void add(std::span<const Text> row);  // as many as there are headings
    void close();                         // the file is whole, or this throws

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace ponte::print
