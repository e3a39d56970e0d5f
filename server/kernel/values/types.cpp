#include <array>
#include <utility>

#include "kernel/values.hpp"

namespace ponte {
namespace {

constexpr std::array<std::string_view, 21> names = {
    "text",     "long_text", "integer", "number", "money", "boolean", "date",
    "datetime", "choice",    "choices", "phone",  "email", "url",     "cpf",
    "cnpj",     "document",  "link",    "user",   "tags",  "json",    "parts",
};
static_assert(names[static_cast<std::size_t>(Type::parts)] == "parts");

// What people who make custom fields call a choice.
constexpr std::pair<std::string_view, Type> other_names[] = {
    {"select", Type::choice},
    {"multiselect", Type::choices},
};

}  // namespace

std::string_view type_name(Type type) { return names[static_cast<std::size_t>(type)]; }

std::optional<Type> parse_type(std::string_view name) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == name) {
            return static_cast<Type>(i);
        }
    }
    for (const auto& [other, type] : other_names) {
        if (other == name) {
            return type;
        }
    }
    return {};
}

}  // namespace ponte
