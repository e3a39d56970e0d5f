// What the records come to that lead to another, kept by the database whichever way they are
// written: seen on entities that no module knows, in tables that the draft of their migration made.
#include <map>
#include <thread>

#include "kernel/app.hpp"
#include "kernel/db/owner_connection.hpp"
#include "kernel/entities/catalogue.hpp"
#include "kernel/entities/drift.hpp"
#include "kernel/testing/database.hpp"
#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::testing {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;

constexpr Field shop_fields[] = {
    text("name").required().sorted_as_name(),
    integer("sales").counts("sale.shop_id"),
    datetime("last_sale_at").latest("sale.shop_id", "sold_at"),
    date("last_due_on").latest("sale.shop_id", "due_on"),
    money("won").sums("sale.shop_id", "price").where("status", "won"),
    integer("gifts").counts("sale.shop_id").where("is_gift", "true"),
    number("weight").sums("basket_line.shop_id", "weight"),
    integer("lines").counts("basket_line.shop_id"),
};
constexpr Entity shop_entity{.name = "shop", .table = "shops", .fields = shop_fields};
static_assert(valid(shop_entity));

// Declared after what counts it.
constexpr Field sale_fields[] = {
    text("name").required().sorted_as_name(),
    link("shop_id", "shop").about(),
    choice("status", "open | won").starts_as("open"),
    boolean("is_gift").starts_as("false"),
    money("price"),
    datetime("sold_at"),
    date("due_on"),
};
constexpr Entity sale_entity{
    .name = "sale", .table = "sales", .fields = sale_fields, .can_be_imported = true};
static_assert(valid(sale_entity));

constexpr Field basket_fields[] = {
    text("name").required().sorted_as_name(),
    parts("lines", "basket_line"),
};
constexpr Entity basket_entity{.name = "basket", .table = "baskets", .fields = basket_fields};
static_assert(valid(basket_entity));

constexpr Field line_fields[] = {
    link("basket_id", "basket").required(),
    link("shop_id", "shop"),
    text("label").required(),
    number("weight"),
};
constexpr Entity line_entity{
    .name = "basket_line",
    .table = "basket_lines",
    .title = "label",
    .fields = line_fields,
    .part_of = "basket_id",
    .lives_inside = true,
};
static_assert(valid(line_entity));

constexpr Field counted_as_text[] = {text("name").counts("sale.shop_id")};
static_assert(!valid(Entity{.name = "shop", .table = "shops", .fields = counted_as_text}));
constexpr Field of_no_link[] = {text("name"), integer("sales").counts("sale")};
static_assert(!valid(Entity{.name = "shop", .table = "shops", .fields = of_no_link}));

void declare_shops(App& app) {
    app.entity(shop_entity);
    app.entity(sale_entity);
    app.entity(line_entity);
    app.entity(basket_entity);
}

struct Street {
    Server server{Server::usual_settings(), declare_shops};
    const std::string owner = server.database().owner_conninfo;
    Street() { mend(); }
    // As a newcomer does: what is drafted is kept.
    void mend() {
        const std::string sql = records::draft_migration(server.services().entities(), owner);
        db::OwnerConnection(owner).run(sql);
    }
    std::vector<std::string> drift() { return records::drift(server.services().entities(), owner); }
};
Street& street() {
    static Street one;
    return one;
}

constexpr const char* strays_sql = R"(
    select t.name from shops t,
        lateral (select count(*) as sales, max(sold_at) as last_sale_at, max(due_on) as last_due_on,
                        coalesce(sum(price) filter (where status = 'won'), 0) as won,
                        count(*) filter (where is_gift) as gifts
                 from sales s where s.tenant_id = t.tenant_id and s.shop_id = t.id
                 and s.deleted_at is null) s,
        lateral (select count(*) as lines, coalesce(sum(weight), 0) as weight
                 from basket_lines l join baskets b
                 on b.tenant_id = l.tenant_id and b.id = l.basket_id and b.deleted_at is null
                 where l.tenant_id = t.tenant_id and l.shop_id = t.id) l
    where t.tenant_id = $1 and (t.sales, t.won, t.gifts, t.lines, t.weight, t.last_sale_at,
                                t.last_due_on)
        is distinct from (s.sales, s.won, s.gifts, l.lines, l.weight, s.last_sale_at,
                          s.last_due_on))";

