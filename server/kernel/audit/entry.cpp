#include "kernel/audit/entry.hpp"

#include "kernel/auth.hpp"

namespace ponte::audit {

std::string hash_of(const Entry& entry, std::string_view previous, std::string_view secret) {
    std::string text = "audit\n" + std::string(secret) + "\n" + std::string(previous);
    visit_fields(entry, [&](std::string_view name, const std::string& value) {
        if (name != "hash") {
            text += "\n" + std::to_string(value.size()) + ":" + value;
        }
    });
    return auth::digest(text);
}

std::string content_sql(const std::string& alias) {
    std::string values;
    for (const char* column :
         {"tenant_id", "sequence", "id", "name", "entity", "entity_id", "version", "actor_id",
          "key_id", "owner_id", "author_id", "operation_id", "origin", "about", "request_id",
          "is_quiet", "changes"}) {
        values += ", coalesce(" + alias + "." + column + "::text, '')";
    }
    return "encode(sha256(convert_to(concat_ws(E'\\x1f', (extract(epoch from " + alias +
           ".at) * 1000000)::bigint::text" + values + "), 'UTF8')), 'hex')";
}

std::string batch_sql(const std::string& alias) {
    return "case when " + alias + ".operation_id is null or " + alias + ".name <> " + alias +
           ".entity || '.bulk' then '' else coalesce((select encode(sha256(convert_to(string_agg(" +
           content_sql("q") +
           ", ',' order by q.sequence), 'UTF8')), 'hex') from events q where q.is_quiet "
           "and not q.is_passing and q.transaction = " +
           alias + ".transaction and q.tenant_id = " + alias +
           ".tenant_id and q.operation_id = " + alias + ".operation_id and q.entity = " + alias +
           ".entity), '') end";
}

std::string common_columns(const std::string& alias) {
    std::string columns = "(extract(epoch from " + alias + ".at) * 1000000)::bigint::text as at_us";
    for (const char* column : {"tenant_id", "id", "name", "entity", "actor_id", "key_id", "origin",
                               "operation_id", "transaction", "sequence"}) {
        columns += ", coalesce(" + alias + "." + column + "::text, '') as " + column;
    }
    return columns + ", coalesce(nullif(" + alias +
           ".entity_id, '00000000-0000-0000-0000-000000000000')::text, '') as entity_id";
}

}  // namespace ponte::audit
