// What a type of field is: one description each, in a file of values/types. Whatever asks how a
// type is stored, written, compared or read asks it here, and nobody else tells types apart.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "kernel/values.hpp"

namespace ponte {

// A cell of the database as JSON.
enum class Written : std::uint8_t { text, bare, money, decimal, boolean, time, list };
// A canonical value as a parameter of a statement.
enum class Sent : std::uint8_t { text, integer, decimal, number, boolean, json, texts };
// What a field's `min` and `max` are of.
enum class Bounded : std::uint8_t { not_at_all, by_length, by_value, by_count };
// Which conditions filters know of it.
enum class Compared : std::uint8_t {
    not_at_all,
    as_text,
    in_order,
    in_time,
    as_truth,
    as_one,
    as_set,
    by_presence,  // whether there is one, and nothing else
};
// When two values that are shown mean the same. A set has no order, and its titles no case.
enum class Sameness : std::uint8_t { exact, as_set };
// What it holds instead of a value of its own: the id of a record, records told by their titles,
// records that live inside, or the id of a file.
enum class Points : std::uint8_t { nowhere, to_one, to_titles, to_parts, to_file };
// What people write with marks ("(11) 98765-4321") and columns hold without.
enum class Marks : std::uint8_t { kept, left_out, left_out_with_country };
// How several columns of a file make one value: not, all together, as a list, or the one that is
// filled.
enum class Joined : std::uint8_t { never, with_blanks, as_list, only_one };
// How people read it, in a file that they get or on paper.
enum class Readable : std::uint8_t {
    as_it_is,
    number,
    money,
    percentage,
    duration,
    day,
    moment,
    yes_or_no,
    option,
    options,
    phone,
    document,
    postal_code,
    mail_address,
    web_address,
};
// What it says of two records that they have it in common.
enum class Identity : std::uint8_t { unsaid, often_shared, likely, certain };
// Where search tells a hit apart by it.
enum class Told : std::uint8_t { nowhere, below, below_as_last, aside };
// What search compares.
enum class Searched : std::uint8_t { its_text, its_number, what_it_points_to };

// Something typed, cleaned: `text` without blanks around it and not empty.
struct Typed {
    std::string_view text, as_given;
};

// Around an SQL expression.
struct Around {
    std::string_view before, after;
};

struct FieldType {
    Type type;
    std::string_view name;             // "long_text"
    std::string_view other_name = {};  // what people who make custom fields call it

    // Values. Without `of_json`, JSON is a string that `of_typed` reads; a cell of a file is read
    // by `of_typed`, too, unless people write it in another way there.
    Canonical (*of_json)(const Json&, const Locale&) = nullptr;
    Canonical (*of_typed)(const Typed&, const Locale&) = nullptr;
    Canonical (*of_cell)(const Typed&, const Locale&) = nullptr;
    Json (*shown)(const Json& canonical) = nullptr;                  // null: as it is
    std::string (*match_key)(std::string_view canonical) = nullptr;  // null: as it is
    int decimals = 0;  // of Sent::decimal: its integers count tenths, hundredths…
    bool has_options = false;
    bool is_list = false;  // of several; none of them is an empty list
    Sameness sameness = Sameness::exact;
    Marks marks = Marks::kept;
    Identity identity = Identity::unsaid;
    Bounded bounded = Bounded::not_at_all;

    // The table. No column: ''.
    std::string_view sql = "text";
    Written written = Written::text;
    Sent sent = Sent::text;
    std::string_view lowest = {};  // stands for none in an order; empty: ordered as text
    Around in_parts = {};          // as a value of JSON that the database builds
    bool is_large = false;         // as long as strangers like
    bool is_sealed = false;        // nobody is answered more than that there is a value
    Points points = Points::nowhere;
    std::string_view target = {};  // of all fields of this type: "user"

    // Lists.
    Compared compared = Compared::not_at_all;
    Searched searched = Searched::its_text;
    Told told = Told::nowhere;

    // The API's description. Empty: anything.
    std::string_view schema = "string", format = {};

    // Files.
    Joined joined = Joined::never;
    Readable readable = Readable::as_it_is;

    // Custom fields: whether there are such, how long, and the type as which a value compares,
    // which stands there as it is shown.
    bool may_be_custom = false;
    std::int64_t longest_custom = INT64_MAX;
    const FieldType* in_custom_fields = nullptr;  // null: as itself

    constexpr bool has_column() const { return !sql.empty(); }
    constexpr bool is_set() const { return sameness == Sameness::as_set; }
};

constexpr std::size_t type_count = 26;
extern const std::array<const FieldType*, type_count> field_types;  // in the order of Type

inline const FieldType& field_type(Type type) {
    return *field_types[static_cast<std::size_t>(type)];
}
// What nobody writes in a cell or a parameter: of one record alone, and known by its id.
inline bool is_file(Type type) { return field_type(type).points == Points::to_file; }

// By what two values that mean the same are found, however they are written.
std::string match_key(Type type, std::string_view canonical);

}  // namespace ponte
