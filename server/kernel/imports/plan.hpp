// What an import does with a record of the file, decided once at its start; and the pure part of
// that work, from cells to canonical values, which runs off the request threads.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kernel/imports/csv_reader.hpp"
#include "kernel/imports/mapping.hpp"
#include "kernel/imports/option_names.hpp"
#include "kernel/imports/wishes.hpp"
#include "kernel/records/input.hpp"

namespace ponte::imports {

enum class Mode { create, update, upsert };
std::optional<Mode> parse_mode(std::string_view name);
std::string_view mode_name(Mode mode);

// A key under which the same person or thing would be found again.
struct MatchKey {
    std::string kind, key;
};

// A link written as a name instead of an id.
struct Title {
    std::size_t column = 0;  // of the plan
    std::string text;
};

struct Row {
    std::uint64_t number = 0, line = 0;  // of the record, counted from 1; of the file
    Values values;                   // canonical, with initial values: complete for a new record
    std::vector<std::size_t> given;  // columns of the plan whose cell was not empty
    Problems problems;               // of what was given
    Problems missing;                // only count when the row makes a new record
    Problems dropped;                // of fields that the row is taken without
    bool is_summary = false;         // "TOTAL": no record of its own
    std::optional<Id> id;
    std::vector<MatchKey> keys;
    std::vector<Title> titles;
    CsvRecord record;  // as it stood in the file
    CsvPosition end;   // where the next one begins

    void fail(std::string field, std::string_view code);
};

class Plan {
public:
    struct Column {
        std::vector<std::size_t> indexes;  // in the order of the file
        Target target;
        std::string name;  // snake_case; the key for custom fields
        OptionNames options;
        std::map<std::string, std::string> values;  // folded, of the file → as the field has it
        bool skips_errors = false;
        bool may_be_left_out() const;
    };

    Plan(const records::Kind& kind, std::shared_ptr<const records::TenantFacts> facts,
         const Mapping& mapping, Mode mode, std::size_t width, Locale locale, Wishes wishes = {});

    const records::Kind& kind() const { return kind_; }
    const std::vector<Column>& columns() const { return columns_; }
    Mode mode() const { return mode_; }
    std::size_t width() const { return width_; }
    // From a record to a row: pure, and safe on any thread.
    void check(Row& row) const;  // its number decides which of its cells were mended

    // Puts a problem of one column where it belongs: the row is refused, or loses that field only.
    void refuse(Row& row, std::size_t column, FieldProblem problem) const;

private:
    void take_cell(Row& row, std::size_t column, Values& given, Json& custom) const;
    Canonical value_of(const Column& column, std::string_view cell) const;
    Json with_options(const Column& column, Json value) const;
    void complete(Row& row) const;
    bool is_made_up_for(const Row& row, std::string_view field) const;
    void collect_keys(Row& row) const;
    bool is_summary(const Row& row) const;

    const records::Kind& kind_;
    const std::shared_ptr<const records::TenantFacts> facts_;
    std::vector<Column> columns_;
    const Mode mode_;
    const std::size_t width_;  // cells of the header
    const Locale locale_;
    const Wishes wishes_;
};

// What stands in a field's columns, as it is read; several are joined in `joined`, lists by a
// semicolon.
std::string_view cell_of(const CsvRecord& record, const Plan::Column& column, std::string& joined);
// The entity whose titles a column may hold instead of ids; empty when none.
std::string_view linked_entity(const Target& target);

}  // namespace ponte::imports