class TotalsTest : public ::testing::Test {
protected:
    Server& server = street().server;
    Company company{server.url()};
    Api& api = company.api();
    const Saved ana = shop("Ana"), bia = shop("Bia");

    Saved shop(const char* name) {
        return save(api, "/api/v1/shops", Json::object({{"name", name}}));
    }
    Saved sale(const Saved& where, Json values = Json::object()) {
        values.set("name", "Venda");
        values.set("shopId", where.id);
        return save(api, "/api/v1/sales", values);
    }
    Saved basket(const Json& lines) {
        return save(api, "/api/v1/baskets", Json::object({{"name", "Cesta"}, {"lines", lines}}));
    }
    static Json line(const Saved& shop, double weight) {
        return Json::object({{"shopId", shop.id}, {"label", "Linha"}, {"weight", weight}});
    }
    Json total(const Saved& shop, const char* name) { return api.get(shop.path)[name]; }
    // Shops of which something else is kept than what is there.
    std::vector<std::string> strays() {
        std::vector<std::string> names;
        for (const auto& row : server.sql(strays_sql, {company.id()})) {
            names.push_back(row[0]);
        }
        return names;
    }
    Reply bulk(const char* action, const std::vector<Saved>& sales, Json values = {}) {
        Json ids = Json::array();
        for (const Saved& one : sales) {
            ids.push(one.id);
        }
        Json asked = Json::object({{"action", action}, {"ids", std::move(ids)}});
        if (!values.is_null()) {
            asked.set("values", std::move(values));
        }
        const Reply started = api.post("/api/v1/sales/bulk", asked);
        EXPECT_EQ(started.status, 202) << started.shown();
        return finished(api, "/api/v1/operations/" + started.id());
    }
    void undo(const Reply& operation) {
        api.post("/api/v1/operations/" + operation.id() + "/undo");
        finished(api, "/api/v1/operations/" + operation.id());
    }
    void sql(const char* text) { server.sql(text, {company.id()}); }
    void every_way();
};

TEST_F(TotalsTest, a_record_knows_what_leads_to_it) {
    EXPECT_EQ(ana["sales"], Json(0));
    EXPECT_EQ(ana["won"], Json(0));
    EXPECT_TRUE(ana["lastSaleAt"].is_null());

    sale(ana, Json::object({{"price", 10.5}, {"status", "won"}, {"dueOn", "2026-02-01"}}));
    sale(ana, Json::object({{"price", 7}, {"isGift", true}, {"soldAt", "2026-01-02T00:00:00Z"}}));
    sale(bia);

    const Reply now = api.get(ana.path);
    EXPECT_EQ(now["sales"], Json(2));
    EXPECT_EQ(now["won"].as_number(), 10.5);
    EXPECT_EQ(now["gifts"], Json(1));
    EXPECT_EQ(now["lastDueOn"], Json("2026-02-01"));
    EXPECT_TRUE(now["lastSaleAt"].as_string().starts_with("2026-01-02")) << now.shown();
    EXPECT_EQ(total(bia, "sales"), Json(1));
    EXPECT_THAT(strays(), IsEmpty());
}

TEST_F(TotalsTest, a_total_is_no_change_of_the_record) {
    sale(ana);
    const Reply now = api.get(ana.path);

    EXPECT_EQ(now["version"], Json(1));
    EXPECT_EQ(now["updatedAt"], ana["updatedAt"]);
    EXPECT_EQ(events_of(api, ana), std::vector<std::string>{"shop.created"});
    const Reply changed =
        api.send("PATCH", ana.path, {{"name", "Outra"}, {"sales", 9}}, {{"If-Match", "\"1\""}});
    EXPECT_EQ(changed["sales"], Json(1)) << changed.shown();
}

TEST_F(TotalsTest, who_knows_the_version_does_not_know_the_totals) {
    ASSERT_EQ(api.get(ana.path)["sales"], Json(0));
    sale(ana);

    const Reply again = api.send("GET", ana.path, {}, {{"If-None-Match", "\"1\""}});

    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again["sales"], Json(1));
}

