// A filter tree on its way to SQL: the operands that a kind offers, and a condition for each
// operator. Used by filter.cpp alone; everybody else calls filter_sql (list.hpp).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kernel/lists/list.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte::records {

// What a leaf compares: a column or a custom field.
struct Operand {
    Type type = Type::text;
    std::string sql;         // typed expression over t
    std::string search_key;  // set when t.search narrows a `contains`
    const Field* field = nullptr;
    std::string custom_key;
    const CustomField* custom = nullptr;  // borrowed from the tenant's facts
    std::string name;

    const FieldType& held() const { return field_type(type); }
};

std::string cast_of(Type type);

struct FilterBuilder {
    Ctx& ctx;
    const Kind& kind;
    const TenantFacts& facts;
    Sql& sql;
    Problems& problems;
    int leafs = 0;
    std::string link;  // "contact.", of a builder that asks what a link points to

    std::string node(const Json& tree, int depth);
    std::string leaf(const Json& tree);
    std::string across(const std::string& name, const Json& tree);
    std::string fail(std::string field, std::string code);

    std::optional<Operand> operand(const std::string& name);
    std::optional<std::string> value(const Operand& on, const Json& input);
    std::vector<std::string> values(const Operand& on, const Json& input);

    std::string compare(const Operand& on, const std::string& op, const Json& value);
    std::string compare_text(const Operand& on, const std::string& op, const Json& value);
    std::string compare_order(const Operand& on, const std::string& op, const Json& value);
    std::string compare_time(const Operand& on, const std::string& op, const Json& value);
    std::string compare_set(const Operand& on, const std::string& op, const Json& value);
    std::string compare_one(const Operand& on, const std::string& op, const Json& value);
    std::string compare_boolean(const Operand& on, const std::string& op, const Json& value);
};

}  // namespace ponte::records
