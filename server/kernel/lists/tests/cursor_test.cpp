#include "kernel/lists/cursor.hpp"

#include <gtest/gtest.h>

namespace ponte::records {
namespace {

Order order_by(const char* cast) {
    Order order;
    order.json_name = "field";
    order.cast = cast;
    return order;
}

bool is_taken(const char* cast, const char* value) {
    const Order order = order_by(cast);
    const std::string id = Id::make().text();
    try {
        const Cursor cursor = decode_cursor(encode_cursor(order, value, id), order);
        return cursor.value == value && cursor.id == id;
    } catch (const Error& error) {
        EXPECT_EQ(error.status, 400);
        return false;
    }
}

TEST(CursorTest, carries_the_values_of_each_type_and_refuses_forged_ones) {
    const struct {
        const char *cast, *value;
        bool is_taken;
    } rows[] = {
        {"text", "", true},
        {"text", "O'Brien \"x\" ção", true},
        {"timestamptz", "2026-11-24 12:00:00.123456+00", true},
        {"timestamptz", "2026-11-24 12:00:00+00", true},
        {"timestamptz", "-infinity", true},
        {"timestamptz", "ontem", false},
        {"timestamptz", "2026-13-24 12:00:00+00", false},
        {"timestamptz", "2026-11-24 12:00:00.x+00", false},
        {"date", "2026-02-28", true},
        {"date", "-infinity", true},
        {"date", "2026-02-30", false},
        {"bigint", "-9223372036854775808", true},
        {"bigint", "9223372036854775808", false},
        {"bigint", "1; drop", false},
        {"numeric", "12.50", true},
        {"numeric", "-Infinity", true},
        {"numeric", "twelve", false},
        {"boolean", "true", true},
        {"boolean", "maybe", false},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(std::string(row.cast) + " " + row.value);

        EXPECT_EQ(is_taken(row.cast, row.value), row.is_taken);
    }
}

TEST(CursorTest, what_is_no_cursor_is_refused) {
    for (const char* text : {"", "7", "zz", "7b7d", "5b5d", "00"}) {
        SCOPED_TRACE(text);

        EXPECT_THROW(decode_cursor(text, order_by("text")), Error);
    }
}

}  // namespace
}  // namespace ponte::records
