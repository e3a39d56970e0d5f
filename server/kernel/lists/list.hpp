// Lists: from query parameters to one SQL unit and its page. This is the one place that reads past
// row security (role `reader`), so every statement made here says `t.tenant_id = $1` itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/entities/catalogue.hpp"
#include "kernel/http.hpp"
#include "kernel/records/reach.hpp"

namespace ponte::records {

struct Order {
    const Field* field = nullptr;  // null: a fixed column
    std::string json_name;         // "createdAt"
    std::string sql;               // never null, with its index
    std::string cast;              // type of a cursor's value
    bool is_descending = false;
    const Link* link = nullptr;  // "contact.name": `sql` is of its target, over l
    std::string lowest;          // the value of those that have none
};

struct ListQuery {
    int page = 1, limit = 20;
    bool counts_exactly = false, wants_deleted = false;
    std::optional<std::string> cursor;
    std::string search;  // folded
    std::string fields;  // wanted members, empty: all
    Order order;
    Sql sql;
    std::string where;          // "t.tenant_id = $1 and …"
    std::string only_value_of;  // when the filter is just the counted field: its values, ","
    bool is_unfiltered = true;
    std::string expand;
};

// Every order that a list of this kind may have; each needs its index.
std::vector<Order> orders_of(const Kind& kind);

// One of them, over another alias than t.
std::optional<Order> find_order(const Kind& kind, std::string_view json_name,
                                const std::string& alias = "t");

// Reads and checks the parameters; throws 400 naming every wrong one.
Task<ListQuery> read_list_query(Ctx& ctx, const Kind& kind, const http::Request& request);
// The same from the {filter, search} of long work, and the order that its `sort` asks for.
Task<ListQuery> read_selection(Ctx& ctx, const Kind& kind, const Json& body);

// A filter tree to SQL, with problems collected under `filter`.
std::string filter_sql(Ctx& ctx, const Kind& kind, const TenantFacts& facts, const Json& tree,
                       Sql& sql, Problems& problems);
// One shorthand: ?status=active,prospect
std::string shorthand_sql(Ctx& ctx, const Kind& kind, const Field& field, std::string_view values,
                          Sql& sql, Problems& problems);
// The names of the operators a type has, for /meta and OpenAPI.
std::vector<std::string_view> operators_of(Type type);

Task<http::Response> list(Ctx& ctx, const Kind& kind, const http::Request& request);

}  // namespace ponte::records
