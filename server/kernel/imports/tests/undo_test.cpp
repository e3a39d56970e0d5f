#include "kernel/imports/undo.hpp"

#include <gtest/gtest.h>

namespace ponte::imports {
namespace {

PastChange change(std::int64_t version, bool is_ours, const char* changes) {
    return {version, is_ours, Json::parse(changes)};
}

TEST(WriteBackTest, takes_each_field_back_unless_somebody_touched_it_since) {
    struct {
        const char* name;
        std::vector<PastChange> history;
        const char *record, *fields;
        bool is_complete;
    } rows[] = {
        {"untouched since",
         {change(2, true, R"({"email": {"from": "a", "to": "b"}})")},
         R"({"email": "b"})",
         R"({"email":"a"})",
         true},
        {"was empty before",
         {change(2, true, R"({"email": {"from": null, "to": "b"}})")},
         R"({"email": "b"})",
         R"({"email":null})",
         true},
        {"two rows of the file: back to before the first",
         {change(2, true, R"({"email": {"from": "a", "to": "b"}})"),
          change(3, true, R"({"email": {"from": "b", "to": "c"}})")},
         R"({"email": "c"})",
         R"({"email":"a"})",
         true},
        {"changed by somebody since",
         {change(2, true, R"({"email": {"from": "a", "to": "b"}})"),
          change(3, false, R"({"email": {"from": "b", "to": "c"}})")},
         R"({"email": "c"})",
         "{}",
         false},
        {"changed and set again to the same",
         {change(2, true, R"({"email": {"from": "a", "to": "b"}})"),
          change(3, false, R"({"email": {"from": "b", "to": "c"}})"),
          change(4, false, R"({"email": {"from": "c", "to": "b"}})")},
         R"({"email": "b"})",
         "{}",
         false},
        {"another field was changed since",
         {change(2, true, R"({"email": {"from": "a", "to": "b"}})"),
          change(3, false, R"({"name": {"from": "x", "to": "y"}})")},
         R"({"email": "b", "name": "y"})",
         R"({"email":"a"})",
         true},
        {"changes before the import do not count",
         {change(1, false, R"({"email": {"from": null, "to": "a"}})"),
          change(2, true, R"({"email": {"from": "a", "to": "b"}})")},
         R"({"email": "b"})",
         R"({"email":"a"})",
         true},
        {"already undone",
         {change(2, true, R"({"email": {"from": "a", "to": "b"}})"),
          change(3, true, R"({"email": {"from": "b", "to": "a"}})")},
         R"({"email": "a"})",
         "{}",
         true},
        {"custom fields",
         {change(2, true, R"({"customFields.plano": {"from": "A", "to": "B"}})")},
         R"({"customFields": {"plano": "B"}})",
         R"({"customFields.plano":"A"})",
         true},
        {"labels",
         {change(2, true, R"({"tags": {"from": ["x"], "to": ["y"]}})")},
         R"({"tags": ["y"]})",
         R"({"tags":["x"]})",
         true},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.name);

        const WriteBack back = write_back(row.history, Json::parse(row.record));

        EXPECT_EQ(back.fields.dump(), row.fields);
        EXPECT_EQ(back.is_complete, row.is_complete);
    }
}

}  // namespace
}  // namespace ponte::imports
