// A field of parts: the records of another entity that live inside this one, a list of objects.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "kernel/entity.hpp"

namespace ponte::records {

struct Kind;
struct Link;

struct Parts {
    const Field* field = nullptr;
    int column = 0;              // of the whole's columns
    std::string json_name;       // "items"
    const Kind* kind = nullptr;  // its columns and links stand over the alias p
};

// The parts of the row t as one value of SQL: a list of objects in their order. `title_of` says, as
// SQL, what follows `"title":` of a link; without it links are told by their ids alone.
std::string parts_sql(const Kind& piece,
                      const std::function<std::string(const Link&)>& title_of = {});

// The one among such objects that has this id; null when none has.
const Json* part_with(const Json& parts, std::string_view id);

// What such an object holds, canonical by snake_case name, its id left aside.
Values values_of_part(const Kind& piece, const Json& part);
// And the object of canonical values, with the id that it has or gets.
Json part_of_values(const Kind& piece, const Json& id, const Values& values);

}  // namespace ponte::records
