#include "kernel/past/past.hpp"

#include <gtest/gtest.h>

namespace ponte::records {
namespace {

PastChange change(std::int64_t version, bool is_ours, const char* changes) {
    return {version, is_ours, Json::parse(changes)};
}

struct Case {
    const char* name;
    std::vector<PastChange> history;
    const char *record, *fields;
    bool is_complete;
};

// What happened, what stands there now, and what is written back.
const Case cases[] = {
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
    {"what was changed back is not changed",
     {change(2, true, R"({"email": {"from": "a", "to": "b"}})"),
      change(3, false, R"({"email": {"from": "b", "to": "c"}})"),
      change(4, false, R"({"email": {"from": "c", "to": "b"}})")},
     R"({"email": "b"})",
     R"({"email":"a"})",
     true},
    {"changed back before the operation went on",
     {change(2, true, R"({"email": {"from": "a", "to": "b"}})"),
      change(3, false, R"({"email": {"from": "b", "to": "c"}})"),
      change(4, true, R"({"email": {"from": "c", "to": "d"}})")},
     R"({"email": "d"})",
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
    {"labels as they are spelled there, not as they were typed",
     {change(2, true, R"({"tags": {"from": ["x"], "to": ["x", "VIP"]}})")},
     R"({"tags": ["x", "vip"]})",
     R"({"tags":["x"]})",
     true},
    {"labels",
     {change(2, true, R"({"tags": {"from": ["x"], "to": ["y"]}})")},
     R"({"tags": ["y"]})",
     R"({"tags":["x"]})",
     true},
};

TEST(WriteBackTest, takes_each_field_back_unless_somebody_touched_it_since) {
    for (const Case& row : cases) {
        SCOPED_TRACE(row.name);

        const WriteBack back = write_back(row.history, Json::parse(row.record));

        EXPECT_EQ(back.fields.dump(), row.fields);
        EXPECT_EQ(back.is_complete, row.is_complete);
    }
}

TEST(WriteBackTest, takes_what_was_touched_since_too_when_asked) {
    const std::vector<PastChange> history{
        change(2, true, R"({"email": {"from": "a", "to": "b"}})"),
        change(3, false, R"({"email": {"from": "b", "to": "c"}})")};

    const WriteBack back =
        write_back(history, Json::parse(R"({"email": "c"})"), Reclaim::touched_too);

    EXPECT_EQ(back.fields.dump(), R"({"email":"a"})");
    EXPECT_TRUE(back.is_complete);
}

TEST(ChangedSinceTest, names_the_fields_that_others_left_different) {
    struct {
        const char* name;
        std::vector<PastChange> history;
        const char* record;
        std::vector<std::string> fields;
    } rows[] = {
        {"nobody touched it",
         {change(1, true, R"({"name": {"from": null, "to": "Ana"}})")},
         R"({"name": "Ana"})",
         {}},
        {"a field of ours",
         {change(1, true, R"({"name": {"from": null, "to": "Ana"}})"),
          change(2, false, R"({"name": {"from": "Ana", "to": "Bia"}})")},
         R"({"name": "Bia"})",
         {"name"}},
        {"a field that we left empty",
         {change(1, true, R"({"name": {"from": null, "to": "Ana"}})"),
          change(2, false, R"({"customFields.cor": {"from": null, "to": "azul"}})")},
         R"({"name": "Ana", "customFields": {"cor": "azul"}})",
         {"customFields.cor"}},
        {"changed and changed back",
         {change(1, true, R"({"name": {"from": null, "to": "Ana"}})"),
          change(2, false, R"({"city": {"from": null, "to": "Rio"}})"),
          change(3, false, R"({"city": {"from": "Rio", "to": null}})")},
         R"({"name": "Ana", "city": null})",
         {}},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.name);
        EXPECT_EQ(changed_since(row.history, Json::parse(row.record)), row.fields);
    }
}

PastChange moved(std::int64_t version, const char* past) {
    return {version, false, Json::object(), past};
}

TEST(AsItWasTest, takes_back_what_happened_later) {
    struct {
        const char* name;
        std::vector<PastChange> later;  // newest first
        const char *now, *then;
    } rows[] = {
        {"nothing happened since", {}, R"({"name": "Ana"})", R"({"name":"Ana"})"},
        {"one change",
         {change(2, false, R"({"name": {"from": "Ana", "to": "Bia"}})")},
         R"({"name": "Bia", "city": "Rio"})",
         R"({"name":"Ana","city":"Rio"})"},
        {"two changes of one field: back to before the first",
         {change(3, false, R"({"name": {"from": "Bia", "to": "Cida"}})"),
          change(2, false, R"({"name": {"from": "Ana", "to": "Bia"}})")},
         R"({"name": "Cida"})",
         R"({"name":"Ana"})"},
        {"an operation's changes count like any other",
         {change(2, true, R"({"tags": {"from": [], "to": ["vip"]}})")},
         R"({"tags": ["vip"]})",
         R"({"tags":[]})"},
        {"a custom field that was empty is absent",
         {change(2, false, R"({"customFields.plano": {"from": null, "to": "Ouro"}})")},
         R"({"customFields": {"plano": "Ouro", "nota": 5}})",
         R"({"customFields":{"nota":5}})"},
        {"a custom field that was emptied is back",
         {change(2, false, R"({"customFields.plano": {"from": "Ouro", "to": null}})")},
         R"({"customFields": {}})",
         R"({"customFields":{"plano":"Ouro"}})"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.name);

        const PastRecord was = as_it_was(Json::parse(row.now), false, row.later);

        EXPECT_TRUE(was.existed);
        EXPECT_FALSE(was.was_deleted);
        EXPECT_EQ(was.record.dump(), row.then);
    }
}

TEST(AsItWasTest, knows_when_a_record_did_not_exist_or_lay_in_the_bin) {
    const Json record = Json::object({{"name", "Ana"}});

    EXPECT_FALSE(as_it_was(record, false, {moved(1, "created")}).existed);
    EXPECT_TRUE(as_it_was(record, false, {moved(3, "restored")}).was_deleted);
    EXPECT_FALSE(as_it_was(record, true, {moved(2, "deleted")}).was_deleted);
    EXPECT_TRUE(as_it_was(record, true, {}).was_deleted);
    EXPECT_FALSE(
        as_it_was(record, true, {moved(4, "deleted"), moved(3, "restored"), moved(2, "deleted")})
            .was_deleted);
}

TEST(AsItWasTest, events_that_are_no_change_of_fields_change_nothing) {
    const PastChange merged{2, false, Json::parse(R"({"name": {"from": "X", "to": "Y"}})"),
                            "merged"};

    const PastRecord was = as_it_was(Json::object({{"name", "Ana"}}), false, {merged});

    EXPECT_EQ(was.record["name"].as_string(), "Ana");
}

}  // namespace
}  // namespace ponte::records
