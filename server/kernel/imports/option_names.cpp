#include "kernel/imports/option_names.hpp"

#include <algorithm>

#include "kernel/words.hpp"

namespace ponte::imports {

OptionNames::OptionNames(const Entity& entity, const Target& target) {
    const auto add = [&](std::string_view written, std::string_view value) {
        values_.emplace(folded(written), value);
        values_.emplace(plain_header(written), value);
    };
    if (target.custom) {
        for (const std::string& option : target.custom->options) {
            add(option, option);
        }
    } else if (target.field) {
        for (const auto option : records::split_options(target.field->options)) {
            const std::string key = std::string(entity.name) + "." +
                                    std::string(target.field->name) + "." + std::string(option);
            add(option, option);
            for (const Language language : {Language::pt, Language::en}) {
                add(Words::all().find(language, key), option);
                for (const std::string& one : listed(language, key + ".values")) {
                    add(one, option);
                }
            }
        }
    }
    values_.erase("");
}

const std::string* OptionNames::find(std::string_view written) const {
    auto found = values_.find(folded(written));
    if (found == values_.end()) {
        found = values_.find(plain_header(written));
    }
    return found == values_.end() ? nullptr : &found->second;
}

std::optional<std::string> OptionNames::nearest(std::string_view written) const {
    constexpr std::ptrdiff_t enough = 4;
    const std::string wanted = plain_header(written);
    std::ptrdiff_t best = 0;
    std::optional<std::string> nearest;
    for (const auto& [name, value] : values_) {
        const auto end = std::mismatch(name.begin(), name.end(), wanted.begin(), wanted.end());
        const std::ptrdiff_t common = end.first - name.begin();
        const bool is_tie = common == best && nearest && value < *nearest;
        if (common >= enough && (common > best || is_tie)) {
            best = common;
            nearest = value;
        }
    }
    return nearest;
}

}  // namespace ponte::imports
