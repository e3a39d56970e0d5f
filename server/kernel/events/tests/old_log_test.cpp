// A log that was written before it had parts becomes the first of them, as it is.
#include <gtest/gtest.h>

#include <algorithm>

#include "kernel/db/owner_connection.hpp"
#include "kernel/db/roles.hpp"
#include "kernel/embedded.hpp"
#include "kernel/testing/database.hpp"

namespace ponte {
namespace {

constexpr std::string_view parted = "202611280900";

std::vector<std::string_view> migrations(bool are_before) {
    std::vector<std::pair<std::string_view, std::string_view>> found;
    for (const EmbeddedFile& file : embedded_files()) {
        const std::string_view name = file.path.substr(file.path.rfind('/') + 1);
        if (file.path.starts_with("migrations/") && name.ends_with(".sql") &&
            (name < parted) == are_before) {
            found.emplace_back(name, file.bytes);
        }
    }
    std::ranges::sort(found);
    std::vector<std::string_view> texts;
    for (const auto& [name, text] : found) {
        texts.push_back(text);
    }
    return texts;
}

TEST(OldLogTest, becomes_the_first_month) {
    const std::string conninfo = testing::empty_database("old_log");
    db::OwnerConnection owner(db::with_maintenance(conninfo));
    db::ensure_roles(owner, conninfo, {});
    for (const std::string_view text : migrations(true)) {
        owner.run(std::string(text));
    }
    owner.run(
        "insert into events (tenant_id, name, entity, entity_id) select new_id(), 'contact.made', "
        "'contact', new_id() from generate_series(1, 1000);"
        "insert into event_subjects (tenant_id, subject_id, entity, sequence, entity_id) "
        "select tenant_id, new_id(), entity, sequence, entity_id from events");
    const std::string file = owner.value("select pg_relation_filenode('events')");

    for (const std::string_view text : migrations(false)) {
        owner.run("begin");
        owner.run(std::string(text));
        owner.run("commit");
    }
    owner.run("insert into events (tenant_id, name, entity) values (new_id(), 'b', 'contact')");

    EXPECT_EQ(owner.value("select pg_relation_filenode('events_0')"), file) << "no copy";
    EXPECT_EQ(owner.value("select count(*) || ' ' || max(sequence) from events"), "1001 1001");
    EXPECT_EQ(owner.value("select count(*) from event_subjects_0"), "1000");
    EXPECT_EQ(owner.value("select string_agg(relname, ' ' order by relname) from pg_class "
                          "where relispartition and relkind = 'r'"),
              "event_subjects_0 events_0 events_1 events_2");
    EXPECT_EQ(owner.value("select count(*) from pg_index where indrelid = 'events_0'::regclass "
                          "and indexrelid not in (select inhrelid from pg_inherits)"),
              "0")
        << "its indexes are those of the log";
    EXPECT_EQ(owner.value("select count(*) from pg_policies where tablename = 'events_0' "
                          "and policyname <> 'owner'"),
              "0");
    const std::string app = owner.quoted_text(owner.database() + "_app");
    EXPECT_EQ(owner.value("select has_table_privilege(" + app + ", 'events_0', 'select')"), "f");
    EXPECT_EQ(owner.value("select has_table_privilege(" + app + ", 'events', 'select')"), "t");
}

}  // namespace
}  // namespace ponte
