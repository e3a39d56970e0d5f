// Ids of another company, on every route and in every field that takes one.
#include <algorithm>
#include <regex>
#include <set>

#include "kernel/entities/catalogue.hpp"
#include "kernel/http/route_table.hpp"
#include "kernel/testing/connection.hpp"
#include "tests/samples.hpp"

namespace ponte::testing {
namespace {

struct Foreign {
    Company ana, eva;
    Samples anas{ana, "anamarca"}, evas{eva, "evasegredo"};
    Foreign() {
        anas.make_everything();
        evas.make_everything();
    }
};

Foreign& foreign() {
    static Foreign both;
    return both;
}

std::string last_word_before(const std::string& pattern, std::size_t brace) {
    const std::size_t end = brace - 1, start = pattern.rfind('/', end - 1) + 1;
    return pattern.substr(start, end - start);
}

std::string foreign_id(const std::string& word, const Entity* piece = nullptr) {
    const bool is_of_part = piece && !server().services().entities().by_route(word);
    const std::string table = is_of_part ? std::string(piece->table) : table_of(word);
    if (server().value("select to_regclass($1)", {table}).empty()) {
        ADD_FAILURE() << "whose ids are those of /" << word
                      << "/{id}? Teach tests/foreign_ids_test.cpp";
        return {};
    }
    return server().value("select id from " + table + " where tenant_id = $1 order by id limit 1",
                          {foreign().eva.id()});
}

std::string target_of(const Route& route) {
    std::string out = "/api/v1" + route.pattern;
    for (std::size_t brace = out.find('{'); brace != std::string::npos; brace = out.find('{')) {
        const std::size_t end = out.find('}', brace);
        out = out.substr(0, brace) + foreign_id(last_word_before(out, brace), route.piece) +
              out.substr(end + 1);
    }
    return out;
}

Body body_of(const Route& route) {
    if (route.method == "GET" || route.method == "DELETE") {
        return {};
    }
    const std::string_view owner = route.entity ? route.entity->name : "";
    return Body(foreign().anas.body(route.body, owner));
}

bool has_parameter(const Route& route) {
    return with_names(route.pattern).find('{') != std::string::npos;
}

std::vector<std::string> foreign_secrets() {
    std::vector<std::string> all{foreign().evas.mark(), foreign().eva.id()};
    for (const auto& kind : server().services().entities().all()) {
        for (const auto& row : server().sql(
                 "select id from " + std::string(kind->entity->table) + " where tenant_id = $1",
                 {foreign().eva.id()})) {
            all.push_back(row[0]);
        }
    }
    return all;
}

void expect_no_secret(const std::string& target) {
    static const std::vector<std::string> secrets = foreign_secrets();
    const Reply reply = foreign().ana.api().get(target);
    EXPECT_LT(reply.status, 500) << target << ": " << reply.shown();
    for (const std::string& secret : secrets) {
        // What was asked for may be said again in a refusal.
        if (target.find(secret) == std::string::npos &&
            reply.text.find(secret) != std::string::npos) {
            ADD_FAILURE() << target << " tells " << secret << ": " << reply.shown();
        }
        if (reply.status == 200) {
            EXPECT_EQ(reply.text.find(secret), std::string::npos) << target << " tells " << secret;
        }
    }
}

std::string filtered(const std::string& collection, const Json& filter) {
    return collection + "?filter=" + http::url_encode(filter.dump());
}

TEST(ForeignIdsTest, a_record_of_another_company_does_not_exist_on_any_route) {
    int tried = 0;
    for (const auto& route : server().services().routes().all()) {
        // Who tells us something from outside is of no company, and shows so by a signature.
        if (!has_parameter(*route) || route->is_from_outside) {
            continue;
        }
        const std::string target = target_of(*route);
        const Reply reply = foreign().ana.api().send(route->method, target, body_of(*route));
        EXPECT_EQ(reply.status, 404)
            << route->method << " " << route->pattern << ": " << reply.shown();
        ++tried;
    }
    EXPECT_GT(tried, 30);
}

TEST(ForeignIdsTest, their_owner_finds_them_all_untouched) {
    for (const auto& kind : server().services().entities().all()) {
        const std::string path =
            "/api/v1/" + kind->route + "/" + foreign().evas.id_of(kind->entity->name);
        EXPECT_EQ(foreign().eva.api().get(path).status, 200) << path;
    }
}

TEST(ForeignIdsTest, no_field_takes_the_id_of_a_foreign_record) {
    for (const auto& kind : server().services().entities().all()) {
        const Json fine = foreign().anas.body_to_create(kind->route);
        for (const Field& field : kind->entity->fields) {
            const bool points =
                field.type == Type::link || field.type == Type::user || field.type == Type::file;
            if (!points || field.is_read_only || fine.is_null()) {
                continue;
            }
            Json body = foreign().anas.body_to_create(kind->route);
            const std::string name = camel_case(field.name);
            const std::string stolen =
                field.type == Type::file ? foreign_id("files") : foreign().evas.id_of(field.target);
            body.set(name, stolen);
            const Reply created = foreign().ana.api().post("/api/v1/" + kind->route, body);
            EXPECT_EQ(created.status, 422) << kind->route << "." << name << ": " << created.shown();
            const std::string mine =
                "/api/v1/" + kind->route + "/" + foreign().anas.id_of(kind->entity->name);
            const Reply changed = foreign().ana.api().patch(mine, {{name, stolen}});
            EXPECT_TRUE(changed.status == 422 || (field.is_immutable && changed.status == 200))
                << mine << "." << name << ": " << changed.shown();
            EXPECT_EQ(foreign().ana.api().get(mine).text.find(stolen), std::string::npos) << mine;
        }
    }
}

TEST(ForeignIdsTest, no_list_search_or_filter_tells_of_others) {
    const std::string mark = foreign().evas.mark();
    for (const auto& route : server().services().routes().all()) {
        if (route->method == "GET" && !has_parameter(*route)) {
            const std::string target = "/api/v1" + route->pattern;
            const std::string queries[] = {"",
                                           "?search=" + mark,
                                           "?q=" + mark,
                                           "?count=exact&limit=100",
                                           "?deleted=only",
                                           "?email=" + mark,
                                           "?expand=tags&limit=100"};
            for (const std::string& query : queries) {
                expect_no_secret(target + query);
            }
        }
    }
}

TEST(ForeignIdsTest, filters_by_every_field_stay_within_the_company) {
    for (const auto& kind : server().services().entities().all()) {
        const std::string collection = "/api/v1/" + kind->route;
        for (const records::Column& column : kind->columns) {
            const bool points = column.type == Type::link || column.type == Type::user;
            const std::string target(column.field && points ? column.field->target
                                                            : kind->entity->name);
            for (const char* op : {"is", "is_not", "contains", "not_contains", "any_of", "none_of",
                                   "has_any", "has_none", "empty", "not_empty"}) {
                const Json value = points || column.json_name == "id"
                                       ? Json(foreign().evas.id_of(target))
                                       : Json(foreign().evas.mark());
                const Json leaf =
                    Json::object({{"field", column.json_name}, {"op", op}, {"value", value}});
                expect_no_secret(filtered(collection, leaf));
            }
        }
    }
}

TEST(ForeignIdsTest, a_bulk_over_foreign_ids_changes_nothing) {
    for (const auto& kind : server().services().entities().all()) {
        const std::string collection = "/api/v1/" + kind->route;
        if (!route_of("POST", "/" + kind->route + "/bulk")) {
            continue;
        }
        const std::string stolen = foreign().evas.id_of(kind->entity->name);
        const Body body{{"action", "delete"}, {"ids", Json::array({stolen})}};
        const Reply reply = foreign().ana.api().post(collection + "/bulk", body);
        if (reply.status == 202) {
            const Reply over = finished(foreign().ana.api(), "/api/v1/operations/" + reply.id());
            EXPECT_EQ(over["changed"], 0) << collection;
        } else {
            EXPECT_TRUE(reply.status >= 400 && reply.status < 500) << reply.shown();
        }
        const Reply theirs = foreign().eva.api().get(collection + "/" + stolen);
        EXPECT_EQ(theirs.status, 200) << collection;
        EXPECT_TRUE(theirs["deletedAt"].is_null()) << theirs.shown();
    }
}

TEST(ForeignIdsTest, a_file_is_not_even_taken_from_a_stranger) {
    Connection connection(server().url(), std::chrono::seconds{10});

    connection.write(
        "POST /api/v1/imports HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer a.b.c\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n"
        "Content-Length: 100000000\r\n\r\n--x\r\n");

    EXPECT_EQ(connection.read("POST").status, 401);
}

TEST(ForeignIdsTest, an_upload_of_another_company_cannot_be_imported) {
    const std::string upload = foreign_id("uploads");

    const Reply reply = foreign().ana.api().post(
        "/api/v1/imports", {{"entity", "contact"}, {"uploadId", upload}, {"mode", "create"}});

    EXPECT_TRUE(reply.status == 404 || reply.status == 422) << reply.shown();
}

// Whatever is sent as the role that row security does not bind says the company itself, for every
// table that it reads.
std::string unbound_table_in(const std::string& sql) {
    static const std::regex reading(R"((?:from|join) ([a-z_]+)(?: ([a-z]+))? (?:where|on) )");
    static const std::set<std::string> made_by_the_statement{"hits", "walked", "shown", "begun",
                                                             "x"};
    for (std::sregex_iterator found(sql.begin(), sql.end(), reading), end; found != end; ++found) {
        const std::string table = (*found)[1], alias = (*found)[2];
        const auto rest = static_cast<std::size_t>(found->position() + found->length());
        const std::string_view then = std::string_view(sql).substr(rest);
        const std::string said = (alias.empty() ? "" : alias + ".") + "tenant_id = ";
        const bool is_bound =
            then.starts_with(said + "$1") || then.starts_with(said + "t.tenant_id");
        if (!is_bound && !made_by_the_statement.contains(table)) {
            return table;
        }
    }
    return {};
}

TEST(ForeignIdsTest, what_reads_past_the_wall_names_the_company_in_every_statement) {
    Api& api = foreign().ana.api();
    for (const auto& kind : server().services().entities().all()) {
        for (const char* query :
             {"?limit=1", "?search=abc", "?search=a", "?deleted=true", "?count=exact&page=2",
              "?filter=%7B%22field%22%3A%22id%22%2C%22op%22%3A%22not_empty%22%7D"}) {
            api.get("/api/v1/" + kind->route + query);
        }
        if (route_of("POST", "/" + kind->route + "/bulk")) {
            finished(api,
                     "/api/v1/operations/" + api.post("/api/v1/" + kind->route + "/bulk",
                                                      {{"action", "delete"}, {"search", "zzxxyy"}})
                                                 .id());
        }
    }
    api.get("/api/v1/search?q=abc");

    const auto statements = Server::reads_past_the_wall();

    EXPECT_GT(statements.size(), 20u) << "nothing was seen, so nothing is proved";
    for (const std::string& sql : statements) {
        EXPECT_EQ(unbound_table_in(sql), "") << sql;
        EXPECT_NE(sql.find("tenant_id = $1"), std::string::npos) << sql;
    }
}

TEST(ForeignIdsTest, a_statement_that_names_no_company_would_be_seen) {
    EXPECT_EQ(unbound_table_in("select 1 from contacts t where t.tenant_id = $1"), "");
    EXPECT_EQ(unbound_table_in("select 1 from contacts t where t.id = $1"), "contacts");
    EXPECT_EQ(unbound_table_in("with hits as (select 1 from contacts t where t.tenant_id = $1) "
                               "select 1 from hits h join users u on u.id = h.id"),
              "users");
}

}  // namespace
}  // namespace ponte::testing
