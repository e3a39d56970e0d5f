#include "modules/sales/tests/given.hpp"

namespace ponte::sales {
namespace {

using testing::Saved;

class ProductsTest : public SalesTest {
protected:
    static Json offered(const Saved& product) {
        Json line = item("Mesa", 100);
        line.set("productId", product.id);
        return line;
    }
    Json times_offered(const Saved& product) { return api.get(product.path)["timesOffered"]; }
};

TEST_F(ProductsTest, a_product_knows_in_how_many_lines_it_is_offered) {
    const Saved table = product().saved(), chair = product().saved();
    EXPECT_EQ(table["timesOffered"], Json(0));

    const Saved one = proposal(contact()).of({offered(table), offered(chair)}).saved();
    const Saved other = proposal(contact()).of({offered(table)}).saved();
    EXPECT_EQ(times_offered(table), Json(2));
    EXPECT_EQ(times_offered(chair), Json(1));

    api.patch(one.path, {{"items", Json::array({offered(chair)})}});
    EXPECT_EQ(times_offered(table), Json(1));
    api.del(other.path);
    EXPECT_EQ(times_offered(table), Json(0));
    api.post(other.path + "/restore");
    EXPECT_EQ(times_offered(table), Json(1));
    EXPECT_EQ(api.get(table.path)["version"], Json(1));
}

}  // namespace
}  // namespace ponte::sales