TEST_F(TotalsTest, what_is_moved_changed_deleted_or_back_moves_the_totals) {
    const Saved one = sale(ana, Json::object({{"price", 5}, {"soldAt", "2026-01-05T00:00:00Z"}}));
    sale(ana, Json::object({{"soldAt", "2026-01-01T00:00:00Z"}}));

    api.patch(one.path, {{"status", "won"}});
    EXPECT_EQ(total(ana, "won"), Json(5));
    api.patch(one.path, {{"price", 6}});
    EXPECT_EQ(total(ana, "won"), Json(6));
    api.patch(one.path, {{"shopId", bia.id}});
    EXPECT_EQ(total(ana, "won"), Json(0));
    EXPECT_EQ(total(bia, "won"), Json(6));
    EXPECT_TRUE(total(ana, "lastSaleAt").as_string().starts_with("2026-01-01"));
    api.del(one.path);
    EXPECT_EQ(total(bia, "sales"), Json(0));
    EXPECT_TRUE(total(bia, "lastSaleAt").is_null());
    api.post(one.path + "/restore");
    EXPECT_EQ(total(bia, "sales"), Json(1));
    EXPECT_TRUE(total(bia, "lastSaleAt").as_string().starts_with("2026-01-05"));
    api.patch(one.path, {{"shopId", nullptr}});
    EXPECT_EQ(total(bia, "sales"), Json(0));
    EXPECT_THAT(strays(), IsEmpty());
}

// Each way in which a sale or a basket is written.
void TotalsTest::every_way() {
    const std::vector<Saved> some{sale(ana, Json::object({{"price", 1}, {"status", "won"}})),
                                  sale(ana, Json::object({{"soldAt", "2026-01-05T00:00:00Z"}})),
                                  sale(bia)};
    const Reply moved = bulk("update", some, Json::object({{"shopId", bia.id}}));
    bulk("update", some, Json::object({{"isGift", true}}));
    const Reply deleted = bulk("delete", some);
    undo(deleted);
    undo(moved);
    bulk("delete", {some[0]});
    bulk("restore", {some[0]});
    const Saved kept = basket(Json::array({line(ana, 1.5), line(ana, 2), line(bia, 1)}));
    const Saved gone = basket(Json::array({line(ana, 4)}));
    Json heavier = Json::array({kept["lines"].items()[0]});
    heavier.items()[0].set("weight", 9);
    api.patch(kept.path, {{"lines", heavier}});
    EXPECT_EQ(api.get(kept.path)["lines"].items()[0]["weight"].as_number(), 9);
    api.patch(kept.path, {{"lines", Json::array({line(bia, 3)})}});
    api.del(gone.path);
    sql("delete from sales where tenant_id = $1 and is_gift");
    sale(ana, Json::object({{"price", 3}, {"status", "won"}}));
}

TEST_F(TotalsTest, no_way_in_forgets_them) {
    every_way();

    EXPECT_THAT(strays(), IsEmpty());
    EXPECT_EQ(total(ana, "lines"), Json(0));
    EXPECT_EQ(total(bia, "weight").as_number(), 3);
    EXPECT_EQ(total(ana, "won"), Json(3));
}

TEST_F(TotalsTest, a_bulk_and_its_undo_move_them) {
    std::vector<Saved> many;
    for (int i = 0; i < 20; ++i) {
        many.push_back(sale(i % 2 ? ana : bia, Json::object({{"price", 2}, {"status", "won"}})));
    }

    const Reply moved = bulk("update", many, Json::object({{"shopId", ana.id}}));
    EXPECT_EQ(total(ana, "won"), Json(40));
    EXPECT_EQ(total(bia, "sales"), Json(0));
    undo(moved);
    EXPECT_EQ(total(ana, "sales"), Json(10));
    EXPECT_EQ(total(bia, "won"), Json(20));
    EXPECT_EQ(total(bia, "version"), Json(1));
    EXPECT_THAT(strays(), IsEmpty());
}

TEST_F(TotalsTest, an_import_and_its_undo_move_them) {
    const Reply import = api.upload("/api/v1/imports",
                                    {{"entity", "sale"},
                                     {"mode", "create"},
                                     {"mapping", R"({"nome": "name", "loja": "shopId"})"}},
                                    "vendas.csv", "nome;loja\nUma;Ana\nOutra;Ana\nMais;Bia\n");
    ASSERT_EQ(import.status, 202) << import.shown();
    finished(api, "/api/v1/imports/" + import.id());

    EXPECT_EQ(total(ana, "sales"), Json(2));
    EXPECT_EQ(total(bia, "sales"), Json(1));

    api.post("/api/v1/imports/" + import.id() + "/undo");
    finished(api, "/api/v1/imports/" + import.id());
    EXPECT_EQ(total(ana, "sales"), Json(0));
    EXPECT_THAT(strays(), IsEmpty());
}

