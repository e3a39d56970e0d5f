#include <algorithm>
#include <charconv>

#include "kernel/entities/catalogue.hpp"
#include "kernel/lists/search_terms.hpp"
#include "kernel/services.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte::records {
namespace {

constexpr int default_limit = 20, max_limit = 100;
constexpr std::int64_t max_offset = 100'000;
constexpr std::size_t max_search = 200, max_filter = 16'384;

std::optional<std::int64_t> positive(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc{} || end != text.data() + text.size() || value < 1) {
        return {};
    }
    return value;
}

// An expression that is never null, so that a cursor can compare; its index uses the same words.
Order order_of(const Column& column, const std::string& alias) {
    Order order;
    order.json_name = column.json_name;
    order.field = column.field;
    const FieldType& type = field_type(column.type);
    // Without its bounds, numeric(11,4): what stands for none lies outside of them.
    order.cast = type.lowest.empty() ? "text" : type.sql.substr(0, type.sql.find('('));
    order.lowest = type.lowest.empty() ? "''" : type.lowest;
    const bool is_nullable =
        column.field && !column.field->is_required && column.field->initial.empty();
    const std::string name =
        alias + "." +
        (column.field ? std::string(column.field->name) : snake_case(column.json_name));
    order.sql = is_nullable ? "coalesce(" + name + ", " + order.lowest + ")" : name;
    if (column.field && column.field->is_folded_sort) {
        order.sql = "sort_key(" + order.sql + ")";
    }
    return order;
}

Order default_order(const Kind& kind) {
    std::string_view name = kind.entity->default_sort;
    const bool is_descending = name.starts_with('-');
    if (is_descending) {
        name.remove_prefix(1);
    }
    auto order = find_order(kind, camel_case(name));
    if (!order) {
        order = find_order(kind, "createdAt");
    }
    order->is_descending = is_descending;
    return *order;
}

// "contact.name": by a value of what a link points to; or what is wrong with it.
struct AcrossLink {
    std::optional<Order> order;
    const char* problem = "unknown";
};

AcrossLink order_across(const Ctx& ctx, const Kind& kind, std::string_view name) {
    AcrossLink found;
    const auto dot = name.find('.');
    const Link* link = kind.link_by_json(name.substr(0, dot));
    if (!link || !link->target || ctx.reach(link->target->resource, "read") == Reach::none) {
        return found;
    }
    const std::string_view rest = name.substr(dot + 1);
    const Kind& target = ctx.services.entities().seen(*link->target, ctx.who);
    if (target.link_by_json(rest.substr(0, rest.find('.')))) {
        found.problem = "too_far";
        return found;
    }
    found.order = find_order(target, rest, "l");
    // Whoever wrote a record is no field of ours: nothing leads from people to what they wrote.
    if (!found.order || !link->field) {
        found.problem = target.field_by_json(rest) ? "not_sortable" : "unknown";
        found.order.reset();
        return found;
    }
    found.order->json_name = name;
    found.order->link = link;
    return found;
}

struct Reader {
    Ctx& ctx;
    const Kind& kind;
    const TenantFacts& facts;
    ListQuery query;
    Problems problems;
    std::string sort_by, sort_order, filter;
    std::vector<std::string> conditions;

    void wrong(std::string name, std::string code) {
        problems.push_back({std::move(name), std::move(code), Json::object(), {}});
    }
    void paging(const std::string& name, const std::string& value) {
        const auto number = positive(value);
        if (!number) {
            wrong(name, "positive_integer");
        } else if (name == "limit") {
            query.limit = static_cast<int>(std::min<std::int64_t>(*number, max_limit));
        } else if (*number > 10'000'000) {
            wrong(name, "too_large");
        } else {
            query.page = static_cast<int>(*number);
        }
    }
    void shorthand(const std::string& name, const std::string& value) {
        const Field* field = kind.field_by_json(name);
        if (!field || is_structured(field->type) || is_file(field->type)) {
            wrong(name, "unknown");
            return;
        }
        if (value.empty()) {
            return;  // ?status= means no filter, as forms send it
        }
        conditions.push_back(shorthand_sql(ctx, kind, *field, value, query.sql, problems));
        query.is_unfiltered = false;
        if (field->name == kind.entity->counted_by) {
            query.only_value_of = value;
            std::erase(query.only_value_of, ' ');
        }
    }
    void parameter(const std::string& name, const std::string& value);
    void sorting();
    void filtering();
    void finish();
};

void Reader::parameter(const std::string& name, const std::string& value) {
    if (name == "page" || name == "limit") {
        paging(name, value);
    } else if (name == "search" || name == "q") {
        if (utf8_length(value) > max_search) {
            wrong(name, "too_long");
        } else {
            query.search = folded(value);
        }
    } else if (name == "sortBy" || name == "sort") {
        sort_by = value;
    } else if (name == "sortOrder") {
        sort_order = value;
    } else if (name == "filter") {
        filter = value;
    } else if (name == "cursor") {
        query.cursor = value;
    } else if (name == "count") {
        if (value != "exact" && value != "capped") {
            wrong(name, "not_an_option");
        }
        query.counts_exactly = value == "exact";
    } else if (name == "deleted") {
        if (value != "true" && value != "false") {
            wrong(name, "not_an_option");
        }
        if (!kind.entity->can_be_deleted) {
            wrong(name, "unknown");
        }
        query.wants_deleted = value == "true";
    } else if (name == "fields") {
        query.fields = value;
    } else if (name == "expand") {
        query.expand = value;
        if (value != "tags") {
            wrong(name, "not_an_option");
        }
    } else {
        shorthand(name, value);
    }
}

