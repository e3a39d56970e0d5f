// One condition for each type and operator; times have a file of their own.
#include <algorithm>

#include "kernel/entities/catalogue.hpp"
#include "kernel/lists/filter_builder.hpp"
#include "kernel/lists/search_terms.hpp"
#include "kernel/records/write.hpp"
#include "kernel/services.hpp"

namespace ponte::records {

namespace {

// What may stand in the column where somebody writes `wanted`: numbers are stored without masks,
// Brazilian ones with their country.
std::vector<std::string> forms_of(Marks marks, const std::string& op, const std::string& wanted) {
    if (marks == Marks::kept) {
        return {wanted};
    }
    std::vector<std::string> forms = number_forms(wanted);
    if (forms.empty()) {
        forms.push_back(wanted);
    }
    if (marks == Marks::left_out_with_country && op == "starts_with") {
        for (std::size_t i = 0, count = forms.size(); i < count; ++i) {
            if (!forms[i].starts_with('+')) {
                forms.push_back("+" + forms[i]);
                forms.push_back("+55" + forms[i]);
            }
        }
    }
    return forms;
}

}  // namespace

std::string FilterBuilder::compare_text(const Operand& on, const std::string& op,
                                        const Json& input) {
    const auto text = value(on, input);
    if (!text) {
        return "false";
    }
    const std::string key = "sort_key(" + on.sql + ")";
    const std::string wanted = folded(*text);
    if (op == "is") {
        return key + " = " + sql.add(wanted);
    }
    if (op == "is_not") {
        return "coalesce(" + key + ", '') <> " + sql.add(wanted);
    }
    const bool is_inside = op == "contains" || op == "not_contains";
    if (!is_inside && op != "starts_with" && op != "ends_with") {
        return fail(on.name, "operator");
    }
    std::string any;
    for (const std::string& form : forms_of(on.held().marks, op, wanted)) {
        const std::string place = sql.add((op == "starts_with" ? "" : "%") + like_escaped(form) +
                                          (op == "ends_with" ? "" : "%"));
        const bool is_narrowed = op == "contains" && !on.search_key.empty();
        any +=
            (any.empty() ? "" : " or ") + (is_narrowed ? "(" + on.search_key + " like " + place +
                                                             " and " + key + " like " + place + ")"
                                                       : key + " like " + place);
    }
    return op == "not_contains" ? "(" + any + ") is not true" : "(" + any + ")";
}

std::string FilterBuilder::compare_order(const Operand& on, const std::string& op,
                                         const Json& input) {
    if (op == "between") {
        if (!input.is_array() || input.items().size() != 2) {
            return fail(on.name, "value");
        }
        const auto low = value(on, input.items()[0]), high = value(on, input.items()[1]);
        if (!low || !high) {
            return "false";
        }
        const std::string cast = cast_of(on.type);
        return "(" + on.sql + " between " + sql.add(*low) + cast + " and " + sql.add(*high) + cast +
               ")";
    }
    static constexpr std::pair<std::string_view, std::string_view> signs[] = {
        {"is", "="},  {"is_not", "is distinct from"}, {"gt", ">"}, {"gte", ">="}, {"lt", "<"},
        {"lte", "<="}};
    for (const auto& [name, sign] : signs) {
        if (name == op) {
            const auto text = value(on, input);
            if (!text) {
                return "false";
            }
            return on.sql + " " + std::string(sign) + " " + sql.add(*text) + cast_of(on.type);
        }
    }
    return fail(on.name, "operator");
}

std::string FilterBuilder::compare_set(const Operand& on, const std::string& op,
                                       const Json& input) {
    if (op != "has_any" && op != "has_all" && op != "has_none") {
        return fail(on.name, "operator");
    }
    const auto wanted = values(on, input);
    if (wanted.empty()) {
        return "false";
    }
    if (!on.custom_key.empty()) {
        const std::string sign = op == "has_all" ? " ?& " : " ?| ";
        const std::string test =
            "coalesce(" + on.sql + ", '[]')" + sign + sql.add(wanted) + "::text[]";
        return op == "has_none" ? "not (" + test + ")" : "(" + test + ")";
    }
    std::string list = sql.add(wanted) + "::text[]";
    if (on.held().points == Points::to_titles) {
        const Kind& target = ctx.services.entities().get(on.field->target);
        const std::string title(target.entity->title), table(target.entity->table);
        const std::string found =
            "(select coalesce(array_agg(g.id), '{}') from " + table +
            " g where g.tenant_id = $1 and g.deleted_at is null and sort_key(g." + title +
            ") = any (select sort_key(x) from unnest(" + list + ") x))";
        if (op == "has_all") {
            return "(" + on.sql + " @> " + found + " and cardinality(" + found +
                   ") = " + std::to_string(wanted.size()) + ")";
        }
        return op == "has_any" ? on.sql + " && " + found : "not (" + on.sql + " && " + found + ")";
    }
    if (op == "has_all") {
        return on.sql + " @> " + list;
    }
    return op == "has_any" ? on.sql + " && " + list : "not (" + on.sql + " && " + list + ")";
}

std::string FilterBuilder::compare_one(const Operand& on, const std::string& op,
                                       const Json& input) {
    const bool is_negative = op == "is_not" || op == "none_of";
    if (!is_negative && op != "is" && op != "any_of") {
        return fail(on.name, "operator");
    }
    auto wanted = values(on, input);
    if (wanted.empty()) {
        return "false";
    }
    if (on.held().has_options && on.field) {
        const auto options = split_options(on.field->options);
        for (auto& one : wanted) {
            const auto option = std::ranges::find(options, folded(one), folded);
            if (option == options.end()) {
                return fail(on.name, "value");
            }
            one = *option;
        }
    }
    const std::string cast = "::" + std::string(on.held().sql) + "[]";
    const std::string test = wanted.size() == 1
                                 ? on.sql + " = " + sql.add(wanted.front()) + cast_of(on.type)
                                 : on.sql + " = any (" + sql.add(wanted) + cast + ")";
    return is_negative ? "(" + test + ") is not true" : test;
}

std::string FilterBuilder::compare_boolean(const Operand& on, const std::string& op,
                                           const Json& input) {
    if (op != "is") {
        return fail(on.name, "operator");
    }
    if (!input.is_bool()) {
        return fail(on.name, "value");
    }
    return "coalesce(" + on.sql + ", false) = " + sql.add(input.as_bool()) + "::boolean";
}

}  // namespace ponte::records
