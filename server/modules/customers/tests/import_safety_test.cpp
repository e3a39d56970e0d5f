// Imports lose nobody and merge nobody: shared numbers, the same file twice at once, refused rows
// that come back, and undo beside people who work with what was imported.
#include <algorithm>

#include "kernel/testing/server.hpp"
#include "kernel/testing/wait.hpp"
#include "modules/customers/tests/given.hpp"

namespace ponte::customers {
namespace {

using ::testing::ElementsAre;
using testing::Reply;
using ::testing::UnorderedElementsAre;

class ImportSafetyTest : public CustomersTest {
protected:
    std::string started(const std::string& csv, const std::string& mode) {
        const Reply accepted = api.upload(
            "/api/v1/imports", {{"entity", "contact"}, {"mode", mode}}, "clientes.csv", csv);
        EXPECT_EQ(accepted.status, 202) << accepted.shown();
        return "/api/v1/imports/" + accepted["id"].as_string();
    }
    Reply import(const std::string& csv, const std::string& mode) {
        path = started(csv, mode);
        return testing::finished(api, path);
    }
    std::vector<std::string> everybody() { return names_in("/api/v1/contacts?limit=100"); }

    // The refused rows as the file says them, with one thing mended.
    std::string mended(const std::string& wrong, const std::string& right) {
        std::string csv = api.get(path + "/errors.csv").text;
        const auto at = csv.find(wrong);
        EXPECT_NE(at, std::string::npos) << csv;
        return at == std::string::npos ? csv : csv.replace(at, wrong.size(), right);
    }
    Reply undone(const std::string& query = "") {
        EXPECT_EQ(api.post(path + "/undo" + query).status, 202);
        return testing::finished(api, path);
    }
    std::vector<std::string> kept() {
        std::vector<std::string> lines;
        const Reply list = api.get(path + "/kept");
        for (const Json& one : list.data().items()) {
            lines.push_back(one["title"].as_string() + ": " + one["message"].as_string());
        }
        return lines;
    }
    std::string id_of(const std::string& name) {
        return api.get("/api/v1/contacts?search=" + name).data().items()[0]["id"].as_string();
    }

