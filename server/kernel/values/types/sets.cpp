// Several of the options, and labels: names without order or repetition.
#include <algorithm>

#include "kernel/values/types/types.hpp"

namespace ponte::values {
namespace {

constexpr std::size_t most_items = 200, longest_item = 200;

// Trimmed, without empty ones and repetitions; upper and lower case are one name. The bound is
// asked before the comparing begins: a megabyte of names would hold everybody up for 20 s.
Canonical set_of(const std::vector<std::string_view>& items) {
    if (items.size() > most_items) {
        return wrong("too_many");
    }
    Json out = Json::array();
    std::vector<std::string> seen;
    for (const auto item : items) {
        std::string store;
        const auto text = trimmed(cleaned(item, store));
        if (text.empty()) {
            continue;
        }
        if (text.size() > longest_item) {
            return wrong("too_long");
        }
        if (const auto problem = text_problem(text, Lines::one); !problem.empty()) {
            return wrong(problem);
        }
        std::string key = folded(text);
        if (std::find(seen.begin(), seen.end(), key) == seen.end()) {
            seen.push_back(std::move(key));
            out.push(Json(text));
        }
    }
    return {std::move(out), {}};
}

Canonical of_json(const Json& input, const Locale&) {
    std::vector<std::string_view> items;
    for (const Json& item : input.items()) {
        if (!item.is_string()) {
            return wrong("type");
        }
        items.push_back(item.as_string());
    }
    return input.is_array() ? set_of(items) : wrong("type");
}

Canonical of_typed(const Typed& typed, const Locale&) {
    std::vector<std::string_view> items;
    for (std::string_view text = typed.text;;) {
        const auto end = text.find_first_of(",;|\n");
        items.push_back(text.substr(0, end));
        if (end == text.npos) {
            return set_of(items);
        }
        text.remove_prefix(end + 1);
    }
}

}  // namespace

constinit const FieldType choices_type{
    .type = Type::choices,
    .name = "choices",
    .other_name = "multiselect",
    .of_json = of_json,
    .of_typed = of_typed,
    .has_options = true,
    .is_list = true,
    .sameness = Sameness::as_set,
    .sql = "text[]",
    .written = Written::list,
    .sent = Sent::texts,
    .compared = Compared::as_set,
    .schema = "array",
    .joined = Joined::as_list,
    .readable = Readable::options,
    .may_be_custom = true,
};

constinit const FieldType tags_type{
    .type = Type::tags,
    .name = "tags",
    .of_json = of_json,
    .of_typed = of_typed,
    .is_list = true,
    .sameness = Sameness::as_set,
    .sql = "uuid[]",
    .written = Written::bare,  // the database answers with the titles
    .sent = Sent::texts,
    .points = Points::to_titles,
    .compared = Compared::as_set,
    .schema = "array",
    .joined = Joined::as_list,
};

}  // namespace ponte::values