void Reader::sorting() {
    query.order = default_order(kind);
    const bool has_minus = sort_by.starts_with('-');
    const std::string_view name = has_minus ? std::string_view(sort_by).substr(1) : sort_by;
    if (!name.empty()) {
        const bool is_across = name.find('.') != name.npos;
        const AcrossLink across = is_across ? order_across(ctx, kind, name) : AcrossLink{};
        const auto order = is_across ? across.order : find_order(kind, name);
        if (order) {
            query.order = *order;
            query.order.is_descending = has_minus;
        } else if (is_across) {
            wrong("sortBy", across.problem);
        } else {
            wrong("sortBy", kind.field_by_json(name) ? "not_sortable" : "unknown");
        }
    }
    if (sort_order == "desc" || sort_order == "asc") {
        query.order.is_descending = sort_order == "desc";
    } else if (!sort_order.empty()) {
        wrong("sortOrder", "not_an_option");
    }
}

void Reader::filtering() {
    if (filter.empty()) {
        return;
    }
    query.is_unfiltered = false;
    query.only_value_of.clear();
    if (filter.size() > max_filter) {
        wrong("filter", "too_long");
        return;
    }
    Json tree;
    try {
        tree = Json::parse(filter);
    } catch (const Error&) {
        wrong("filter", "format");
        return;
    }
    conditions.push_back(filter_sql(ctx, kind, facts, tree, query.sql, problems));
}

void Reader::finish() {
    const bool has_more_than_count =
        conditions.size() > 1 || !query.search.empty() || query.wants_deleted;
    if (has_more_than_count) {
        query.only_value_of.clear();
    }
    if (!query.search.empty() || query.wants_deleted) {
        query.is_unfiltered = false;
    }
    std::string where = "t.tenant_id = $1";
    if (kind.entity->can_be_deleted) {
        where +=
            query.wants_deleted ? " and t.deleted_at is not null" : " and t.deleted_at is null";
    }
    const std::string reach = reach_sql(ctx, kind, "read", query.sql);
    if (!reach.empty()) {
        where += " and " + reach;
        query.is_unfiltered = false;
        query.only_value_of.clear();
    }
    for (const auto& condition : conditions) {
        where += " and " + condition;
    }
    query.where = std::move(where);
    if (static_cast<std::int64_t>(query.page - 1) * query.limit > max_offset) {
        problems.push_back({"page", "too_deep", Json::object({{"limit", max_offset}}), {}});
    }
}

}  // namespace

std::optional<Order> find_order(const Kind& kind, std::string_view json_name,
                                const std::string& alias) {
    for (const Column& column : kind.columns) {
        const bool is_ours =
            !column.field && (column.json_name == "createdAt" || column.json_name == "updatedAt");
        if (column.json_name == json_name &&
            (is_ours || (column.field && column.field->is_sortable))) {
            return order_of(column, alias);
        }
    }
    return {};
}

std::vector<Order> orders_of(const Kind& kind) {
    std::vector<Order> orders;
    if (kind.entity->lives_inside) {
        return orders;  // no list of its own
    }
    for (const Column& column : kind.columns) {
        if (auto order = find_order(kind, column.json_name)) {
            orders.push_back(std::move(*order));
        }
    }
    return orders;
}

Task<ListQuery> read_list_query(Ctx& ctx, const Kind& kind, const http::Request& request) {
    const auto facts = co_await ctx.services.entities().facts(ctx);
    Reader reader{ctx, kind, *facts, {}, {}, {}, {}, {}, {}};
    reader.query.limit = default_limit;
    reader.query.sql.add(ctx.who.tenant);
    for (const auto& [name, value] : request.query_pairs()) {
        reader.parameter(name, value);
    }
    reader.sorting();
    reader.filtering();
    reader.finish();
    if (!reader.problems.empty()) {
        Error error = bad_request("bad_request");
        error.fields = std::move(reader.problems);
        throw error;
    }
    co_return std::move(reader.query);
}

Task<ListQuery> read_selection(Ctx& ctx, const Kind& kind, const Json& body) {
    const auto facts = co_await ctx.services.entities().facts(ctx);
    Reader reader{ctx, kind, *facts, {}, {}, {}, {}, {}, {}};
    reader.query.sql.add(ctx.who.tenant);
    reader.query.search = folded(body["search"].as_string());
    reader.query.wants_deleted = body["deleted"].as_bool();
    reader.sort_by = body["sort"].as_string();
    reader.sorting();
    if (const Json* filter = body.find("filter"); filter && !filter->is_null()) {
        reader.conditions.push_back(
            filter_sql(ctx, kind, *facts, *filter, reader.query.sql, reader.problems));
    }
    reader.finish();
    if (!reader.query.search.empty()) {
        reader.query.where +=
            " and " + search_terms(ctx, kind, reader.query.search, reader.query.sql).condition;
    }
    if (!reader.problems.empty()) {
        Error error = bad_request("bad_request");
        error.fields = std::move(reader.problems);
        throw error;
    }
    co_return std::move(reader.query);
}

}  // namespace ponte::records