    std::string path;  // of the last import
    const std::string switchboard =
        "nome;telefone;email\nAna Souza;1132654321;ana@emp.com\n"
        "Bruno Lima;1132654321;bruno@emp.com\nCarla Reis;1132654321;carla@emp.com\n";
};

// Plans made for an empty table would stay in use for up to a minute.
TEST_F(ImportSafetyTest, the_database_knows_how_much_there_is_when_it_ends) {
    std::string csv = "nome;email\n";
    for (int i = 0; i < 3'000; ++i) {
        csv += "Pessoa " + std::to_string(i) + ";" + testing::unique_email() + "\n";
    }
    const Reply done = import(csv, "create");

    ASSERT_EQ(done["created"], Json(3'000)) << done.shown();
    for (const std::string table : {"contacts", "contact_points", "events"}) {
        const std::int64_t share = testing::server().number(
            "select (100 * sum(greatest(reltuples, 0)) / (select count(*) from " + table +
            "))::bigint from pg_class where relkind = 'r' and oid in (select '" + table +
            "'::regclass union all select inhrelid from pg_inherits where inhparent = '" + table +
            "'::regclass)");
        EXPECT_GE(share, 80) << table;
        EXPECT_LE(share, 120) << table;
    }
}

TEST_F(ImportSafetyTest, three_people_with_the_firms_number_stay_three) {
    const Reply done = import(switchboard, "upsert");
    const Reply again = import(switchboard, "upsert");

    EXPECT_EQ(done["created"], Json(3)) << done.shown();
    EXPECT_EQ(done["noticed"], Json(2));
    EXPECT_EQ(again["created"], Json(0)) << again.shown();
    EXPECT_THAT(everybody(), UnorderedElementsAre("Ana Souza", "Bruno Lima", "Carla Reis"));
}

TEST_F(ImportSafetyTest, follows_the_companys_policy_for_shared_numbers) {
    api.patch("/api/v1/settings/customers", {{"duplicatePhones", "allow"}});
    const Reply allowed = import(switchboard, "create");
    api.patch("/api/v1/settings/customers", {{"duplicatePhones", "block"}});
    const Reply blocked = import("nome;telefone;email\nDuda;1132654321;duda@emp.com\n", "create");

    EXPECT_EQ(allowed["created"], Json(3)) << allowed.shown();
    EXPECT_EQ(allowed["noticed"], Json(0));
    EXPECT_EQ(blocked["created"], Json(0)) << blocked.shown();
    EXPECT_EQ(api.get(path + "/errors").data().items()[0]["errors"].items()[0]["code"],
              Json("taken"));
}

TEST_F(ImportSafetyTest, what_was_interrupted_too_often_says_so_and_goes_on) {
    import(switchboard, "create");
    // As if the program had been killed with its undo too often.
    const std::string id = path.substr(path.rfind('/') + 1);
    testing::server().sql("update imports set state = 'undoing', finished_at = null where id = $1",
                          {id});
    testing::server().sql(
        "insert into jobs (tenant_id, kind, args, state, lane, tries, lease_until, lease_token) "
        "values ($1, 'import.undo', jsonb_build_object('id', $2::text), 'running', 1, 8, "
        "'-infinity', new_id())",
        {company.id(), id});
    testing::until([&] { return api.get(path)["state"] == Json("failed"); }, "it is given up");
    const Reply failed = api.get(path);

    EXPECT_EQ(failed["error"], Json("interrupted"));
    EXPECT_EQ(failed["resumable"], Json(true));
    EXPECT_EQ(api.post(path + "/resume").status, 202);
    const Reply resumed = testing::finished(api, path);
    EXPECT_EQ(resumed["state"], Json("undone")) << resumed.shown();
    EXPECT_TRUE(resumed["error"].is_null());
    EXPECT_TRUE(everybody().empty());
    EXPECT_EQ(api.post(path + "/resume").code(), "import.not_resumable");
}

TEST_F(ImportSafetyTest, the_same_file_twice_at_once_makes_nobody_twice) {
    std::string csv = "nome;telefone\n";
    for (int i = 0; i < 300; ++i) {
        csv += "Cliente " + std::to_string(i) + ";1198" + std::to_string(1'000'000 + i) + "\n";
    }

    const std::string first = started(csv, "upsert"), second = started(csv, "upsert");
    testing::finished(api, first);
    testing::finished(api, second);

    EXPECT_EQ(api.get("/api/v1/contacts?count=exact&limit=1")["pagination"]["total"], Json(300));
}

TEST_F(ImportSafetyTest, refused_rows_come_back_as_they_were) {
    given.custom_field("insta", "text").saved();
    given.custom_field("longo", "long_text").saved();
    const std::string text(5'000, 'p');
    import("nome;telefone;insta;longo\nAna;999;@ana;" + text + "\n", "create");

    const Reply done = import(mended(";999;", ";11987654321;"), "create");

    EXPECT_EQ(done["created"], Json(1)) << done.shown();
    const Json ana = api.get("/api/v1/contacts").data().items()[0]["customFields"];
    EXPECT_EQ(ana["insta"], Json("@ana"));
    EXPECT_EQ(ana["longo"].as_string().size(), text.size());
}

TEST_F(ImportSafetyTest, refused_rows_of_a_file_without_header_name_their_columns) {
    std::string csv;
    for (int i = 0; i < 10; ++i) {
        const std::string number = std::to_string(i);
        csv += "Cliente " + number + ";1198765100" + number + ";c" + number + "@x.com\n";
    }
    import(csv + "Errado da Silva;99;x@x.com\n", "create");

    import(mended(";99;", ";11987659999;"), "create");

    const Json found = api.get("/api/v1/contacts?search=errado").data().items()[0];
    EXPECT_EQ(found["name"], Json("Errado da Silva"));
    EXPECT_EQ(found["phone"], Json("+5511987659999"));
    EXPECT_EQ(found["email"], Json("x@x.com"));
}

TEST_F(ImportSafetyTest, reasons_stand_in_their_own_column_beside_surplus_cells) {
    import("nome;telefone\nCao;11987654322;extra\n", "create");

    const std::string csv = api.get(path + "/errors.csv").text;

    const auto end = csv.find("\r\n");
    const std::string header = csv.substr(0, end), row = csv.substr(end + 2);
    EXPECT_EQ(std::count(header.begin(), header.end(), ';'),
              std::count(row.begin(), row.end(), ';'));
    EXPECT_TRUE(header.ends_with(";3;Motivos")) << header;
}

TEST_F(ImportSafetyTest, an_undo_takes_what_was_changed_and_changed_back) {
    import("nome;telefone\nAna;11987654321\nBia;11987654322\n", "create");
    const std::string ana = "/api/v1/contacts/" + id_of("ana");
    api.patch(ana, {{"city", "Rio"}});
    api.patch(ana, {{"city", Json{}}});

    const Reply done = undone();

    EXPECT_EQ(done["undone"], Json(2)) << done.shown();
    EXPECT_EQ(done["kept"], Json(0));
    EXPECT_THAT(everybody(), ElementsAre());
}

TEST_F(ImportSafetyTest, an_undo_says_whom_it_kept_and_why_and_takes_them_when_asked_again) {
    import("nome;telefone\nAna;11987654321\nBia;11987654322\nCao;11987654323\n", "create");
    api.patch("/api/v1/contacts/" + id_of("ana"), {{"city", "Rio"}});
    given.note({id_of("bia"), "", {}}).saved();

    const Reply partly = undone();
    EXPECT_EQ(partly["undone"], Json(1)) << partly.shown();
    EXPECT_EQ(partly["kept"], Json(2));
    EXPECT_THAT(kept(), UnorderedElementsAre("Ana: Alterado depois da importação: Cidade",
                                             "Bia: Ganhou depois da importação: Nota"));
    EXPECT_EQ(undone()["kept"], Json(2)) << "asking again changes nothing by itself";

    const Reply wholly = undone("?also=changed");
    EXPECT_EQ(wholly["undone"], Json(3)) << wholly.shown();
    EXPECT_EQ(wholly["kept"], Json(0));
    EXPECT_THAT(everybody(), ElementsAre());
    EXPECT_THAT(kept(), ElementsAre());
}

TEST_F(ImportSafetyTest, an_undo_of_changes_keeps_what_others_changed_until_asked) {
    const auto ana = given.contact().named("Ana").with_phone("+5511987654321").saved();
    import("telefone;cidade;estado\n11987654321;Recife;PE\n", "update");
    api.patch(ana.path, {{"city", "Natal"}});

    EXPECT_EQ(undone()["kept"], Json(1));
    EXPECT_EQ(api.get(ana.path)["city"], Json("Natal"));
    EXPECT_EQ(api.get(ana.path)["state"], Json{});
    EXPECT_THAT(kept(), ElementsAre("Ana: Alterado depois da importação: Cidade"));

    EXPECT_EQ(undone("?also=changed")["kept"], Json(0));
    EXPECT_EQ(api.get(ana.path)["city"], Json{});
}

}  // namespace
}  // namespace ponte::customers
