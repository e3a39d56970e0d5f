// The options of a choice as people write them in files: value, label in both languages, and what
// words.json lists under "<entity>.<field>.<option>.values".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "kernel/imports/mapping.hpp"

namespace ponte::imports {

class OptionNames {
public:
    OptionNames() = default;
    OptionNames(const Entity& entity, const Target& target);

    bool is_empty() const { return values_.empty(); }
    const std::string* find(std::string_view written) const;
    // The option that somebody may have meant: "prospecto" → "prospect".
    std::optional<std::string> nearest(std::string_view written) const;

private:
    std::unordered_map<std::string, std::string> values_;  // as compared → value
};

}  // namespace ponte::imports
