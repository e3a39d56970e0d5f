// Rights as a declaration writes them: "supervisor: read create import | agent: read update:own".
#pragma once

#include <string_view>

namespace ponte {

// What may be done with records of any entity; actions and fields bring names of their own.
inline constexpr std::string_view verbs[] = {"read",   "create", "update", "delete",
                                             "import", "export", "manage"};

struct Right {
    std::string_view role, action;
    std::string_view reach;  // "own", "team", "all"
};

constexpr bool is_verb(std::string_view name) {
    for (const std::string_view verb : verbs) {
        if (verb == name) {
            return true;
        }
    }
    return false;
}

// Takes what stands before `end` off the text, without the blanks around it.
constexpr std::string_view take_until(std::string_view& text, char end) {
    const auto at = text.find(end);
    std::string_view part = text.substr(0, at);
    text = at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
    while (part.starts_with(' ')) {
        part.remove_prefix(1);
    }
    while (part.ends_with(' ')) {
        part.remove_suffix(1);
    }
    return part;
}

// Calls `visit(right)` for each right; a role that is named without any ("readonly:") is visited
// once, with no action: it has none, where it would have some by what it is. False: no such text.
template <class Visit>
constexpr bool each_right(std::string_view text, Visit visit) {
    while (!text.empty()) {
        std::string_view rest = take_until(text, '|');
        if (rest.find(':') == std::string_view::npos) {
            return false;
        }
        const std::string_view role = take_until(rest, ':');
        if (role.empty()) {
            return false;
        }
        bool is_named_only = true;
        while (!rest.empty()) {
            std::string_view word = take_until(rest, ' ');
            if (word.empty()) {
                continue;
            }
            const std::string_view action = take_until(word, ':');
            const std::string_view reach = word.empty() ? "all" : word;
            if (reach != "all" && reach != "team" && reach != "own") {
                return false;
            }
            visit(Right{role, action, reach});
            is_named_only = false;
        }
        if (is_named_only) {
            visit(Right{role, {}, {}});
        }
    }
    return true;
}

}  // namespace ponte
