// Lists: from query parameters to one SQL unit and its page. This is the one place that reads past
// row security (role `reader`), so every statement made here says `t.tenant_id = $1` itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/entities/catalogue.hpp"
#include "kernel/http.hpp"

namespace ponte::records {

// SQL under construction with its parameters; $1 is always the tenant.
struct Sql {
    db::Params params;
    std::string add(db::Param value) {
        params.push_back(std::move(value));
        return "$" + std::to_string(params.size());
    }
};

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
// The same from a bulk's {filter, search}, for `select id`.
Task<ListQuery> read_selection(Ctx& ctx, const Kind& kind, const Json& body);

// A filter tree to SQL, with problems collected under `filter`.
std::string filter_sql(Ctx& ctx, const Kind& kind, const TenantFacts& facts, const Json& tree,
                       Sql& sql, Problems& problems);
// One shorthand: ?status=active,prospect
std::string shorthand_sql(Ctx& ctx, const Kind& kind, const Field& field, std::string_view values,
                          Sql& sql, Problems& problems);
// The names of the operators a type has, for /meta and OpenAPI.
std::vector<std::string_view> operators_of(Type type);

// The one law of who may do what with which record: "" (all), or a condition on `alias`. A part is
// out of reach where its whole is, and while that lies in the bin, unless bins are included.
enum class Bin { hidden, included };
std::string reach_sql(const Ctx& ctx, const Kind& kind, std::string_view action, Sql& sql,
                      const std::string& alias = "t", Bin bin = Bin::hidden);
// Its two halves: the record itself; and the whole of a part.
std::string own_reach_sql(const Ctx& ctx, const Kind& kind, std::string_view action, Sql& sql,
                          const std::string& alias);
std::string whole_sql(const Ctx& ctx, const Kind& kind, Bin bin, Sql& sql,
                      const std::string& alias = "t");
const Kind& whole_of(const Ctx& ctx, const Kind& part);
// Whether the reader may read every record of it.
bool reads_all(const Ctx& ctx, const Kind& kind);
// Whether everybody with the same permissions is shown the same, the titles of links included.
bool is_same_for_all(const Ctx& ctx, const Kind& kind);

Task<http::Response> list(Ctx& ctx, const Kind& kind, const http::Request& request);

}  // namespace ponte::records