TEST_F(TotalsTest, lines_count_while_what_they_live_in_is_there) {
    const Saved one = basket(Json::array({line(ana, 1), line(ana, 2)}));
    EXPECT_EQ(total(ana, "lines"), Json(2));

    api.del(one.path);
    EXPECT_EQ(total(ana, "lines"), Json(0));
    EXPECT_EQ(total(ana, "weight").as_number(), 0);
    api.post(one.path + "/restore");
    EXPECT_EQ(total(ana, "weight").as_number(), 3);
    EXPECT_THAT(strays(), IsEmpty());
}

// Some write to Ana first, others to Bia; nobody waits for one who waits for them.
TEST_F(TotalsTest, many_at_once_lose_nothing_and_wait_for_nobody) {
    const auto sell = [&](const std::string& first, const std::string& second) {
        db::OwnerConnection owner(street().owner);
        for (int i = 0; i < 60; ++i) {
            owner.rows(
                "insert into sales (tenant_id, name, shop_id, price, status, sold_at) "
                "select $1, 'x', s::uuid, 1, 'won', clock_timestamp() "
                "from unnest(array[$2, $3]) s",
                {company.id(), first, second});
            owner.rows(
                "update sales set deleted_at = now() where tenant_id = $1 and id = (select id "
                "from sales where tenant_id = $1 and deleted_at is null order by sold_at desc "
                "limit 1 for update skip locked)",
                {company.id()});
        }
    };

    std::thread one(sell, ana.id, bia.id), other(sell, bia.id, ana.id);
    EXPECT_NO_THROW(one.join());
    EXPECT_NO_THROW(other.join());

    EXPECT_THAT(strays(), IsEmpty());
}

TEST_F(TotalsTest, screens_are_told_what_moves_a_total) {
    const Reply meta = api.get("/api/v1/meta");

    std::map<std::string, Json> fields;
    for (const Json& entity : meta["entities"].items()) {
        if (entity["name"] == Json("shop")) {
            for (const Json& field : entity["fields"].items()) {
                fields[field["key"].as_string()] = field;
            }
        }
    }
    EXPECT_EQ(fields["sales"]["totalOf"], Json("sale"));
    EXPECT_EQ(fields["lines"]["totalOf"], Json("basket"));
    EXPECT_EQ(fields["sales"]["readOnly"], Json(true));
    EXPECT_TRUE(fields["name"]["totalOf"].is_null());
}

TEST_F(TotalsTest, without_one_of_its_triggers_a_total_strays_and_drift_says_so) {
    const struct {
        const char *trigger, *table, *told;
    } all[] = {
        {"insert_totals_of_shops_by_shop_id", "sales", "sale.shop_id"},
        {"update_totals_of_shops_by_shop_id", "sales", "sale.shop_id"},
        {"delete_totals_of_shops_by_shop_id", "sales", "sale.shop_id"},
        {"insert_totals_of_shops_by_shop_id", "basket_lines", "basket_line.shop_id"},
        {"update_totals_of_shops_by_shop_id", "basket_lines", "basket_line.shop_id"},
        {"delete_totals_of_shops_by_shop_id", "basket_lines", "basket_line.shop_id"},
        {"whole_totals_of_shops_by_shop_id", "baskets", "basket_line.shop_id"},
    };
    EXPECT_THAT(street().drift(), IsEmpty());
    for (const auto& one : all) {
        const std::string place = std::string(one.trigger) + " on " + one.table;
        server.sql("drop trigger " + place);
        every_way();
        EXPECT_FALSE(strays().empty()) << place;
        EXPECT_THAT(street().drift(),
                    Contains(std::string("shops keeps no totals of ") + one.told));
        street().mend();
        EXPECT_THAT(strays(), IsEmpty()) << place;
        EXPECT_THAT(street().drift(), IsEmpty());
    }
}

}  // namespace
}  // namespace ponte::testing
