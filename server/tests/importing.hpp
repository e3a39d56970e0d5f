// What a file has to say of a record, whatever its entity.
#pragma once

#include <stdexcept>

#include "kernel/entities/catalogue.hpp"
#include "kernel/entity.hpp"

namespace ponte::testing {

// By what a row of a file finds its record: what it is mailed to, or the first that there is.
inline std::string_view key_of(const Entity& entity) {
    const bool has_email = is_one_of(entity.match_fields, "email");
    return has_email ? "email" : records::split_options(entity.match_fields).front();
}

// What a row may change of it.
inline std::string_view changed_in(const Entity& entity) {
    for (const Field& field : entity.fields) {
        if (field.type == Type::tags || field.type == Type::long_text) {
            return field.name;
        }
    }
    throw std::logic_error("teach tests/importing.hpp what of it changes");
}

}  // namespace ponte::testing
